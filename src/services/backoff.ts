/** First and last wait after failures in a row, in milliseconds; doubled in between. */
export interface BackoffTimes {
  readonly first: number;
  readonly last: number;
}

/**
 * The wait after so many failures in a row (1 is the first), in milliseconds. The windows of one machine all lose a daemon in the same
 * moment: jitter takes up to a half off, so that they do not all come back in the same one. `random` gives numbers from 0 to below 1.
 */
export function backoff(failures: number, { first, last }: BackoffTimes, random: () => number): number {
  const whole = Math.min(first * 2 ** Math.max(0, failures - 1), last);
  return whole * (1 - random() / 2);
}
