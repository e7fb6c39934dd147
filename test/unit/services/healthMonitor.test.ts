import assert from 'node:assert/strict';

import { hostsOf } from '../../../src/core/clawql/hostsOf.ts';
import { HealthMonitor } from '../../../src/services/healthMonitor.ts';
import { HostDirectory } from '../../../src/services/hostDirectory.ts';
import { SelectionService } from '../../../src/services/selectionService.ts';
import { startClawql, type ClawqlServer } from '../../support/clawql/server.ts';
import { selectionOf, wanted } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { loopbackNode, loopbackTailnet, RealProber } from '../support/loopbackHosts.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { RecordingLog } from '../support/recordingLog.ts';

describe('HealthMonitor', () => {
  let prober: RealProber;
  let server: ClawqlServer;
  let clock: ManualClock;
  let selection: SelectionService;
  let directory: HostDirectory;
  let monitor: HealthMonitor;
  const [a, b] = [loopbackNode('a'), loopbackNode('b')];

  beforeEach(async () => {
    prober = new RealProber();
    server = await startClawql({ address: '127.0.0.1' });
    clock = new ManualClock();
    const log = new RecordingLog();
    selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
    directory = new HostDirectory(prober, clock, log);
    directory.update(hostsOf(loopbackTailnet(a, b), wanted({ ports: [server.port] })));
    directory.allowProbes();
    await directory.probeAll();
    monitor = new HealthMonitor(directory, selection, clock);
  });

  afterEach(async () => {
    monitor.dispose();
    selection.dispose();
    directory.dispose();
    await prober.dispose();
    await server.close();
  });

  const probes = (): number => server.requests.filter(({ path }) => path === '/healthz').length;
  const choose = (of: typeof a): Promise<void> => selection.select(selectionOf(of, { url: server.url }));

  /** The probe that was just begun is over, and it was the only one. */
  async function probedOnce(before: number): Promise<void> {
    await eventually('the host was asked', () => probes() > before);
    await Promise.all(['a', 'b'].map((id) => directory.settled(id)));
    assert.equal(probes(), before + 1);
  }

  it('asks the selected host at once when the window gets the focus, and then every 30 s', async () => {
    await choose(a);
    const before = probes();
    monitor.setFocused(true);
    await probedOnce(before);
    clock.advance(29_999);
    assert.equal(probes(), before + 1);
    clock.advance(1);
    await probedOnce(before + 1);
    clock.advance(30_000);
    await probedOnce(before + 2);
  });

  it('asks nobody while nobody looks', async () => {
    await choose(a);
    const before = probes();
    clock.advance(600_000);
    assert.deepEqual([probes(), clock.pending], [before, 0]);
    monitor.setFocused(true);
    await probedOnce(before);
    monitor.setFocused(false);
    assert.equal(clock.pending, 0);
    clock.advance(600_000);
    assert.equal(probes(), before + 1);
  });

  it('asks nobody while nothing is selected', () => {
    const before = probes();
    monitor.setFocused(true);
    clock.advance(600_000);
    assert.deepEqual([probes(), clock.pending], [before, 0]);
  });

  it('asks a host as soon as it is selected, and then that one only', async () => {
    monitor.setFocused(true);
    const before = probes();
    await choose(a);
    await probedOnce(before);
    await choose(b);
    await probedOnce(before + 1);
    assert.equal(clock.pending, 1);
    clock.advance(30_000);
    await probedOnce(before + 2);
  });

  it('stops when the selection is cleared', async () => {
    monitor.setFocused(true);
    const before = probes();
    await choose(a);
    await probedOnce(before);
    await selection.clear();
    assert.equal(clock.pending, 0);
  });

  it('does not begin anew for a focus that it has already', async () => {
    await choose(a);
    const before = probes();
    monitor.setFocused(true);
    await probedOnce(before);
    monitor.setFocused(true);
    assert.equal(clock.pending, 1);
    clock.advance(29_999);
    assert.equal(probes(), before + 1);
  });

  it('leaves no timer after its end, whatever comes', async () => {
    await choose(a);
    const before = probes();
    monitor.setFocused(true);
    await probedOnce(before);
    monitor.dispose();
    assert.equal(clock.pending, 0);
    await choose(b);
    assert.deepEqual([clock.pending, probes()], [0, before + 1]);
  });
});
