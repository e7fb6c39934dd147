import { knowledgeOf, provedHosts, type KnownHost } from '../diagnostics/knownHosts.ts';
import type { Snapshot } from '../snapshot.ts';
import { zoneOf } from '../tailnet/zoneOf.ts';
import type { RetiredUrl } from './retiredUrl.ts';

/** The endpoints that may take a public URL's place: the selected one, else those that answer; none that is public itself. */
export function newEndpoints(snapshot: Snapshot, { host }: RetiredUrl): readonly KnownHost[] {
  return provedHosts(knowledgeOf(snapshot)).filter(({ url }) => {
    const { hostname } = new URL(url);
    return hostname !== host && zoneOf(hostname, snapshot).kind !== 'public';
  });
}
