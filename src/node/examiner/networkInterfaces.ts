import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

import { parseAddress, parsePrefix, prefixContains, strangerAmong } from '../../core/tailnet/address.ts';

/** RFC 3927 and RFC 4291 section 2.5.6: a machine gives them to itself, also where there is no network. */
const linkLocal = ['169.254.0.0/16', 'fe80::/10'].map(parsePrefix).filter((prefix) => prefix !== undefined);

/**
 * Interfaces between a machine and what runs on it, by the names that their makers give them: Docker, Podman, libvirt, VMware, VirtualBox, and
 * Hyper-V's own switches. One of Hyper-V's that a user made may be the way out, and is none of them.
 */
const inward =
  /^(docker\d+$|podman\d+$|br-[\da-f]{12}$|veth[\da-f]{7,}|virbr\d|vmnet\d|vboxnet\d|VMware Network Adapter|VirtualBox Host-Only|vEthernet \((Default Switch|WSL|nat))/i;

/** How many interfaces have an address by which something outside can be reached, but for the loopback and those with one of `tailnet`. */
export function countInterfaces(
  tailnet: readonly string[],
  interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]> = networkInterfaces(),
): number {
  const isUsable = ({ internal, address }: NetworkInterfaceInfo): boolean => !internal && !isLinkLocal(address);
  const isTailnets = ({ address }: NetworkInterfaceInfo): boolean => strangerAmong([address], tailnet) === undefined;
  return Object.entries(interfaces).filter(
    ([name, addresses = []]) => !inward.test(name) && addresses.some(isUsable) && !addresses.some(isTailnets),
  ).length;
}

/** Whether a machine gives the address to itself on each link. */
export function isLinkLocal(text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && linkLocal.some((prefix) => prefixContains(prefix, address));
}
