import assert from 'node:assert/strict';

import { OwnMachine } from '../../../src/node/exposure/ownMachine.ts';
import { currentPreferences } from '../../../src/node/daemon/currentPreferences.ts';
import { KeyFolders } from '../../../src/node/files/keyFolders.ts';
import { KeptSessions } from '../../../src/node/mcp/keptSession.ts';
import { ToolSessions } from '../../../src/node/mcp/toolSessions.ts';
import { ownInterface } from '../../../src/node/ownInterface.ts';
import { resolveBySystem } from '../../../src/node/systemResolver.ts';
import { SelectionService } from '../../../src/services/selectionService.ts';
import { SnapshotStore } from '../../../src/services/snapshotStore.ts';
import { TailnetServices } from '../../../src/services/tailnetServices.ts';
import { startClawql } from '../../support/clawql/server.ts';
import { snapshot } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { RealProber } from '../support/loopbackHosts.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { ModelDaemon, statusWith } from '../support/modelDaemon.ts';
import { realExaminer } from '../support/realExaminer.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { thisMachinesProgram } from '../support/thisMachinesProgram.ts';

describe('TailnetServices after a sleep', () => {
  it('calls what was seen before it stale, until the host has answered again', async () => {
    const clock = new ManualClock();
    const log = new RecordingLog();
    const server = await startClawql({ address: '127.0.0.1' });
    const snapshots = new SnapshotStore(snapshot({ tailnet: { kind: 'checking' } }), (error) =>
      assert.fail(String(error)),
    );
    const selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
    const prober = new RealProber();
    const ports = {
      reader: new ModelDaemon(clock),
      program: thisMachinesProgram(),
      preferences: currentPreferences({ current: undefined }),
      keyFiles: new KeyFolders(),
      machineName: 'laptop',
      loopback: ownInterface(),
      prober,
      examiner: realExaminer(prober),
      exposure: new OwnMachine((url, init) => fetch(url, init)),
      sessions: new KeptSessions((url, init) => fetch(url, init), '0.0.0-test'),
      tools: new ToolSessions((url, init) => fetch(url, init), '0.0.0-test'),
      resolve: resolveBySystem,
      storage: new MemoryStorage(),
      dispose: () => prober.dispose(),
    };
    const services = new TailnetServices(ports, snapshots, selection, clock, log);
    services.start();
    services.trust();
    await services.addEntered(server.url);
    services.setFocused(true);
    const answered = (): boolean => snapshots.current.hosts[0]?.outcomes[0]?.kind === 'answered';
    await eventually('the host has answered', answered);
    const seen: (true | undefined)[] = [];
    snapshots.onDidChange(({ hosts: [report] }) => seen.push(report?.stale));
    clock.sleep(3_600_000);
    clock.advance(500);
    assert.equal(seen.at(-1), true);
    await eventually('it has answered again', () => seen.at(-1) === undefined);
    assert.ok(answered());

    services.dispose();
    await services.ended;
    selection.dispose();
    snapshots.dispose();
    await server.close();
  });

  it('reads the status at once in the window that has the focus, and leaves no timer', async () => {
    const clock = new ManualClock();
    const daemon = new ModelDaemon(clock);
    const log = new RecordingLog();
    const snapshots = new SnapshotStore(snapshot({ tailnet: { kind: 'checking' } }), (error) =>
      assert.fail(String(error)),
    );
    const selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
    const prober = new RealProber();
    const ports = {
      reader: daemon,
      program: thisMachinesProgram(),
      preferences: currentPreferences({ current: undefined }),
      keyFiles: new KeyFolders(),
      machineName: 'laptop',
      loopback: ownInterface(),
      prober,
      examiner: realExaminer(prober),
      exposure: new OwnMachine((url, init) => fetch(url, init)),
      sessions: new KeptSessions((url, init) => fetch(url, init), '0.0.0-test'),
      tools: new ToolSessions((url, init) => fetch(url, init), '0.0.0-test'),
      resolve: resolveBySystem,
      storage: new MemoryStorage(),
      dispose: () => prober.dispose(),
    };
    const services = new TailnetServices(ports, snapshots, selection, clock, log);
    services.start();
    services.setFocused(true);
    const peers = (): number | undefined =>
      snapshots.current.tailnet.kind === 'running' ? snapshots.current.tailnet.tailnet.peers.length : undefined;
    await eventually('the bus is watched', () => daemon.watchers === 1 && peers() === 0);
    clock.advance(1_000);
    await eventually('it was read when the bus opened', () => daemon.reads.length === 2);
    await new Promise(setImmediate);
    daemon.status = statusWith(['a']);
    clock.sleep(3_600_000);
    clock.advance(500);
    await eventually('the peer is shown', () => peers() === 1);

    services.dispose();
    selection.dispose();
    snapshots.dispose();
    await eventually('the watch is over', () => daemon.watchers === 0);
    await new Promise(setImmediate);
    assert.equal(clock.pending, 0);
  });
});
