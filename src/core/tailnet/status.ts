import * as z from 'zod/mini';

import { backendStates, type BackendState, type Tailnet, type TailnetNode, type TailnetState } from './tailnet.ts';

/** Go writes an absent slice, map or pointer as null or leaves it out, by version; both mean the same. */
function absent<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.optional(z.nullable(schema));
}

/** Source: tailscale `ipn/ipnstate/ipnstate.go` (PeerStatus). Only what is used is decoded, so that unknown fields pass. */
const peerRecord = z.object({
  ID: z.string(),
  HostName: z.string(),
  DNSName: z.string(),
  OS: z.string(),
  TailscaleIPs: absent(z.array(z.string())),
  Tags: absent(z.array(z.string())),
  PrimaryRoutes: absent(z.array(z.string())),
  Online: z.optional(z.boolean()),
  LastSeen: z.optional(z.string()),
  Expired: z.optional(z.boolean()),
  ShareeNode: z.optional(z.boolean()),
});
type PeerRecord = z.infer<typeof peerRecord>;

/** Source: tailscale `ipn/ipnstate/ipnstate.go` (Status). */
const statusRecord = z.object({
  BackendState: z.enum(backendStates),
  AuthURL: z.optional(z.string()),
  Health: absent(z.array(z.string())),
  Self: absent(peerRecord),
  Peer: absent(z.record(z.string(), peerRecord)),
  MagicDNSSuffix: z.optional(z.string()),
  CurrentTailnet: absent(
    z.object({ Name: z.string(), MagicDNSSuffix: z.string(), MagicDNSEnabled: z.optional(z.boolean()) }),
  ),
  CertDomains: absent(z.array(z.string())),
  ExtraRecords: absent(z.array(z.object({ Name: z.string(), Value: z.string() }))),
});
type StatusRecord = z.infer<typeof statusRecord>;

/** A status that could be read, or why it could not: the text names the first field that is not as expected. */
export type DecodedStatus =
  { readonly ok: true; readonly state: TailnetState } | { readonly ok: false; readonly reason: string };

/** Decodes `GET /localapi/v0/status` or `tailscale status --json`. `BackendState` decides before anything else is looked at. */
export function decodeStatus(document: unknown): DecodedStatus {
  const result = z.safeParse(statusRecord, document);
  if (!result.success) return { ok: false, reason: describe(result.error) };
  const { BackendState: backendState, AuthURL: authUrl = '', Health, Self } = result.data;
  // A stopped backend still lists peers, some of them as online: they are history, not the tailnet.
  if (backendState !== 'Running') return { ok: true, state: off(backendState, authUrl, Health ?? []) };
  if (Self === null || Self === undefined) return { ok: false, reason: 'Self: absent while BackendState is Running' };
  return { ok: true, state: { kind: 'running', tailnet: tailnetOf(result.data, Self) } };
}

function off(backendState: Exclude<BackendState, 'Running'>, authUrl: string, health: readonly string[]): TailnetState {
  return { kind: 'off', backendState, authUrl, health };
}

function tailnetOf(record: StatusRecord, self: PeerRecord): Tailnet {
  const suffix = bareName(record.CurrentTailnet?.MagicDNSSuffix ?? record.MagicDNSSuffix ?? '');
  return {
    name: record.CurrentTailnet?.Name ?? suffix,
    suffix,
    magicDns: record.CurrentTailnet?.MagicDNSEnabled ?? suffix !== '',
    self: nodeOf(self, true),
    // A sharee is a stranger's machine that may reach ours; it is not ours to reach.
    peers: Object.values(record.Peer ?? {})
      .filter((peer) => peer.ShareeNode !== true)
      .map((peer) => nodeOf(peer, false)),
    extraRecords: new Map((record.ExtraRecords ?? []).map(({ Name, Value }) => [bareName(Name), Value])),
    certDomains: record.CertDomains ?? [],
    health: record.Health ?? [],
  };
}

/** Go's zero time, which stands for "never" and "not known". */
const zeroTime = '0001-01-01T00:00:00Z';

function nodeOf(record: PeerRecord, isSelf: boolean): TailnetNode {
  const { Online: online = false, LastSeen: lastSeen = zeroTime } = record;
  return {
    id: record.ID,
    name: bareName(record.DNSName),
    hostName: record.HostName,
    addresses: record.TailscaleIPs ?? [],
    tags: record.Tags ?? [],
    os: record.OS,
    online,
    expired: record.Expired ?? false,
    isSelf,
    routes: record.PrimaryRoutes ?? [],
    ...(online || lastSeen === zeroTime ? {} : { lastSeen }),
  };
}

function bareName(name: string): string {
  return name.replace(/^\.+|\.+$/g, '').toLowerCase();
}

function describe(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not a status document' : `${issue.path.join('.') || 'document'}: ${issue.message}`;
}
