import type { Snapshot } from '../snapshot.ts';
import { hostOf } from '../tailnet/hostText.ts';
import { tailscaleHosts } from '../tailnet/tailscaleHosts.ts';
import { isTailscalesName } from '../tailnet/tailscalesName.ts';

/** What the daemon of this machine said of the control plane when it was asked; what it does not tell is absent. */
export interface ControlPlaneSeen {
  /** The host of the control server, by the preferences of this machine. */
  readonly controlHost?: string;
  /** Codes of the DERP regions over which this machine, and the MCP host, can be reached. */
  readonly ownRelay?: string;
  readonly hostRelay?: string;
}

/** Who runs the control plane, and what that was concluded from. */
export type ControlPlane =
  | { readonly kind: 'tailscale'; readonly by: 'control-server' | 'names' }
  | { readonly kind: 'self-hosted'; readonly host: string }
  | { readonly kind: 'unknown'; readonly why: 'no-tailnet' | 'not-told' };

/** By the control server where that is known, else by the names of the tailnet: only Tailscale's own control server gives out `ts.net`. */
export function controlPlaneOf({ tailnet }: Snapshot, { controlHost }: ControlPlaneSeen): ControlPlane {
  const host = hostOf(controlHost ?? '')?.text;
  if (host !== undefined) {
    return tailscaleHosts.some((one) => one === host)
      ? { kind: 'tailscale', by: 'control-server' }
      : { kind: 'self-hosted', host };
  }
  if (tailnet.kind !== 'running') return { kind: 'unknown', why: 'no-tailnet' };
  return isTailscalesName(tailnet.tailnet.suffix)
    ? { kind: 'tailscale', by: 'names' }
    : { kind: 'unknown', why: 'not-told' };
}
