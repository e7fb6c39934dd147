import * as z from 'zod/mini';

const skip = z.object({
  what: z.string(),
  why: z.string(),
  tests: z.number(),
  avoidable: z.boolean(),
});

const stageOutcome = z.object({ passed: z.number(), failed: z.number(), skipped: z.readonly(z.array(skip)) });

/** Something that did not run here, and why. `avoidable` when this machine could have run it: CI counts that as a failure. */
export type Skip = Readonly<z.infer<typeof skip>>;

/** What one stage of `npm test` counted. A skip is never counted as a pass. */
export type StageOutcome = Readonly<z.infer<typeof stageOutcome>>;

/** Reads what another process of the same run counted. Throws when it is something else. */
export function decodeOutcome(text: string): StageOutcome {
  return z.parse(stageOutcome, JSON.parse(text));
}

export function sum(outcomes: readonly StageOutcome[]): StageOutcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.reduce((total, { failed }) => total + failed, 0),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}
