import { doorAt, endpointUrl } from '../clawql/hostEntry.ts';

/** Where ClawQL listens by default, behind Tailscale Serve, and behind a reverse proxy. */
const usualPorts = [443, 8080, 80];

/** Endpoints of the same host at which ClawQL may answer in place of this one. `ports` are those of the settings. */
export function otherDoors(url: string, ports: readonly number[]): readonly string[] {
  const { hostname, origin } = new URL(url);
  const urls = [...ports, ...usualPorts].map((port) => endpointUrl(hostname, doorAt(port)));
  return [...new Set(urls)].filter((one) => new URL(one).origin !== origin);
}
