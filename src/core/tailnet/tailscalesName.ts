/**
 * Whether a MagicDNS name, or a suffix of such names, is one that only Tailscale's own service gives out: under `ts.net`, the oldest under
 * `beta.tailscale.net`. Source: https://tailscale.com/kb/1217/tailnet-name.
 */
export function isTailscalesName(name: string): boolean {
  return name.endsWith('.ts.net') || name.endsWith('.beta.tailscale.net');
}
