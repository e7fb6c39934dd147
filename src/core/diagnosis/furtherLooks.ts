import type { Evidence } from './evidence.ts';
import type { LookName } from './looks.ts';

/** What is to be looked at besides, once the first looks are in and the editor's call has failed. */
export function furtherLooks({ looks, selection, node }: Evidence): ReadonlySet<LookName> {
  const { call, tcp, tsmp } = looks;
  if (call?.kind !== 'failed') return new Set();
  const { kind } = call.failure;
  const isHttps = new URL(selection.url).protocol === 'https:';
  const isBroken = kind === 'tls' || kind === 'other' || kind === 'timeout' || kind === 'editor-network';
  const isOpen = tcp?.kind === 'open';
  const isClosed = tcp !== undefined && !isOpen;
  const isAnotherServer = kind === 'not-clawql' || (kind === 'http-status' && call.failure.status === 404);
  return new Set<LookName>([
    ...(isOpen && isBroken && (isHttps || kind === 'other' || kind === 'timeout') ? (['tls'] as const) : []),
    ...(isOpen && isBroken && kind !== 'editor-network' ? (['direct'] as const) : []),
    ...(node !== undefined && (isClosed || isAnotherServer) ? (['doors'] as const) : []),
    ...(node !== undefined && tsmp?.kind === 'silent' ? (['others'] as const) : []),
  ]);
}
