import net from 'node:net';
import * as z from 'zod/mini';

import { rawRequest } from '../../support/clawql/rawRequest.ts';
import { socketPath } from '../../support/tailnet/labDescription.ts';
import type { NodeName } from '../../support/tailnet/labDescription.ts';

const Peer = z.looseObject({
  DNSName: z.string(),
  Online: z.boolean(),
  TailscaleIPs: z.array(z.string()),
  Expired: z._default(z.boolean(), false),
  Tags: z._default(z.array(z.string()), []),
  CurAddr: z.string(),
});
const Status = z.looseObject({
  BackendState: z.string(),
  Health: z.nullable(z.array(z.string())),
  MagicDNSSuffix: z.string(),
  Peer: z.nullable(z.record(z.string(), Peer)),
});
const Pong = z.looseObject({
  Err: z._default(z.string(), ''),
  LatencySeconds: z._default(z.number(), 0),
  DERPRegionCode: z._default(z.string(), ''),
});

type TcpView = 'open' | 'refused' | 'unreachable' | 'silent';
/** `relayed`: the answer came by DERP; `silent`: none came. Else the daemon's own words. */
type PingView = 'direct' | 'relayed' | 'silent' | `daemon: ${string}`;

const localApi = 'http://local-tailscaled.sock/localapi/v0';

/** The laptop's own status. Rejects where its daemon does not run. */
export async function laptopStatus(): Promise<z.infer<typeof Status>> {
  const response = await rawRequest(`${localApi}/status`, { socketPath });
  return Status.parse(JSON.parse(response.body));
}

/** A peer as the laptop sees it; undefined where it does not. */
export async function peerSeen(node: NodeName): Promise<z.infer<typeof Peer> | undefined> {
  const { Peer: peers, MagicDNSSuffix } = await laptopStatus();
  return Object.values(peers ?? {}).find(({ DNSName }) => DNSName === `${node}.${MagicDNSSuffix}.`);
}

/** A connection to a port, waited for so many milliseconds. */
export function tcpSeen(host: string, port: number, limit = 1_000): Promise<TcpView> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    socket.setTimeout(limit);
    const end = (view: TcpView) => {
      socket.destroy();
      resolve(view);
    };
    socket.once('connect', () => end('open'));
    socket.once('timeout', () => end('silent'));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') end('refused');
      else if (error.code === 'ENETUNREACH' || error.code === 'EHOSTUNREACH') end('unreachable');
      else reject(error);
    });
  });
}

/** A ping by the laptop's daemon, waited for so many milliseconds. */
export async function pingSeen(address: string, type: 'disco' | 'TSMP' | 'ICMP', limit = 1_000): Promise<PingView> {
  const signal = AbortSignal.timeout(limit);
  const asked = rawRequest(`${localApi}/ping?ip=${address}&type=${type}`, { method: 'POST', socketPath, signal });
  const answer = await asked.catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (answer === undefined) return 'silent';
  const pong = Pong.parse(JSON.parse(answer.body));
  if (pong.Err !== '') return `daemon: ${pong.Err}`;
  return pong.DERPRegionCode === '' ? 'direct' : 'relayed';
}
