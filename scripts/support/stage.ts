/** Something that did not run here, and why. `avoidable` when this machine could have run it: CI counts that as a failure. */
export interface Skip {
  readonly what: string;
  readonly why: string;
  readonly tests: number;
  readonly avoidable: boolean;
}

/** What one stage of `npm test` counted. A skip is never counted as a pass. */
export interface StageOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skip[];
}

export function sum(outcomes: readonly StageOutcome[]): StageOutcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.reduce((total, { failed }) => total + failed, 0),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}
