import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { defaultSettings } from '../src/core/settings.ts';
import { startNetwork } from '../src/node/network.ts';
import { SelectionService } from '../src/services/selectionService.ts';
import { SnapshotStore } from '../src/services/snapshotStore.ts';
import { startLocalApi } from '../test/support/demo/localApi.ts';
import { snapshot } from '../test/unit/support/builders.ts';
import { MemoryStorage } from '../test/unit/support/memoryStorage.ts';
import { heapUsed, megabytes } from './heapUsed.ts';
import { largeStatus } from './largeStatus.ts';
import type { Row } from './measure.ts';

/** What the whole service part holds after 1,000 changes of a tailnet of 200 peers, against what it held after the first 100. */
export async function heapRow(): Promise<Row> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clawql-bench-'));
  const status = largeStatus(200);
  const [key = ''] = Object.keys(status.Peer ?? {});
  const peer = status.Peer?.[key];
  const renamed = (turn: number) => ({
    ...status,
    Peer: { ...status.Peer, ...(peer && { [key]: { ...peer, DNSName: `n${turn}.tail0bench.ts.net.` } }) },
  });
  const daemon = await startLocalApi({ socketPath: path.join(folder, 'd.sock'), status });
  const settings = { ...defaultSettings, 'tailscale.socketPath': daemon.socketPath };
  const snapshots = new SnapshotStore(
    snapshot({ tailnet: { kind: 'checking' }, trusted: false, settings }),
    () => undefined,
  );
  const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const storage = new MemoryStorage();
  const selection = new SelectionService(storage, storage, quiet);
  const services = startNetwork({ version: '0.0.0-bench', snapshots, selection, storage, log: quiet });
  try {
    const after = async (from: number, to: number): Promise<number> => {
      for (let turn = from; turn < to; turn++) {
        const name = `n${turn}.tail0bench.ts.net`;
        const arrived = until(
          snapshots,
          ({ tailnet }) => tailnet.kind === 'running' && tailnet.tailnet.index.byName(name) !== undefined,
        );
        daemon.setStatus(renamed(turn));
        await arrived;
      }
      return heapUsed();
    };
    const early = await after(0, 100);
    const late = await after(100, 1_000);
    return {
      what: 'heap after 1,000 changes of a tailnet of 200 peers',
      measured: `after 1,000 ${megabytes(late)}`,
      against: `after 100 ${megabytes(early)}`,
      ratio: late / early,
      bar: 1.1,
    };
  } finally {
    services.dispose();
    await daemon.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function until(store: SnapshotStore, holds: (of: SnapshotStore['current']) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = store.onDidChange((now) => {
      if (!holds(now)) return;
      subscription.dispose();
      resolve();
    });
  });
}

function nothing(): void {
  // The bench measures, it does not tell.
}
