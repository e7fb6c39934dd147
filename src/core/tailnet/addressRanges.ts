import { parsePrefix, prefixContains, unmapped, type Address, type Prefix } from './address.ts';

function prefixes(...texts: string[]): readonly Prefix[] {
  return texts.map(parsePrefix).filter((prefix) => prefix !== undefined);
}

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3; the unspecified addresses reach this machine when used as a target. */
const loopback = prefixes('127.0.0.0/8', '::1/128', '0.0.0.0/32', '::/128');

/** What Tailscale gives out unless the control server says otherwise. Source: tailscale `net/tsaddr/tsaddr.go`. */
const tailscale = prefixes('100.64.0.0/10', 'fd7a:115c:a1e0::/48');

/** RFC 1918, RFC 3927, RFC 4193, RFC 4291 section 2.5.6. */
const privateUse = prefixes('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10');

/**
 * Not globally reachable by the IANA special-purpose address registries and none of the above: shared address space, documentation,
 * benchmarking, multicast, reserved. Nothing is claimed of a target there.
 */
const special = prefixes(
  '0.0.0.0/8',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001:db8::/32',
  '3fff::/20',
  '100::/64',
  'ff00::/8',
);

export type AddressRange = 'loopback' | 'tailscale' | 'private' | 'special' | 'global';

/** Into which range an address falls, by constants alone; which node has it, only the live status tells. */
export function rangeOf(address: Address): AddressRange {
  const plain = unmapped(address);
  const within = (range: readonly Prefix[]): boolean => range.some((prefix) => prefixContains(prefix, plain));
  if (within(loopback)) return 'loopback';
  if (within(tailscale)) return 'tailscale';
  if (within(privateUse)) return 'private';
  return within(special) ? 'special' : 'global';
}
