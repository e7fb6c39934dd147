import type { TailnetState } from './tailnet.ts';
import { isTailscalesName } from './tailscalesName.ts';

/** Who runs a tailnet: Tailscale's own service, or a Headscale. */
export type ControlServer = 'tailscale' | 'headscale';

/**
 * Told by the suffix of its names: Tailscale's service gives every tailnet one under `ts.net` (the oldest have `beta.tailscale.net`), and a
 * Headscale has one of its owner's. Undefined where there is none.
 */
export function controlServerOf(state: TailnetState): ControlServer | undefined {
  if (state.kind !== 'running' || state.tailnet.suffix === '') return undefined;
  return isTailscalesName(state.tailnet.suffix) ? 'tailscale' : 'headscale';
}
