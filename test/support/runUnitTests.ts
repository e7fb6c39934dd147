import type { StageOutcome } from '../../scripts/support/stage.ts';
import { mochaOutcome, runMocha } from './tailnet/mochaRun.ts';

/** The tests of `test/unit`, in bare Node. */
export async function runUnitTests(): Promise<StageOutcome> {
  const run = await runMocha(['test/unit/**/*.test.ts'], {}, ([file, ...args]) => ({ file, args }));
  return mochaOutcome('mocha on the unit tests', run);
}
