import assert from 'node:assert/strict';
import fc from 'fast-check';

import { TailnetMonitor } from '../../../../src/services/tailnet/tailnetMonitor.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ModelDaemon, statusWith } from '../../support/modelDaemon.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

/** With the times of the product, in a clock that goes only when it is told to. */
describe('TailnetMonitor in time', () => {
  let clock: ManualClock;
  let daemon: ModelDaemon;
  let log: RecordingLog;
  let monitor: TailnetMonitor;

  function begin(): void {
    clock = new ManualClock();
    daemon = new ModelDaemon(clock);
    log = new RecordingLog();
    monitor = new TailnetMonitor(daemon, clock, log, undefined, () => 0);
  }

  /** Lets time pass in small steps, in each of which everything that waits for a promise goes on. */
  async function pass(ms: number, step = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      await new Promise(setImmediate);
      clock.advance(Math.min(step, ms - passed));
    }
    await new Promise(setImmediate);
  }

  const shown = (): string => {
    const { state } = monitor;
    if (state.kind === 'running') return `running ${state.tailnet.peers.map(({ hostName }) => hostName).join()}`;
    return state.kind === 'off' ? state.backendState : state.kind;
  };
  const truth = (): string => {
    if (!daemon.isUp) return 'unavailable';
    const { BackendState, Peer } = daemon.status;
    if (BackendState !== 'Running') return BackendState;
    return `running ${Object.values(Peer ?? {})
      .map(({ HostName }) => HostName)
      .join()}`;
  };
  const readsWithin = async (ms: number, step?: number): Promise<number> => {
    const before = daemon.reads.length;
    await pass(ms, step);
    return daemon.reads.length - before;
  };

  beforeEach(() => begin());
  afterEach(async () => {
    monitor.dispose();
    await pass(1);
    assert.deepEqual([clock.pending, daemon.watchers], [0, 0]);
  });

  it('reads a quiet tailnet once a minute, with one timer', async () => {
    monitor.start();
    await pass(1_000);
    assert.equal(clock.pending, 1);
    assert.equal(await readsWithin(600_000, 500), 10);
  });

  it('shows a change within 0.2 s', async () => {
    monitor.start();
    await pass(5_000);
    daemon.status = statusWith(['a']);
    daemon.tell('change');
    await pass(200);
    assert.equal(shown(), 'running a');
  });

  it('gives a flood a fifth of the time at most, however dear a read is', async () => {
    daemon.cost = 300;
    monitor.start();
    await pass(5_000);
    const before = daemon.reads.length;
    for (let wave = 0; wave < 400; wave++) {
      for (let message = 0; message < 10; message++) daemon.tell('change');
      await pass(50);
    }
    const spent = (daemon.reads.length - before) * daemon.cost;
    assert.ok(spent <= 20_000 / 5 + daemon.cost && spent >= 20_000 / 10, `${spent} ms of 20000`);
    assert.equal(log.lines.filter((line) => line.includes('floods')).length, 1);
    daemon.status = statusWith(['last']);
    daemon.tell('change');
    await pass(2_000);
    assert.equal(shown(), 'running last');
  });

  it('does not read for messages that say nothing', async () => {
    monitor.start();
    await pass(1_000);
    const before = daemon.reads.length;
    for (let message = 0; message < 100; message++) {
      daemon.tell('nothing');
      await pass(50);
    }
    assert.equal(daemon.reads.length, before);
  });

  it('waits longer and longer for a daemon that is away, and less long while somebody looks', async () => {
    daemon.isUp = false;
    monitor.start();
    await pass(60_000);
    const gaps = daemon.reads.slice(1).map((at, index) => at - (daemon.reads[index] ?? 0));
    assert.deepEqual(gaps.slice(0, 6), [250, 500, 1_000, 2_000, 4_000, 5_000]);
    monitor.setFocused(false);
    await pass(60_000);
    assert.ok((await readsWithin(60_000)) <= 4);
  });

  it('polls an old daemon every 5 s, a program every 15 s, and either once a minute when nobody looks', async () => {
    for (const [via, version, reads] of [
      ['localapi', '1.60.1', 12],
      ['cli', '', 4],
    ] as const) {
      monitor.dispose();
      begin();
      Object.assign(daemon, { via, version });
      monitor.start();
      await pass(1_000);
      assert.equal(await readsWithin(60_000), reads, via);
      monitor.setFocused(false);
      await pass(15_000);
      assert.ok((await readsWithin(120_000)) <= 2, via);
      assert.equal(daemon.opened, 0);
      assert.equal(log.lines.filter((line) => line.includes('every few seconds')).length, 1);
    }
  });

  it('reads at once for somebody who comes back after some seconds, and not for one who only glanced away', async () => {
    monitor.start();
    await pass(1_000);
    monitor.setFocused(false);
    await pass(1_000);
    const before = daemon.reads.length;
    monitor.setFocused(true);
    await pass(50);
    assert.equal(daemon.reads.length, before);
    monitor.setFocused(false);
    await pass(10_000);
    daemon.status = statusWith(['a']);
    monitor.setFocused(true);
    await pass(50);
    assert.equal(shown(), 'running a');
  });

  it('tries soon again when a read that was asked for fails while the bus is silent', async () => {
    monitor.start();
    await pass(1_000);
    daemon.isUp = false;
    await monitor.refresh();
    assert.equal(shown(), 'unavailable');
    daemon.isUp = true;
    await pass(500);
    assert.equal(shown(), 'running ');
  });

  it('asks for a refused bus every 5 minutes, with one line in all', async () => {
    daemon.refusesBus = true;
    monitor.start();
    await pass(1_000_000, 250);
    assert.equal(daemon.opened, 4);
    assert.equal(log.lines.filter((line) => line.includes("daemon's bus")).length, 1);
  });

  it('writes a line for each bus that was well before it was cut, and one for many that were not', async () => {
    monitor.start();
    const lines = (): number => log.lines.filter((line) => line.includes("daemon's bus")).length;
    for (let cut = 1; cut <= 3; cut++) {
      await pass(20_000);
      daemon.cut();
      assert.equal(await pass(1).then(lines), cut);
    }
    for (let cut = 0; cut < 20; cut++) {
      daemon.cut();
      await pass(1_000);
    }
    assert.equal(lines(), 3);
  });

  it('shows what is, some seconds after whatever happened', async () => {
    const names = fc.subarray(['a', 'b', 'c']);
    const happening = fc.oneof(
      names.map((peers) => ({
        text: `the peers become ${peers.join()}`,
        run: () => (daemon.status = statusWith(peers)),
      })),
      fc
        .constantFrom('Stopped', 'NeedsLogin', 'Starting', 'NoState', 'Running')
        .map((state) => ({ text: state, run: () => (daemon.status = { ...daemon.status, BackendState: state }) })),
      fc.constantFrom('1.60.1', '1.90.0', '1.102.3', 'unknown').map((version) => ({
        text: `restarts as ${version}`,
        run: () => {
          daemon.version = version;
          daemon.cut();
        },
      })),
      fc.boolean().map((isUp) => ({
        text: isUp ? 'comes up' : 'is killed',
        run: () => {
          daemon.isUp = isUp;
          if (!isUp) daemon.cut();
        },
      })),
      fc.boolean().map((refuses) => ({ text: `refuses: ${refuses}`, run: () => (daemon.refusesBus = refuses) })),
      fc.constant({ text: 'the bus is cut', run: () => daemon.cut() }),
      fc.boolean().map((focused) => ({ text: `focus: ${focused}`, run: () => monitor.setFocused(focused) })),
      fc.constantFrom(0, 20, 300).map((cost) => ({ text: `reads take ${cost} ms`, run: () => (daemon.cost = cost) })),
    );
    const story = fc.array(fc.tuple(happening, fc.constantFrom(0, 30, 400, 3_000), fc.boolean()), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(story, async (events) => {
        begin();
        monitor.start();
        const published: string[] = [];
        monitor.onDidChange((state) => published.push(JSON.stringify(state)));
        for (const [{ run }, wait, isTold] of events) {
          run();
          // A daemon that pushes tells of each change; what it does not tell is found by the safety poll.
          if (isTold) daemon.tell('change');
          if (wait > 0) await pass(wait);
        }
        await pass(80_000, 500);
        assert.equal(shown(), truth());
        assert.ok(published.every((state, index) => state !== published[index - 1]));
        monitor.dispose();
        await pass(1);
        assert.deepEqual([clock.pending, daemon.watchers], [0, 0]);
      }),
      { numRuns: 150, seed: 20_261_125, examples: [] },
    );
  }).timeout(60_000);
});
