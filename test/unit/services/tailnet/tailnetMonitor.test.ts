import assert from 'node:assert/strict';

import type { TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import { DaemonReader } from '../../../../src/node/daemon/daemonReader.ts';
import { placesToTry } from '../../../../src/node/daemon/placesToTry.ts';
import { systemClock } from '../../../../src/services/clock.ts';
import { monitorTimes, type MonitorTimes } from '../../../../src/services/tailnet/monitorTimes.ts';
import { TailnetMonitor } from '../../../../src/services/tailnet/tailnetMonitor.ts';
import type { DemoNode } from '../../../support/demo/demoNode.ts';
import { demoStatus, type StatusDocument } from '../../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../../support/demo/localApi.ts';
import { leaveDeadSocket } from '../../support/deadSocket.ts';
import { eventually } from '../../support/eventually.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const tags = ['tag:clawql-mcp'];
const laptop: DemoNode = { name: 'laptop', number: 1, os: 'linux' };
const one: DemoNode = { name: 'clawql-1', number: 11, os: 'linux', tags };
const two: DemoNode = { name: 'clawql-2', number: 12, os: 'linux', tags };

const statusOf = (...peers: readonly DemoNode[]): StatusDocument =>
  demoStatus({
    tailnet: 'alice@example.com',
    suffix: 'tail1a2b3.ts.net',
    self: laptop,
    peers,
  });

/** Nothing but the bus and the retries brings news: the polls come later than any test lasts. */
const times: MonitorTimes = {
  ...monitorTimes,
  gather: 20,
  poll: 600_000,
  safetyPoll: 600_000,
  retryFirst: 20,
  retryLast: 50,
  settle: 50,
};

function peers(state: TailnetState): string | undefined {
  return state.kind === 'running' ? state.tailnet.peers.map(({ hostName }) => hostName).join() : undefined;
}

function failure(state: TailnetState): string | undefined {
  return state.kind === 'unavailable' ? state.failure.kind : undefined;
}

describe('TailnetMonitor', () => {
  let folder: TempFolder;
  let socketPath: string;
  let log: RecordingLog;
  let reader: DaemonReader;
  let monitor: TailnetMonitor;
  let states: TailnetState[];
  let daemons: LocalApiServer[];

  function watch(changed: Partial<MonitorTimes> = {}): void {
    monitor = new TailnetMonitor(reader, systemClock, log, {
      ...times,
      ...changed,
    });
    monitor.onDidChange((state) => states.push(state));
    monitor.start();
  }

  async function daemon(status = statusOf(one)): Promise<LocalApiServer> {
    const started = await startLocalApi({ socketPath, status });
    daemons.push(started);
    return started;
  }

  async function stop(started: LocalApiServer): Promise<void> {
    daemons = daemons.filter((other) => other !== started);
    await started.close();
  }

  const untilPeers = (names: string): Promise<true> =>
    eventually(`the peers are ${names}`, () => peers(monitor.state) === names);
  const untilFailure = (kind: string): Promise<true> =>
    eventually(`the failure is ${kind}`, () => failure(monitor.state) === kind);
  const statusReads = (of: LocalApiServer): number =>
    of.requests.filter((request) => request === 'GET /localapi/v0/status').length;

  beforeEach(() => {
    folder = new TempFolder();
    socketPath = folder.socket('d.sock');
    log = new RecordingLog();
    reader = new DaemonReader((platform) => placesToTry(platform, { socketPath, cliPath: '' }), log);
    states = [];
    daemons = [];
  });

  afterEach(async () => {
    monitor.dispose();
    await reader.dispose();
    await Promise.all(daemons.map((started) => started.close()));
    folder.remove();
  });

  it('is checking until the first answer is there', async () => {
    await daemon();
    watch();
    assert.deepEqual(monitor.state, { kind: 'checking' });
    await untilPeers('clawql-1');
    assert.equal(states.length, 1);
  });

  it('hears of a change by the bus, with no polling', async () => {
    const started = await daemon();
    watch();
    await eventually('the bus is watched', () => started.watchers === 1);
    await untilPeers('clawql-1');
    started.setStatus(statusOf(one, two));
    await untilPeers('clawql-1,clawql-2');
    started.setStatus(statusOf(two));
    await untilPeers('clawql-2');
    assert.deepEqual(
      started.requests.filter((request) => request.includes('watch')),
      ['GET /localapi/v0/watch-ipn-bus?mask=12306'],
    );
  });

  it('hears that Tailscale was stopped, and started again', async () => {
    const started = await daemon();
    watch();
    await untilPeers('clawql-1');
    started.setStatus({
      ...statusOf(one),
      BackendState: 'Stopped',
      Health: ['Tailscale is stopped.'],
    });
    await eventually('it is off', () => monitor.state.kind === 'off' && monitor.state.backendState === 'Stopped');
    started.setStatus(statusOf(one));
    await untilPeers('clawql-1');
  });

  it('reads once for a burst of messages', async () => {
    const started = await daemon();
    watch({ gather: 100 });
    await eventually('the first message was followed by a read', () => statusReads(started) === 2);
    for (let message = 0; message < 20; message++) started.sendEmptyMessage();
    started.setStatus(statusOf(one, two));
    await untilPeers('clawql-1,clawql-2');
    assert.equal(statusReads(started), 3);
  });

  it('says nothing of a message that changes nothing', async () => {
    const started = await daemon();
    watch();
    await eventually('the bus is watched and read', () => statusReads(started) === 2);
    const { since } = monitor;
    started.flood(1);
    await eventually('it was read again', () => statusReads(started) === 3);
    await monitor.refresh();
    assert.equal(states.length, 1);
    assert.equal(monitor.since, since);
  });

  it('asks a daemon of 1.78 to 1.98 for what that one knows', async () => {
    const started = await daemon({
      ...statusOf(one),
      Version: '1.98.0-tf2d5ef72b',
    });
    watch();
    await eventually('the bus is watched', () => started.watchers === 1);
    assert.ok(started.requests.includes('GET /localapi/v0/watch-ipn-bus?mask=274'));
  });

  it('polls a daemon that does not push', async () => {
    const started = await daemon({ ...statusOf(one), Version: '1.60.1' });
    watch({ poll: 30 });
    await untilPeers('clawql-1');
    started.setStatus({ ...statusOf(one, two), Version: '1.60.1' });
    await untilPeers('clawql-1,clawql-2');
    assert.ok(!started.requests.some((request) => request.includes('watch')));
  });

  it('reads now and then even while the bus is silent', async () => {
    const started = await daemon();
    watch({ safetyPoll: 30 });
    await eventually('it was read again and again', () => statusReads(started) >= 5);
    assert.equal(started.watchers, 1);
  });

  it('finds a daemon that comes, goes and comes again', async () => {
    watch();
    await untilFailure('not-found');
    const first = await daemon();
    await untilPeers('clawql-1');
    await stop(first);
    await untilFailure('not-found');
    await daemon(statusOf(two));
    await untilPeers('clawql-2');
    assert.deepEqual(
      states.map(({ kind }) => kind),
      ['unavailable', 'running', 'unavailable', 'running'],
    );
  });

  it('writes a line a change into the log, not one a try', async () => {
    watch();
    await untilFailure('not-found');
    const { length } = log.lines;
    for (let turn = 0; turn < 5; turn++) await monitor.refresh();
    assert.deepEqual(log.lines.slice(length), []);
  });

  it("says that this user may not read the status, in the daemon's own words", async () => {
    const started = await daemon();
    started.setFault({ status: 403, text: 'status access denied' });
    watch();
    await untilFailure('no-permission');
    assert.ok(monitor.state.kind === 'unavailable');
    const { where, detail } = monitor.state.failure;
    assert.deepEqual([where, detail], [socketPath, 'status access denied']);
    started.setFault(undefined);
    await untilPeers('clawql-1');
  });

  for (const [what, text, detail] of [
    ['plain text', 'Tailscale already in use', /JSON/],
    ['another JSON document', '{"hello": "world"}', /^BackendState: /],
    ['an empty answer', '', /JSON/],
  ] as const) {
    it(`says that ${what} is not a status`, async () => {
      const started = await daemon();
      started.setFault({ status: 200, text });
      watch();
      await untilFailure('unexpected-answer');
      assert.ok(monitor.state.kind === 'unavailable');
      assert.match(monitor.state.failure.detail, detail);
    });
  }

  it('says that nothing answers at a socket file that a killed daemon left behind', async function () {
    if (process.platform === 'win32') this.skip();
    await leaveDeadSocket(socketPath);
    watch();
    await untilFailure('killed');
    assert.ok(monitor.state.kind === 'unavailable');
    assert.match(monitor.state.failure.detail, /ECONNREFUSED/);
  });

  it('opens the bus again when it breaks in the middle of a line, and has missed nothing', async () => {
    const started = await daemon();
    watch();
    await eventually('the bus is watched', () => started.watchers === 1);
    started.cutBus();
    started.setStatus(statusOf(one, two));
    await untilPeers('clawql-1,clawql-2');
    await eventually('the bus is watched again', () => started.watchers === 1);
    started.setStatus(statusOf(two));
    await untilPeers('clawql-2');
    assert.ok(states.every(({ kind }) => kind === 'running'));
  });

  describe('with a bus that', () => {
    const busRequests = (of: LocalApiServer): number => of.requests.filter((one) => one.includes('watch')).length;
    const aboutBus = (): readonly string[] => log.lines.filter((line) => line.includes("daemon's bus"));

    for (const [what, fault] of [
      ['answers 403', { status: 403, text: 'watch ipn bus access denied' }],
      ['answers plain text', { status: 200, text: 'Tailscale already in use' }],
    ] as const) {
      it(`${what}: it polls, asks for the bus once, and writes one line`, async () => {
        const started = await daemon();
        started.setBusFault(fault);
        watch({ poll: 10 });
        await eventually('it polls', () => statusReads(started) >= 10);
        started.setStatus(statusOf(two));
        await untilPeers('clawql-2');
        assert.equal(busRequests(started), 1);
        assert.equal(aboutBus().length, 1);
        assert.ok(aboutBus()[0]?.includes(fault.text), aboutBus()[0]);
      });
    }

    it('was refused asks again after a while', async () => {
      const started = await daemon();
      started.setBusFault({ status: 403, text: 'watch ipn bus access denied' });
      watch({ poll: 10, refusal: 60 });
      await eventually('it asked twice', () => busRequests(started) >= 2);
      started.setBusFault(undefined);
      await eventually('the bus is watched', () => started.watchers === 1);
      assert.equal(aboutBus().length, 1);
    });

    it('was refused asks another version at once', async () => {
      const started = await daemon();
      started.setBusFault({ status: 403, text: 'watch ipn bus access denied' });
      watch({ poll: 10 });
      await eventually('it polls', () => statusReads(started) >= 3);
      started.setBusFault(undefined);
      started.setStatus({ ...statusOf(one), Version: '1.104.0' });
      await eventually('the bus is watched', () => started.watchers === 1);
    });

    it('is cut again and again costs one line, and loses nothing', async () => {
      const started = await daemon();
      watch();
      for (let cut = 1; cut <= 5; cut++) {
        await eventually('the bus is watched', () => started.watchers === 1);
        started.cutBus();
        await eventually('it is cut', () => busRequests(started) > cut);
        started.setStatusSilently(cut % 2 === 0 ? statusOf(one) : statusOf(two));
      }
      await untilPeers('clawql-2');
      assert.equal(aboutBus().length, 1);
    });

    it('floods costs one line and few reads, and the last word is heard', async () => {
      const started = await daemon();
      watch({ gather: 100 });
      await eventually('the bus is watched and read', () => statusReads(started) === 2);
      const began = performance.now();
      for (let wave = 0; wave < 20; wave++) {
        started.flood(500);
        await new Promise(setImmediate);
      }
      started.setStatus(statusOf(two));
      await untilPeers('clawql-2');
      const waves = (performance.now() - began) / 100;
      assert.ok(statusReads(started) <= 4 + waves, `${statusReads(started)} reads within ${waves} gatherings`);
      assert.equal(aboutBus().length, 1);
    });

    it('says only nulls is read when it opens and now and then, not at each message', async () => {
      const started = await daemon();
      started.setBusFault('nulls');
      watch();
      await eventually('the bus is watched and read', () => statusReads(started) === 2);
      for (let message = 0; message < 2_000; message++) started.sendEmptyMessage();
      await eventually('the flood was seen', () => aboutBus().length === 1);
      assert.equal(statusReads(started), 2);
    });

    it('drops a slow reader is opened again', async () => {
      const started = await daemon();
      watch();
      await eventually('the bus is watched', () => started.watchers === 1);
      started.dropWatchers();
      await eventually('the bus is asked for again', () => busRequests(started) === 2);
      started.setStatus(statusOf(two));
      await untilPeers('clawql-2');
      assert.match(aboutBus().join(), /fell behind/);
    });

    it('sends a line of many megabytes means one read', async () => {
      const started = await daemon();
      watch();
      await eventually('the bus is watched and read', () => statusReads(started) === 2);
      started.setStatusSilently(statusOf(two));
      started.sendRaw(`{"NetMap":"${'x'.repeat(8 * 1024 * 1024)}"}\n`);
      await untilPeers('clawql-2');
      assert.deepEqual(aboutBus(), []);
    });
  });

  it('follows the daemon at the place where the status comes from now', async () => {
    const first = await daemon();
    let configured = socketPath;
    await reader.dispose();
    reader = new DaemonReader((platform) => placesToTry(platform, { socketPath: configured, cliPath: '' }), log);
    watch();
    await eventually('the bus is watched', () => first.watchers === 1);
    configured = folder.socket('e.sock');
    const second = await startLocalApi({
      socketPath: configured,
      status: statusOf(two),
    });
    daemons.push(second);
    await monitor.refresh();
    await eventually('the other bus is watched', () => second.watchers === 1 && first.watchers === 0);
    second.setStatus(statusOf(one, two));
    await untilPeers('clawql-1,clawql-2');
  });

  it('shows the tailnet on while a daemon restarts within a moment', async () => {
    const first = await daemon();
    watch({ settle: 5_000 });
    await eventually('the bus is watched', () => first.watchers === 1);
    await stop(first);
    const second = await daemon({ ...statusOf(one), BackendState: 'Starting' });
    await eventually('the new daemon is read', () => statusReads(second) >= 2);
    second.setStatus(statusOf(two));
    await untilPeers('clawql-2');
    assert.deepEqual(states.map(peers), ['clawql-1', 'clawql-2']);
  });

  it('recovers soon from one read that failed while the bus stayed open', async () => {
    const started = await daemon();
    watch();
    await eventually('the bus is watched and read', () => statusReads(started) === 2);
    started.setFault({ status: 500, text: 'busy' });
    started.flood(1);
    await untilFailure('unexpected-answer');
    started.setFault(undefined);
    await eventually('it is running again', () => peers(monitor.state) === 'clawql-1', 1_500);
  });

  it('looks at once when it is asked to, however long the next try is away', async () => {
    watch({ retryFirst: 600_000, retryLast: 600_000 });
    await untilFailure('not-found');
    await daemon();
    await monitor.refresh();
    assert.equal(peers(monitor.state), 'clawql-1');
    await eventually('the bus is watched', () => daemons[0]?.watchers === 1);
  });

  it('does not lose a change that comes during a read', async () => {
    const started = await daemon();
    watch();
    await untilPeers('clawql-1');
    const reading = monitor.refresh();
    started.setStatus(statusOf(two));
    await Promise.all([reading, monitor.refresh()]);
    assert.equal(peers(monitor.state), 'clawql-2');
  });

  describe('after its end', () => {
    /** What keeps this process alive, seen when neither a timer nor a socket is just being served. */
    const resources = async (): Promise<string> => {
      await new Promise((resolve) => setImmediate(resolve));
      return process.getActiveResourcesInfo().toSorted().join();
    };

    async function assertNothingMoreThan(before: string): Promise<void> {
      await eventually(`only what was there before is left: ${before}`, async () => (await resources()) === before);
    }

    it('leaves no connection and no timer, and tells nobody', async () => {
      const before = await resources();
      const started = await daemon();
      watch();
      await eventually('the bus is watched and read', () => statusReads(started) === 2);
      monitor.dispose();
      await reader.dispose();
      await eventually('the daemon has no watcher left', () => started.watchers === 0);
      const { length } = states;
      started.setStatus(statusOf(two));
      await stop(started);
      await assertNothingMoreThan(before);
      assert.equal(states.length, length);
    });

    it('leaves no timer when it was waiting for a daemon', async () => {
      const before = await resources();
      watch({ retryFirst: 600_000, retryLast: 600_000 });
      await untilFailure('not-found');
      monitor.dispose();
      await reader.dispose();
      await assertNothingMoreThan(before);
    });

    it('ends a read to which the daemon does not answer', async () => {
      const before = await resources();
      const started = await daemon();
      started.setFault('silence');
      watch();
      await eventually('the daemon was asked', () => statusReads(started) === 1);
      monitor.dispose();
      await reader.dispose();
      await stop(started);
      await assertNothingMoreThan(before);
      assert.deepEqual([states.length, monitor.state.kind], [0, 'checking']);
    });
  });
});
