/** A word for a POSIX shell, quoted where it must be. */
export function shellWord(word: string): string {
  return /^(?:--[\w-]+=)?[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** An argument vector as people would type it, for them to read or to copy. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ');
}

/**
 * The same for PowerShell, which is what a terminal on Windows opens with. A program that is quoted needs the call operator. Within single
 * quotes only these count, the typographic ones too. Source: about_Quoting_Rules, about_Operators (call operator).
 */
export function powershellLine([program = '', ...args]: readonly string[]): string {
  const word = (text: string): string => (isPlain.test(text) ? text : `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`);
  return [`${isPlain.test(program) ? '' : '& '}${word(program)}`, ...args.map(word)].join(' ');
}

/** What PowerShell takes as it stands, be it a program or an argument. */
const isPlain = /^(?:--[\w-]+=)?[\w./:\\-]+$/;
