import * as z from 'zod/mini';

import type { ControlPlaneSeen } from '../../core/routes/controlPlane.ts';
import { absent, unknownRecord } from '../../core/tailnet/goRecord.ts';
import { tailscaleHosts } from '../../core/tailnet/tailscaleHosts.ts';

/** Source: tailscale `ipn/prefs.go` (Prefs, ControlURLOrDefault): empty means its own control server. */
const preferencesRecord = z.object({ ControlURL: z.string() });

/** Source: tailscale `ipn/ipnstate/ipnstate.go` (PeerStatus): `Relay` is the code of the DERP region that is the node's home. */
const relayRecord = z.object({ ID: absent(z.string()), Relay: absent(z.string()) });
const statusRecord = z.object({ Self: relayRecord, Peer: absent(unknownRecord) });

/** The host of the control server, without user and path; nothing where the answer is none of preferences. */
export function controlHostOf(preferences: unknown): Pick<ControlPlaneSeen, 'controlHost'> {
  const { data } = z.safeParse(preferencesRecord, preferences);
  const host = data?.ControlURL === '' ? tailscaleHosts[0] : URL.parse(data?.ControlURL ?? '')?.hostname;
  return host === undefined || host === '' ? {} : { controlHost: host };
}

/** The home relays of this machine and of the node with that id. */
export function relaysOf(
  status: unknown,
  nodeId: string | undefined,
): Pick<ControlPlaneSeen, 'ownRelay' | 'hostRelay'> {
  const { data } = z.safeParse(statusRecord, status);
  if (data === undefined) return {};
  const peers = [data.Self, ...Object.values(data.Peer ?? {})].flatMap(
    (peer) => z.safeParse(relayRecord, peer).data ?? [],
  );
  const own = data.Self.Relay ?? '';
  const of = peers.find(({ ID }) => nodeId !== undefined && ID === nodeId)?.Relay ?? '';
  return { ...(own === '' ? {} : { ownRelay: own }), ...(of === '' ? {} : { hostRelay: of }) };
}
