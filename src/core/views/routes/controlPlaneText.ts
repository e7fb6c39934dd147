import type { ControlPlane, ControlPlaneSeen } from '../../routes/controlPlane.ts';
import { flat } from '../escape.ts';

/** Who coordinates the tailnet, and over which relays packets can go that find no direct path. */
export function controlPlaneFacts(plane: ControlPlane, { ownRelay, hostRelay }: ControlPlaneSeen): readonly string[] {
  return [
    operatorFact(plane),
    relayFact('This machine', ownRelay),
    relayFact('The MCP host', hostRelay),
    'A relay (DERP) passes on packets that stay encrypted by WireGuard from end to end; it sees which nodes speak to each other.',
  ];
}

function operatorFact(plane: ControlPlane): string {
  switch (plane.kind) {
    case 'tailscale':
      return plane.by === 'control-server'
        ? 'Tailscale Inc. runs the control plane, by the control server in the preferences of this machine.'
        : 'Tailscale Inc. runs the control plane, by the names of the tailnet, which end in ts.net.';
    case 'self-hosted':
      return `The control plane is self-hosted (Headscale, or a server like it), at ${flat(plane.host)}.`;
    case 'unknown':
      return plane.why === 'no-tailnet'
        ? 'Who runs the control plane is not known: no tailnet is visible from here.'
        : 'Who runs the control plane is not known: the daemon does not tell its control server, and the names of the tailnet are not those of Tailscale Inc.';
  }
}

function relayFact(who: string, region: string | undefined): string {
  return region === undefined || region === ''
    ? `${who} is reached over a DERP region that is not known.`
    : `${who} is reached over the DERP region "${flat(region)}" where there is no direct path.`;
}
