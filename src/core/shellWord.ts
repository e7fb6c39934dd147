/** A word for a POSIX shell, quoted where it must be. */
export function shellWord(word: string): string {
  return /^(?:--[\w-]+=)?[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** An argument vector as people would type it, for them to read or to copy. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ');
}
