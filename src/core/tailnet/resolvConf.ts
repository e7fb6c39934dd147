/** Where every tailscaled answers DNS. Source: tailscale `net/tsaddr/tsaddr.go` (TailscaleServiceIP, TailscaleServiceIPv6). */
const daemonResolvers: readonly string[] = ['100.100.100.100', 'fd7a:115c:a1e0::53'];

/**
 * Whether a `resolv.conf` leaves all names to the daemon of Tailscale: it has a name server, and no other than the daemon's. A daemon
 * that is killed leaves the file so, and then no name resolves on that machine.
 */
export function onlyTailscaleResolves(resolvConf: string): boolean {
  const servers = resolvConf.split('\n').flatMap((line) => {
    const [keyword, address] = line.trim().split(/\s+/);
    return keyword === 'nameserver' && address !== undefined ? [address] : [];
  });
  return servers.length > 0 && servers.every((server) => daemonResolvers.includes(server));
}
