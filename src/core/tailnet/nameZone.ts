import { zoneOfAddress, zoneOfAddresses } from './addressZone.ts';
import {
  domainsOf,
  isClusterService,
  isClusterZone,
  isLanName,
  isMulticastName,
  isPlaceholder,
  isSharedForm,
  isThisMachine,
  viaAddress,
} from './nameForms.ts';
import type { Tailnet } from './tailnet.ts';
import { holderOfName } from './tailnetIndex.ts';
import type { Zone, ZoneEvidence } from './zone.ts';
import { isTailscalesName } from './tailscalesName.ts';

/** What a name's zone is told by before a resolver is asked. */
type StatusEvidence = Omit<ZoneEvidence, 'lookups'>;

/** `name` as `hostOf` gives it. */
export function zoneOfName(name: string, evidence: ZoneEvidence): Zone {
  const stated = statedZone(name, evidence);
  const answered = zoneOfAddresses(evidence.lookups.get(name) ?? [], 'lookup', evidence);
  if (stated === undefined) return answered;
  // Daemons before 1.100 list no extra records, and a company's resolver can lead a private name into the tailnet.
  const yields = stated.kind === 'unknown-node' || stated.kind === 'lan';
  return yields && (answered.kind === 'tailnet' || answered.kind === 'subnet-route') ? answered : stated;
}

/** Whether the system's resolver may be asked for a name, and can tell more of it. Of a tailnet's names no DNS server is to hear. */
export function resolverKnowsMore(name: string, evidence: StatusEvidence): boolean {
  const stated = statedZone(name, evidence);
  return stated === undefined || (stated.kind === 'lan' && !isMulticastName(name));
}

/** What the status and the name's own form say; undefined where only a resolver can tell. */
function statedZone(name: string, evidence: StatusEvidence): Zone | undefined {
  const tailnet = evidence.tailnet.kind === 'running' ? evidence.tailnet.tailnet : undefined;
  if (isThisMachine(name)) return { kind: 'loopback' };
  const known = tailnet && zoneInStatus(name, tailnet, evidence);
  if (known !== undefined) return known;
  if (isPlaceholder(name)) return { kind: 'unresolved' };
  // A node's name is its base with one label before it: what is deeper and looks like a cluster's is no node that is missing.
  if (isClusterService(name)) return { kind: 'cluster' };
  const owner = ownerOf(name, evidence);
  if (owner !== undefined) return tailnet === undefined ? { kind: 'unresolved' } : missing(name, tailnet, owner);
  if (isClusterZone(name)) return { kind: 'cluster' };
  if (isSharedForm(name)) return tailnet === undefined ? { kind: 'unresolved' } : { kind: 'cluster' };
  return isLanName(name) ? { kind: 'lan' } : undefined;
}

/** Names that the live status has, and those that MagicDNS makes from an address. */
function zoneInStatus(name: string, tailnet: Tailnet, evidence: StatusEvidence): Zone | undefined {
  // The search domain completes a short name only where the tailnet has MagicDNS.
  const holder = name.includes('.') || tailnet.magicDns ? holderOfName(name, tailnet) : undefined;
  if (holder?.kind === 'record') return zoneOfAddresses(tailnet.extraRecords.get(holder.name) ?? [], 'name', evidence);
  if (holder !== undefined) return { kind: 'tailnet', holder, by: 'name' };
  const address = viaAddress(name);
  return address && zoneOfAddress(address, 'name', evidence);
}

/** The tailnet that a name without record belongs to; `tailnet` is its name where that is another one which is known. */
interface Owner {
  readonly tailnet?: string;
}

/** By the nearest domain that is a tailnet's suffix. Undefined for a name of no tailnet. */
function ownerOf(name: string, { tailnet: state, otherSuffixes }: StatusEvidence): Owner | undefined {
  const own = state.kind === 'running' ? state.tailnet.suffix : undefined;
  for (const domain of domainsOf(name)) {
    if (domain === own) return {};
    const tailnet = otherSuffixes?.get(domain);
    if (tailnet !== undefined) return { tailnet };
  }
  return isTailscalesName(name) ? {} : undefined;
}

/** A name below a node's is no missing node: the node may have them all (tailscale `tailcfg/tailcfg.go`, NodeAttrDNSSubdomainResolve). */
function missing(name: string, tailnet: Tailnet, owner: Owner): Zone {
  const isBelowNode = domainsOf(name).some(
    (domain) => domain.includes('.') && holderOfName(domain, tailnet)?.kind === 'node',
  );
  return isBelowNode ? { kind: 'unresolved' } : { kind: 'unknown-node', ...owner };
}
