import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

import { parseAddress, parsePrefix, prefixContains, strangerAmong } from '../../core/tailnet/address.ts';

/** RFC 3927 and RFC 4291 section 2.5.6: a machine gives them to itself, also where there is no network. */
const linkLocal = ['169.254.0.0/16', 'fe80::/10'].map(parsePrefix).filter((prefix) => prefix !== undefined);

/** How many interfaces have an address by which something can be reached, but for the loopback and those with one of `tailnet`. */
export function countInterfaces(
  tailnet: readonly string[],
  interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]> = networkInterfaces(),
): number {
  const isUsable = ({ internal, address }: NetworkInterfaceInfo): boolean => !internal && !isLinkLocal(address);
  const isTailnets = ({ address }: NetworkInterfaceInfo): boolean => strangerAmong([address], tailnet) === undefined;
  return Object.values(interfaces).filter((addresses = []) => addresses.some(isUsable) && !addresses.some(isTailnets))
    .length;
}

/** Whether a machine gives the address to itself on each link. */
export function isLinkLocal(text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && linkLocal.some((prefix) => prefixContains(prefix, address));
}
