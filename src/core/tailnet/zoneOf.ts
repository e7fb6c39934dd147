import { zoneOfAddress } from './addressZone.ts';
import { hostOf } from './hostText.ts';
import { resolverKnowsMore, zoneOfName } from './nameZone.ts';
import type { Zone, ZoneEvidence } from './zone.ts';

/**
 * The zone of a host, however it is spelled; never throws. Without a daemon's status or a resolver's answer the zone is `unresolved`
 * rather than a guess. The cost does not depend on the number of peers.
 */
export function zoneOf(host: string, evidence: ZoneEvidence): Zone {
  const known = hostOf(host);
  if (known === undefined) return { kind: 'unresolved' };
  return known.address === undefined
    ? zoneOfName(known.text, evidence)
    : zoneOfAddress(known.address, 'address', evidence);
}

/** Whether only the system's resolver can tell this host's zone. Never so for a tailnet's names, short names, placeholders and addresses. */
export function needsLookup(host: string, evidence: Omit<ZoneEvidence, 'lookups'>): boolean {
  const known = hostOf(host);
  return known !== undefined && known.address === undefined && resolverKnowsMore(known.text, evidence);
}
