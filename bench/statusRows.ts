import { hostsOf } from '../src/core/clawql/hostsOf.ts';
import { defaultSettings } from '../src/core/settings.ts';
import { decodeStatus } from '../src/core/tailnet/status.ts';
import type { TailnetState } from '../src/core/tailnet/tailnet.ts';
import { zoneOf } from '../src/core/tailnet/zoneOf.ts';
import { SnapshotStore } from '../src/services/snapshotStore.ts';
import { snapshot } from '../test/unit/support/builders.ts';
import { largeStatus, statusBytes } from './largeStatus.ts';
import { compare, type Row } from './measure.ts';

/** Hosts as the documents of a workspace name them: nodes by name and address, names and addresses of others. */
function documentHosts(peers: number): readonly string[] {
  return Array.from({ length: Math.min(peers, 100) }, (_, index) => {
    const number = (index * 97) % peers;
    const kinds = [
      `node-${number}.tail0bench.ts.net`,
      `node-${number}`,
      `100.90.0.${number % 250}`,
      `203.0.113.${index}`,
      `api-${index}.example.com`,
    ];
    return kinds[index % kinds.length] ?? '';
  });
}

const wanted = { settings: defaultSettings, found: [], entered: [] };

/** From the bytes of a status to hosts and zones, against nothing but `JSON.parse` of the same bytes. */
export function statusRows(): readonly Row[] {
  return [10, 1_000, 10_000].map((peers) => {
    const bytes = statusBytes(largeStatus(peers));
    const hosts = documentHosts(peers);
    return compare({
      what: `status of ${peers} peers to hosts, and the zones of ${hosts.length} hosts`,
      subject: () => {
        const state = decoded(bytes);
        const lookups = new Map<string, readonly string[]>();
        return [hostsOf(state, wanted), hosts.map((host) => zoneOf(host, { tailnet: state, lookups }))];
      },
      reference: () => parsed(bytes),
      names: ['all', 'JSON.parse'],
      bar: 1.5,
      calls: Math.max(1, 1_000 / peers),
    });
  });
}

/** One peer among 10,000 changes: from the bytes to the listener of the snapshot. */
export function onePeerRow(): Row {
  const status = largeStatus(10_000);
  const [key = ''] = Object.keys(status.Peer ?? {});
  const peer = status.Peer?.[key];
  const renamed = (name: string) => ({
    ...status,
    Peer: { ...status.Peer, ...(peer && { [key]: { ...peer, DNSName: name } }) },
  });
  const [one = Buffer.alloc(0), other = one] = ['one.tail0bench.ts.net.', 'other.tail0bench.ts.net.'].map((name) =>
    statusBytes(renamed(name)),
  );
  let heard = 0;
  const store = new SnapshotStore(snapshot(), () => undefined);
  store.onDidChange(() => (heard += 1));
  let state: TailnetState = { kind: 'checking' };
  let turn = 0;
  const row = compare({
    what: 'one peer of 10,000 renamed, to the listener of the snapshot',
    subject: () => {
      state = decoded((turn += 1) % 2 === 0 ? one : other, state);
      store.update({ tailnet: state });
      return hostsOf(state, wanted);
    },
    reference: () => parsed(one),
    names: ['all', 'JSON.parse'],
    bar: 1.5,
  });
  if (heard !== turn) throw new Error(`the listener heard of ${heard} of ${turn} changes`);
  return row;
}

function parsed(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString()) as unknown;
}

function decoded(bytes: Buffer, previous?: TailnetState): TailnetState {
  const result = decodeStatus(parsed(bytes), previous);
  if (!result.ok) throw new Error(`the status of the bench does not decode: ${result.reason}`);
  return result.state;
}
