import { absenceOf } from '../clawql/absence.ts';
import type { ProbeFailure } from '../mcp/probeOutcome.ts';
import type { Evidence } from './evidence.ts';
import type { LookName } from './looks.ts';

/** What is to be looked at besides, once the first looks are in and the editor's call has failed. */
export function furtherLooks(evidence: Evidence): ReadonlySet<LookName> {
  const { looks, selection, node } = evidence;
  const { call, tcp, tsmp } = looks;
  if (call?.kind !== 'failed' || isDecided(evidence)) return new Set();
  const { failure } = call;
  const isHttps = new URL(selection.url).protocol === 'https:';
  const isBroken = ['tls', 'other', 'timeout', 'editor-network'].includes(failure.kind);
  const isOpen = tcp?.kind === 'open';
  const isClosed = tcp !== undefined && !isOpen;
  const isAway = tsmp?.kind === 'silent';
  return new Set<LookName>([
    ...(isOpen && isBroken && (isHttps || failure.kind !== 'tls') ? (['tls'] as const) : []),
    ...(isOpen && wantsDirect(failure) ? (['direct'] as const) : []),
    ...(node !== undefined && !isAway && (isClosed || isAnotherServer(failure)) ? (['doors'] as const) : []),
    ...(node !== undefined && isAway ? (['others'] as const) : []),
  ]);
}

/** Nothing that is still to be seen would change the verdict. */
function isDecided({ report, looks }: Evidence): boolean {
  return looks.network?.interfaces === 0 || (report !== undefined && absenceOf(report.host) !== undefined);
}

/** A status or a page may be a proxy's, which a direct call does not meet. */
function wantsDirect(failure: ProbeFailure): boolean {
  if (failure.kind === 'http-status') return failure.status >= 500 || [403, 407].includes(failure.status);
  return ['tls', 'other', 'timeout', 'html-page', 'redirect', 'not-clawql'].includes(failure.kind);
}

function isAnotherServer(failure: ProbeFailure): boolean {
  return failure.kind === 'not-clawql' || (failure.kind === 'http-status' && failure.status === 404);
}
