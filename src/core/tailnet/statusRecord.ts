import * as z from 'zod/mini';

import { extraRecord } from './extraRecords.ts';
import { absent, unknownRecord } from './goRecord.ts';
import { nodeRecord } from './nodeRecord.ts';

/** What every status of every daemon has, and what decides how the rest is read. Source: tailscale `ipn/ipnstate/ipnstate.go` (Status). */
export const backendRecord = z.object({ BackendState: z.string() });

/** What is used of a status whose backend does not run. */
export const offRecord = z.object({
  AuthURL: absent(z.string()),
  Health: absent(z.array(z.string())),
  Self: z.unknown(),
});

/** Whether the own node key has expired, of a machine that must log in again for that. */
export const expiredRecord = z.object({ Expired: z.literal(true) });

/** What is used of a status whose backend runs. Peers, users and capabilities are decoded one by one. */
export const runningRecord = z.object({
  /** Daemons before 1.36 do not tell. */
  TUN: absent(z.boolean()),
  Health: absent(z.array(z.string())),
  Self: z.extend(nodeRecord, { CapMap: absent(unknownRecord) }),
  Peer: absent(unknownRecord),
  User: absent(unknownRecord),
  MagicDNSSuffix: absent(z.string()),
  CurrentTailnet: absent(
    z.object({ Name: z.string(), MagicDNSSuffix: z.string(), MagicDNSEnabled: absent(z.boolean()) }),
  ),
  CertDomains: absent(z.array(z.string())),
  ExtraRecords: absent(z.array(extraRecord)),
});
export type RunningRecord = z.infer<typeof runningRecord>;
