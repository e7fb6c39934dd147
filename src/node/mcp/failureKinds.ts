import type { ProbeFailure, ProbeStep } from '../../core/mcp/probeOutcome.ts';

/** Failures before any answer; an answer, however wrong, is the same for the editor's stack and a direct call. */
const networkKinds: ReadonlySet<ProbeFailure['kind']> = new Set([
  'name-not-found',
  'resolver-silent',
  'refused',
  'timeout',
  'unreachable',
  'proxy',
  'tls',
  'other',
]);

export function isNetworkFailure({ kind }: ProbeFailure): boolean {
  return networkKinds.has(kind);
}

/** Whether the name came to no address. */
export function isUnresolved({ kind }: ProbeFailure): boolean {
  return kind === 'name-not-found' || kind === 'resolver-silent';
}

/** The step at which a request for healthz failed. */
export function stepOf(failure: ProbeFailure): ProbeStep {
  if (isUnresolved(failure)) return 'resolve';
  if (failure.kind === 'tls') return 'tls';
  return isNetworkFailure(failure) ? 'connect' : 'healthz';
}
