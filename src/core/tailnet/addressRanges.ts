import { parsePrefix, prefixContains, unmapped, type Address, type Prefix } from './address.ts';

function prefixes(...texts: string[]): readonly Prefix[] {
  return texts.map(parsePrefix).filter((prefix) => prefix !== undefined);
}

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3; the unspecified addresses reach this machine when used as a target. */
const loopback = prefixes('127.0.0.0/8', '::1/128', '0.0.0.0/32', '::/128');

/** Each machine's own MagicDNS resolver, in every tailnet. Source: tailscale `net/tsaddr/tsaddr.go` (TailscaleServiceIP). */
const magicdns = prefixes('100.100.100.100/32', 'fd7a:115c:a1e0::53/128');

/** In 100.64.0.0/10, but between a Chromebook and its containers: never given out. Source: tailscale `net/tsaddr/tsaddr.go` (ChromeOSVMRange). */
const chromeos = prefixes('100.115.92.0/23');

/** What Tailscale gives out unless the control server says otherwise. Source: tailscale `net/tsaddr/tsaddr.go`. */
const tailscale = prefixes('100.64.0.0/10', 'fd7a:115c:a1e0::/48');

/** RFC 1918, RFC 3927, RFC 4193, RFC 4291 section 2.5.6. */
const privateUse = prefixes('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10');

/**
 * Not globally reachable, or not to be relied on, by the IANA special-purpose address registries, and none of the above: protocol
 * assignments, documentation, 6to4 relays, benchmarking, multicast, reserved. Nothing is claimed of a target there.
 */
const special = prefixes(
  '0.0.0.0/8',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
);

/** All that IANA has given out for global unicast in IPv6. */
const globalIpv6 = prefixes('2000::/3');

/** IPv6 addresses that stand for an IPv4 one, with the bits that follow it: NAT64 (RFC 6052 section 2.1) and 6to4 (RFC 3056 section 2). */
const translated = [
  { within: prefixes('64:ff9b::/96'), below: 0n },
  { within: prefixes('2002::/16'), below: 80n },
] as const;

export type AddressRange = 'loopback' | 'magicdns' | 'tailscale' | 'private' | 'special' | 'global';

/** Into which range an address falls, by constants alone; which node has it, only the live status tells. */
export function rangeOf(address: Address): AddressRange {
  const plain = unmapped(address);
  const within = (range: readonly Prefix[]): boolean => range.some((prefix) => prefixContains(prefix, plain));
  if (within(loopback)) return 'loopback';
  if (within(magicdns)) return 'magicdns';
  if (within(chromeos)) return 'special';
  if (within(tailscale)) return 'tailscale';
  if (within(privateUse)) return 'private';
  const translation = translated.find((one) => within(one.within));
  if (translation !== undefined) {
    const inner = rangeOf({ family: 4, value: (plain.value >> translation.below) & 0xffff_ffffn });
    // Translators carry no other addresses (RFC 6052 section 3.1, RFC 3056 section 2).
    return inner === 'global' ? 'global' : 'special';
  }
  if (plain.family === 6 && !within(globalIpv6)) return 'special';
  return within(special) ? 'special' : 'global';
}
