import * as z from 'zod/mini';

import { absent } from '../../core/tailnet/goRecord.ts';
import type { PingType } from '../../services/health/examiner.ts';

/** A ping that is asked of a daemon; one by `disco` tells the path besides. */
export type DaemonPing = PingType | 'disco';

/**
 * What is used of the result of a ping. Older daemons know no `PeerRelay`, and of TSMP and ICMP none tells the path.
 * Source: tailscale `ipn/ipnstate/ipnstate.go` (PingResult).
 */
const pingResult = z.object({
  Err: absent(z.string()),
  LatencySeconds: absent(z.number()),
  Endpoint: absent(z.string()),
  PeerRelay: absent(z.string()),
  DERPRegionID: absent(z.number()),
  DERPRegionCode: absent(z.string()),
  IsLocalIP: absent(z.boolean()),
});
export type PingResult = z.infer<typeof pingResult>;

/** What a daemon that was asked for a ping came to. */
export type PingAnswer =
  | { readonly kind: 'result'; readonly result: PingResult }
  | { readonly kind: 'silent'; readonly afterMs: number }
  /** The daemon gives no result: it refuses, is not there, or says something else. */
  | { readonly kind: 'failed'; readonly detail: string };

/** Undefined for what is no result of a ping. */
export function decodePingResult(document: unknown): PingResult | undefined {
  const { success, data } = z.safeParse(pingResult, document);
  return success ? data : undefined;
}
