import { isTailscales } from '../../tailnet/join/upArguments.ts';

/** How people call a login server: Tailscale's own service, or the host of its URL. */
export function placeOf(server: string): string {
  return isTailscales(server) ? 'Tailscale' : (URL.parse(server)?.host ?? server);
}
