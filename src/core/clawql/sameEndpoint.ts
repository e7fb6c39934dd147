import { hostOf } from '../tailnet/hostText.ts';
import type { HostReport } from './hostReport.ts';

/** Whether two URLs lead to the same endpoint: the same door of the same machine, by whichever of its names and addresses. */
export function sameEndpoint(one: string, other: string, hosts: readonly HostReport[]): boolean {
  const [left, right] = [URL.parse(one), URL.parse(other)];
  if (left === null || right === null) return false;
  if (left.href === right.href) return true;
  const isSameDoor = doorOf(left) === doorOf(right);
  return isSameDoor && sameMachine(left.hostname, right.hostname, hosts);
}

function doorOf({ protocol, port, pathname }: URL): string {
  return `${protocol} ${port} ${pathname.replace(/\/$/, '')}`;
}

function sameMachine(one: string, other: string, hosts: readonly HostReport[]): boolean {
  const [left, right] = [canonical(one), canonical(other)];
  if (left === right) return true;
  return hosts.some(({ host }) => {
    // A Service has addresses and a name too, and no node.
    const { name, addresses = [] } = host.node ?? host;
    const names = [name, name.split('.')[0] ?? '', ...addresses].map(canonical);
    return names.includes(left) && names.includes(right);
  });
}

function canonical(host: string): string {
  return hostOf(host)?.text ?? host;
}
