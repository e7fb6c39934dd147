import { equal } from '../equal.ts';
import { decodedPeers } from './decodedPeers.ts';
import { extraRecordsOf } from './extraRecords.ts';
import { funnelsOf } from './funnel.ts';
import { bareName } from './goRecord.ts';
import { servicesOf } from './services.ts';
import type { RunningRecord } from './statusRecord.ts';
import type { Tailnet } from './tailnet.ts';
import { TailnetIndex } from './tailnetIndex.ts';
import { nodeOf } from './tailnetNode.ts';
import { userDirectoryOf } from './userDirectory.ts';

/** As `tailcfg/tailcfg.go` calls it (NodeAttrFunnel): without it the Serve configuration may say what it will. */
const funnelCapability = 'funnel';

/**
 * The tailnet of a status, and of the answer to `serve-config` where there is one. What is as it was `before` keeps its identity: each
 * node, and the whole.
 */
export function decodedTailnet(record: RunningRecord, before: Tailnet | undefined, serve: unknown): Tailnet {
  const suffix = bareName(record.CurrentTailnet?.MagicDNSSuffix ?? record.MagicDNSSuffix ?? '');
  const surroundings = { self: record.Self, suffix, users: userDirectoryOf(record.User ?? {}) };
  const self = nodeOf(record.Self, surroundings);
  const { peers, problem } = decodedPeers(record.Peer ?? {}, surroundings, before?.peers ?? []);
  const { services, unread } = servicesOf(record.Self.CapMap ?? {}, suffix);
  const mayPublish = Object.hasOwn(record.Self.CapMap ?? {}, funnelCapability);
  const funnels = serve === undefined ? undefined : mayPublish ? funnelsOf(serve, self.name) : [];
  const parts = {
    name: record.CurrentTailnet?.Name ?? suffix,
    suffix,
    magicDns: record.CurrentTailnet?.MagicDNSEnabled ?? suffix !== '',
    self: before !== undefined && equal(self, before.self) ? before.self : self,
    peers,
    services,
    extraRecords: extraRecordsOf(record.ExtraRecords ?? []),
    certDomains: record.CertDomains ?? [],
    ...(funnels === undefined ? {} : { funnels }),
    ...(record.TUN === false ? { userspace: true as const } : {}),
    health: record.Health ?? [],
    problems: [
      ...(problem === undefined ? [] : [problem]),
      ...(unread.length === 0
        ? []
        : [`${unread.length} of the Services could not be read, the first for ${unread[0]}`]),
    ],
  };
  // The index follows from the parts, and takes longer to make than they take to compare.
  if (before !== undefined && equal({ ...parts, index: before.index }, before)) return before;
  return { ...parts, index: new TailnetIndex(parts) };
}
