import type { ProbeFailure } from '../mcp/probeOutcome.ts';

/** Failures whose cause the failed call alone does not tell: the way is looked at besides. */
const kinds: ReadonlySet<ProbeFailure['kind']> = new Set([
  'name-not-found',
  'resolver-silent',
  'wrong-address',
  'refused',
  'timeout',
  'unreachable',
  'tls',
  'editor-network',
  'proxy',
  'other',
  'not-clawql',
  'html-page',
  'redirect',
]);

/** Whether further looks can say more of a failure than it says itself. */
export function isWorthExamining(failure: ProbeFailure): boolean {
  return kinds.has(failure.kind) || (failure.kind === 'http-status' && failure.status !== 401);
}
