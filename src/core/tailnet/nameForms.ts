import type { Address } from './address.ts';

/** Names by their form alone. All are lower case, without a trailing dot, as `hostOf` gives them. */

/** As the hosts files of Debian and Fedora have them. */
const localNames = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
]);

/** Names under which a container finds the machine that it runs on. Sources: Docker Desktop, "Networking"; Podman, `podman-run`. */
const containerHosts = new Set([
  'host.docker.internal',
  'gateway.docker.internal',
  'kubernetes.docker.internal',
  'host.containers.internal',
]);

/** Whether a name is the machine itself on which it is read: RFC 6761 section 6.3, and names by convention. */
export function isLocalName(name: string): boolean {
  return localNames.has(name) || name.endsWith('.localhost');
}

/** The same, or the machine round it. */
export function isThisMachine(name: string): boolean {
  return isLocalName(name) || containerHosts.has(name);
}

/** Names that stand for one that the reader is to put in. RFC 2606 section 3 keeps `example` free for that. */
export function isPlaceholder(name: string): boolean {
  return name.split('.').some((label) => /^(example|change-?me|placeholder|hostname|your)$|^your[-_]/.test(label));
}

/** A service of a cluster with its namespace. Source: Kubernetes, "DNS for Services and Pods". */
export function isClusterService(name: string): boolean {
  return /[^.]\.[^.]+\.svc(\.cluster\.local)?$/.test(name);
}

/** Any name of a cluster's own zones, whatever stands before them. */
export function isClusterZone(name: string): boolean {
  return /\.(svc|cluster\.local)$/.test(name);
}

/** Names that a cluster has as well as a tailnet: short ones, and those of ClawQL's own domain. Source: ClawQL `docs/deployment`. */
export function isSharedForm(name: string): boolean {
  return !name.includes('.') || /(^|\.)clawql\.local$/.test(name);
}

/** Names of private networks. Sources: RFC 6762, RFC 8375, ICANN's `.internal`, and `.lan` by convention. */
export function isLanName(name: string): boolean {
  return /\.(local|lan|home\.arpa|internal)$/.test(name);
}

/** Names that are asked for by multicast, so that the whole local network hears of them. Source: RFC 6762 section 3. */
export function isMulticastName(name: string): boolean {
  return name.endsWith('.local');
}

/** The name itself and the domains that it lies in, the nearest first: `a.b.c`, `b.c`, `c`. */
export function domainsOf(name: string): readonly string[] {
  const labels = name.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/**
 * The address of a "4via6" name such as `192-168-1-2-via-7`, which MagicDNS works out and keeps no record of: the site's number and the
 * IPv4 address behind the site's subnet router. Sources: tailscale `net/dns/resolver/tsdns.go` (resolveViaDomain), `net/tsaddr` (MapVia).
 */
export function viaAddress(name: string): Address | undefined {
  const [, dashed = '', site = ''] =
    /^(\d{1,3}(?:-\d{1,3}){3})-via-(\d{1,10})(?:$|\..*(?<=\.)ts\.net$)/.exec(name) ?? [];
  const parts = dashed.split('-').map(Number);
  if (dashed === '' || parts.some((part) => part > 255) || Number(site) > 0xffff_ffff) return undefined;
  const inner = parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
  return { family: 6, value: (viaRange << 64n) | (BigInt(site) << 32n) | inner };
}

/** The upper 64 bits of fd7a:115c:a1e0:b1a::/64. Source: tailscale `net/tsaddr/tsaddr.go` (TailscaleViaRange). */
const viaRange = 0xfd7a_115c_a1e0_0b1an;
