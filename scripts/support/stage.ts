import * as z from 'zod/mini';

const skip = z.object({
  what: z.string(),
  why: z.string(),
  tests: z.number(),
  avoidable: z.boolean(),
});

const failure = z.object({ what: z.string(), why: z.string() });

const stageOutcome = z.object({
  passed: z.number(),
  failed: z.readonly(z.array(failure)),
  skipped: z.readonly(z.array(skip)),
});

/** Something that did not run here, and why. `avoidable` when this machine could have run it: CI counts that as a failure. */
export type Skip = Readonly<z.infer<typeof skip>>;

/** A test that failed, or a stage that did not come to its end, and the first lines of the reason: what failed stands once more at the end of the output, where it is looked for. */
export type Failure = Readonly<z.infer<typeof failure>>;

/** What one stage of `npm test` counted. A skip is never counted as a pass. */
export type StageOutcome = Readonly<z.infer<typeof stageOutcome>>;

/** Reads what another process of the same run counted. Throws when it is something else. */
export function decodeOutcome(text: string): StageOutcome {
  return z.parse(stageOutcome, JSON.parse(text));
}

/** One failure, and nothing that passed. */
export function failedOutcome(what: string, why: string): StageOutcome {
  return { passed: 0, failed: [{ what, why }], skipped: [] };
}

export function sum(outcomes: readonly StageOutcome[]): StageOutcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.flatMap(({ failed }) => failed),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}
