import { failedOutcome, type StageOutcome } from '../../../scripts/support/stage.ts';
import type { HostResult } from './hostResult.ts';

/** Nothing ran, for this reason. */
export function skippedOutcome(what: string, why: string, avoidable: boolean): StageOutcome {
  return { passed: 0, failed: [], skipped: [{ what, why, tests: 0, avoidable }] };
}

/** What a suite counts for. Without a result that counts, and when the editor failed after it, that is a failed test. */
export function hostOutcome(
  what: string,
  result: HostResult | string,
  failure: string | undefined,
  print: (text: string) => void,
): StageOutcome {
  if (typeof result === 'string') {
    print(`${what}: ${result}\n`);
    return failedOutcome(what, result);
  }
  if (failure !== undefined && result.failed.length === 0) print(`${what}: every test passed, and then: ${failure}\n`);
  const reasons = [...new Set(result.skipped.map(({ why }) => why))];
  return {
    passed: result.passed,
    failed:
      failure !== undefined && result.failed.length === 0
        ? [{ what, why: failure }]
        : result.failed.map(({ title, message }) => ({ what: `${what}: ${title}`, why: message })),
    skipped: reasons.map((why) => {
      const tests = result.skipped.filter((test) => test.why === why);
      return { what, why, tests: tests.length, avoidable: tests.some(({ avoidable }) => avoidable) };
    }),
  };
}
