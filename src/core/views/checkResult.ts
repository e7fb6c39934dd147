/** What a check of all files came to. */
export interface CheckResult {
  readonly checked: number;
  readonly problems: number;
  readonly filesWithProblems: number;
  /** Files that were left out because they are too large, or could not be read. */
  readonly tooLarge: number;
  readonly unreadable: number;
  /** Files beyond the limit, which were not looked for. */
  readonly isCut: boolean;
  /** Of how many files the user stopped it; absent for a check that came to its end. */
  readonly stoppedAt?: number;
}

/** In words, for people. */
export function checkResult(result: CheckResult): string {
  const { checked, problems, filesWithProblems, tooLarge, unreadable, isCut, stoppedAt } = result;
  const what = stoppedAt === undefined ? counted(checked, 'file') : `${checked} of ${counted(stoppedAt, 'file')}`;
  const found =
    problems === 0 ? 'no problems' : `${counted(problems, 'problem')} in ${counted(filesWithProblems, 'file')}`;
  return [
    `${what} checked: ${found}.`,
    ...(tooLarge > 0 ? [`Left out, because too large: ${tooLarge}.`] : []),
    ...(unreadable > 0 ? [`Could not be read: ${unreadable}.`] : []),
    ...(isCut ? ['There are more files than are looked at in one go.'] : []),
  ].join(' ');
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
