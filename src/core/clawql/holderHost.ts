import { parseAddress } from '../tailnet/address.ts';
import { shortName, type Tailnet, type TailnetNode } from '../tailnet/tailnet.ts';
import { holderOfAddress, holderOfName, type Holder } from '../tailnet/tailnetIndex.ts';
import type { Host, HostEvidence } from './host.ts';
import { doorAt, endpointUrl } from './hostEntry.ts';

/** Who in the tailnet has the name of an entry: a Service by `svc:…`, anybody else by name or address. */
export function holderOfEntry(name: string, tailnet: Tailnet): Holder | undefined {
  const service = tailnet.services.find((one) => one.name === name);
  if (service !== undefined) return { kind: 'service', service };
  const address = parseAddress(name);
  return address === undefined ? holderOfName(name, tailnet) : holderOfAddress(address, tailnet);
}

/** A node or a Service as a host, at each of the ports. A DNS record only leads to somebody: it is none itself. */
export function hostOfHolder(
  holder: Holder,
  tailnet: Tailnet,
  ports: readonly number[],
  evidence: HostEvidence,
): Host | undefined {
  if (holder.kind === 'record') return undefined;
  const identity = holder.kind === 'service' ? ofService(holder.service) : ofNode(holder.node);
  const authority = authorityOf(identity.dnsName, identity.addresses, tailnet);
  if (authority === undefined) return undefined;
  const { dnsName, ...host } = identity;
  const candidates = [...new Set(ports)].map((port) => endpointUrl(authority, doorAt(port)));
  return { ...host, name: dnsName || host.label, evidence, candidates };
}

function ofService({ name, dnsName, addresses }: Extract<Holder, { kind: 'service' }>['service']) {
  return { id: name, label: name, dnsName, addresses };
}

function ofNode(node: TailnetNode) {
  // This machine's own name may lead to it by a loopback address too (Debian's hosts file has 127.0.1.1).
  const addresses = node.isSelf ? [...node.addresses, '127.0.0.1', '127.0.1.1', '::1'] : node.addresses;
  return { id: node.id, label: shortName(node), dnsName: node.name, addresses, node };
}

/** The MagicDNS name; where there is none, or one that no URL can hold as it is, an address, or nothing where there is none either. */
function authorityOf(dnsName: string, [address]: readonly string[], { magicDns }: Tailnet): string | undefined {
  if (magicDns && dnsName !== '' && URL.parse(`http://${dnsName}`)?.hostname === dnsName) return dnsName;
  return address?.includes(':') ? `[${address}]` : address;
}
