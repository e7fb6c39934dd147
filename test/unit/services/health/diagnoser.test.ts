import assert from 'node:assert/strict';

import type { Diagnosis } from '../../../../src/core/diagnosis/diagnosis.ts';
import { hostsOf } from '../../../../src/core/clawql/hostsOf.ts';
import type { Selection } from '../../../../src/core/mcp/selection.ts';
import { systemClock } from '../../../../src/services/clock.ts';
import { Diagnoser } from '../../../../src/services/health/diagnoser.ts';
import { SelectedServer } from '../../../../src/services/health/selectedServer.ts';
import { WorkedMemory } from '../../../../src/services/health/workedMemory.ts';
import { HostDirectory } from '../../../../src/services/hosts/hostDirectory.ts';
import { SnapshotStore } from '../../../../src/services/snapshotStore.ts';
import { TailnetMonitor } from '../../../../src/services/tailnet/tailnetMonitor.ts';
import { startClawql, type ClawqlServer } from '../../../support/clawql/server.ts';
import { laptop, running, selectionOf, snapshot, wanted } from '../../support/builders.ts';
import { closedPort } from '../../support/closedPort.ts';
import { eventually } from '../../support/eventually.ts';
import { loopbackNode, RealProber } from '../../support/loopbackHosts.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';
import { ModelDaemon } from '../../support/modelDaemon.ts';
import { realExaminer } from '../../support/realExaminer.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

describe('a diagnosis on this machine', function () {
  this.timeout(20_000);
  const node = loopbackNode('clawql-1');
  // This machine's address in the tailnet is the one by which the loopback is reached.
  const state = running([node], { magicDns: false, self: { ...laptop, addresses: ['127.0.0.1'] } });
  let prober: RealProber;
  let directory: HostDirectory;
  let monitor: TailnetMonitor;
  let snapshots: SnapshotStore;
  let diagnoser: Diagnoser;
  let server: ClawqlServer;
  let log: RecordingLog;

  beforeEach(async () => {
    log = new RecordingLog();
    server = await startClawql({ address: '127.0.0.1' });
    prober = new RealProber();
    directory = new HostDirectory(prober, systemClock, log);
    // A daemon that is read once and then left: what is looked at here is the way, by real sockets.
    monitor = new TailnetMonitor(new ModelDaemon(new ManualClock()), systemClock, log);
    snapshots = new SnapshotStore(snapshot({ tailnet: state }), (error) => assert.fail(String(error)));
    const examiner = realExaminer(prober);
    diagnoser = new Diagnoser({ examiner, prober, directory, monitor, snapshots, clock: systemClock });
  });

  afterEach(async () => {
    monitor.dispose();
    directory.dispose();
    snapshots.dispose();
    await prober.dispose();
    await server.close();
  });

  const at = async (port: number): Promise<Selection> => {
    directory.update(hostsOf(state, wanted({ ports: [port] })));
    directory.allowProbes();
    await directory.probeAll();
    snapshots.update({ hosts: directory.reports });
    return selectionOf(node, { url: `http://127.0.0.1:${port}/mcp` });
  };

  it('tells each step as it ends, and ends with the verdict', async () => {
    const told: Diagnosis[] = [];
    const { signal } = new AbortController();
    const selection = await at(server.port);
    const diagnosis = await diagnoser.diagnose(selection, { signal, onProgress: (one) => told.push(one) });
    assert.equal(diagnosis.evidence.looks.call?.kind, 'answered');
    assert.equal(diagnosis.evidence.looks.tcp?.kind, 'open');
    assert.deepEqual(diagnosis.running, []);
    assert.ok(diagnosis.endedAt !== undefined && told.every(({ endedAt }) => endedAt === undefined));
    assert.ok(told.some(({ running }) => running.includes('call')));
    assert.ok(typeof diagnosis.took.call === 'number');
  });

  it('makes the call itself: an outcome from before does not stand for it', async () => {
    const selection = await at(server.port);
    await server.close();
    const { signal } = new AbortController();
    const { evidence, verdict } = await diagnoser.diagnose(selection, { signal });
    assert.equal(evidence.looks.call?.kind, 'failed');
    assert.equal(verdict.code, 'port-closed');
    server = await startClawql({ address: '127.0.0.1' });
  });

  it('asks nobody but the daemon in a workspace that is not trusted', async () => {
    const selection = await at(server.port);
    snapshots.update({ trusted: false });
    const before = server.requests.length;
    const { evidence } = await diagnoser.diagnose(selection, { signal: new AbortController().signal });
    assert.deepEqual(Object.keys(evidence.looks), ['daemon']);
    assert.equal(server.requests.length, before);
  });

  it('ends early when it is cancelled, and says so', async () => {
    const selection = await at(server.port);
    const stop = new AbortController();
    const diagnosis = await diagnoser.diagnose(selection, { signal: stop.signal, onProgress: () => stop.abort() });
    assert.equal(diagnosis.wasCancelled, true);
    assert.equal(diagnosis.evidence.looks.call, undefined);
  });

  it('takes a call that was cut off for no failure', async () => {
    const selection = await at(server.port);
    const stop = new AbortController();
    const told: Diagnosis[] = [];
    prober.onProbe = () => stop.abort();
    const onProgress = (one: Diagnosis): void => void told.push(one);
    const diagnosis = await diagnoser.diagnose(selection, { signal: stop.signal, onProgress });
    assert.ok(told.some(({ running }) => running.includes('call')));
    assert.equal(diagnosis.wasCancelled, true);
    assert.deepEqual([diagnosis.verdict.kind, diagnosis.evidence.looks.call], ['unknown', undefined]);
    assert.ok(told.every(({ verdict }) => verdict.kind === 'unknown'));
  });

  describe('of the selected server, without being asked for it', () => {
    const clock = new ManualClock();
    let selected: SelectedServer;
    let changes: number;

    beforeEach(() => {
      const examiner = realExaminer(prober);
      const worked = new WorkedMemory(new MemoryStorage());
      selected = new SelectedServer({ diagnoser, examiner, snapshots, worked, clock, log });
      changes = 0;
      selected.onDidChange(() => (changes += 1));
    });
    afterEach(() => selected.dispose());

    it('is made once for each way of failing, while somebody looks', async () => {
      const selection = await at(await closedPort());
      selected.follow(selection, directory.reports);
      assert.equal(selected.parts(selection).diagnosis, undefined, 'nobody looks');
      selected.setFocused(true);
      selected.follow(selection, directory.reports);
      await eventually('it has ended', () => selected.parts(selection).diagnosis !== undefined);
      assert.equal(selected.parts(selection).diagnosis?.verdict.code, 'port-closed');
      selected.follow(selection, directory.reports);
      assert.equal(changes, 1);
    });

    it('is none where the server answers: how it works is noted', async () => {
      const selection = await at(server.port);
      selected.setFocused(true);
      selected.follow(selection, directory.reports);
      const { diagnosis, worked } = selected.parts(selection);
      assert.equal(diagnosis, undefined);
      assert.deepEqual([worked?.label, worked?.server.version, worked?.tools.length], ['clawql-1', '5.0.0', 7]);
      assert.equal(selected.parts(undefined).worked, undefined);
    });
  });
});
