/** Why a test is skipped. */
export interface SkipReason {
  readonly why: string;
  /** Whether this machine could have run it. */
  readonly avoidable: boolean;
}

/** Mocha's own record of a test or a suite, which carries the reason to the report. */
interface Skippable {
  readonly parent?: Mocha.Suite | undefined;
  skipReason?: SkipReason;
}

/** Skips the running test, or from a `before` hook its whole suite, with a reason that the report names. */
export function skip(context: Mocha.Context, why: string, { avoidable }: { readonly avoidable: boolean }): never {
  const running = context.runnable();
  const isForAll = running.title.startsWith('"before all" hook');
  const skipped: Skippable | undefined = isForAll ? running.parent : (context.currentTest ?? running);
  if (skipped !== undefined) skipped.skipReason = { why, avoidable };
  return context.skip();
}

/** The reason that `skip` gave for this test or a suite around it, or that there is none. */
export function readSkipReason(test: Mocha.Test): SkipReason {
  for (let place: Skippable | undefined = test; place !== undefined; place = place.parent) {
    if (place.skipReason !== undefined) return place.skipReason;
  }
  return { why: 'skipped in the test file, without a reason', avoidable: true };
}
