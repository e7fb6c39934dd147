/** One row of the table: what was measured against what, in one run. */
export interface Row {
  readonly what: string;
  /** What was measured, with its unit. */
  readonly measured: string;
  /** Against what, with its unit. */
  readonly against: string;
  /** The measured figure over the other one; of several rounds the median. */
  readonly ratio: number;
  /** The least and the greatest ratio of the rounds. */
  readonly spread?: readonly [number, number];
  /** What the ratio must not exceed. */
  readonly bar: number;
}

/** A row that could not be measured here, and why. */
export interface SkippedRow {
  readonly what: string;
  readonly skipped: string;
}

export interface Comparison {
  readonly what: string;
  readonly subject: () => unknown;
  readonly reference: () => unknown;
  /** What the two are, for the table. */
  readonly names: readonly [subject: string, reference: string];
  readonly bar: number;
  /** Rounds that count, after a third as many that do not. */
  readonly rounds?: number;
  /** Calls in a round, so that one takes long enough for the clock. */
  readonly calls?: number;
}

/** Times two functions in turn, A B B A, so that a machine that gets slower slows both; the ratio is taken round by round. */
export function compare({ what, subject, reference, names, bar, rounds = 30, calls = 1 }: Comparison): Row {
  const ratios: number[] = [];
  const [subjectTimes, referenceTimes]: [number[], number[]] = [[], []];
  for (let round = -Math.ceil(rounds / 3); round < rounds; round++) {
    const first = round % 2 === 0;
    const one = timed(first ? subject : reference, calls);
    const other = timed(first ? reference : subject, calls);
    const [took, base] = first ? [one, other] : [other, one];
    if (round < 0) continue;
    subjectTimes.push(took);
    referenceTimes.push(base);
    ratios.push(took / base);
  }
  const sorted = ratios.toSorted((one, other) => one - other);
  return {
    what,
    measured: `${names[0]} ${milliseconds(median(subjectTimes))}`,
    against: `${names[1]} ${milliseconds(median(referenceTimes))}`,
    ratio: median(ratios),
    spread: [sorted[0] ?? NaN, sorted.at(-1) ?? NaN],
    bar,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

export function milliseconds(value: number): string {
  return value < 1 ? `${(value * 1000).toFixed(0)} µs` : `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function timed(run: () => unknown, calls: number): number {
  const started = performance.now();
  for (let call = 0; call < calls; call++) run();
  return (performance.now() - started) / calls;
}
