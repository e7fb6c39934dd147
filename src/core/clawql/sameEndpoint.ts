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

/** Hosts by each of their names and addresses, as `hostOf` writes them. */
export function hostsByName(hosts: readonly HostReport[]): ReadonlyMap<string, HostReport> {
  return new Map(hosts.flatMap((report) => namesOf(report).map((name) => [name, report] as const)));
}

/** A path without a slash at its end, which makes no difference to ClawQL. */
export function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}

function doorOf(url: URL): string {
  return `${url.protocol} ${url.port} ${pathOf(url)}`;
}

function sameMachine(one: string, other: string, hosts: readonly HostReport[]): boolean {
  const [left, right] = [canonical(one), canonical(other)];
  if (left === right) return true;
  return hosts.some((report) => {
    const names = namesOf(report);
    return names.includes(left) && names.includes(right);
  });
}

function namesOf({ host }: HostReport): readonly string[] {
  // A Service has addresses and a name too, and no node.
  const { name, addresses = [] } = host.node ?? host;
  return [name, name.split('.')[0] ?? '', ...addresses].filter((one) => one !== '').map(canonical);
}

function canonical(host: string): string {
  return hostOf(host)?.text ?? host;
}
