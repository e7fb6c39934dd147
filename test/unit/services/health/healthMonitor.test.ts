import assert from 'node:assert/strict';

import { hostsOf } from '../../../../src/core/clawql/hostsOf.ts';
import { KeptSessions } from '../../../../src/node/mcp/keptSession.ts';
import type { ServerRestart } from '../../../../src/services/health/endpointWatch.ts';
import { HealthMonitor } from '../../../../src/services/health/healthMonitor.ts';
import { HostDirectory } from '../../../../src/services/hosts/hostDirectory.ts';
import { SelectionService } from '../../../../src/services/selectionService.ts';
import { startClawql, type ClawqlServer } from '../../../support/clawql/server.ts';
import { selectionOf, wanted } from '../../support/builders.ts';
import { Door } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';
import { loopbackNode, loopbackTailnet, RealProber } from '../../support/loopbackHosts.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';
import { startModern } from '../../support/modernMcp.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const fullProbe = ['GET /healthz', 'initialize', 'notifications/initialized', 'tools/list', 'DELETE'];
const opening = ['initialize', 'notifications/initialized'];

describe('HealthMonitor', () => {
  let prober: RealProber;
  let server: ClawqlServer;
  let door: Door;
  let clock: ManualClock;
  let log: RecordingLog;
  let selection: SelectionService;
  let directory: HostDirectory;
  let monitor: HealthMonitor;
  let restarts: ServerRestart[];
  let luck: number;
  let told: number;
  const [a, b] = [loopbackNode('a'), loopbackNode('b')];

  beforeEach(async () => {
    prober = new RealProber();
    door = new Door();
    server = await startClawql({ address: '127.0.0.1', inFront: door.handler });
    clock = new ManualClock();
    log = new RecordingLog();
    selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
    directory = new HostDirectory(prober, clock, log);
    await find(server.port);
    // In the middle, so that an interval is as long as it says.
    luck = 0.5;
    const sessions = new KeptSessions((url, init) => fetch(url, init), '0.0.0-test');
    monitor = new HealthMonitor({ directory, sessions, selection, clock, log, random: () => luck });
    restarts = [];
    monitor.onDidRestart((restart) => restarts.push(restart));
  });

  afterEach(async () => {
    monitor.dispose();
    await monitor.ended;
    selection.dispose();
    directory.dispose();
    await prober.dispose();
    await server.close();
  });

  async function find(port: number): Promise<void> {
    directory.update(hostsOf(loopbackTailnet(a, b), wanted({ ports: [port] })));
    directory.allowProbes();
    await directory.probeAll();
    told = server.requests.length;
  }

  const choose = (of: typeof a): Promise<void> => selection.select(selectionOf(of, { url: server.url }));

  /** What the server was asked since the last time. */
  function asked(): readonly string[] {
    const news = server.requests.slice(told);
    told = server.requests.length;
    return news.map(({ method, path, rpcMethod }) => rpcMethod ?? (method === 'GET' ? `GET ${path}` : method));
  }

  /** A look is over when the timer for the next one is set. */
  async function looked(): Promise<readonly string[]> {
    await eventually('the look is over', () => clock.pending === 1);
    return asked();
  }

  async function watched(): Promise<void> {
    await choose(a);
    monitor.setFocused(true);
    assert.deepEqual(await looked(), [...fullProbe, ...opening]);
  }

  /** After a long absence the other host is asked as well, once and in between. */
  async function lookedAgain(...own: readonly string[]): Promise<void> {
    const both = [...own, ...fullProbe].toSorted();
    const all: string[] = [];
    await eventually('both hosts were asked', () => all.push(...asked()) >= both.length);
    await eventually('the look is over', () => clock.pending === 1);
    assert.deepEqual(all.toSorted(), both);
  }

  /** The next look, after so many milliseconds and not before. */
  async function lookAfter(ms: number): Promise<readonly string[]> {
    clock.advance(ms - 1);
    assert.deepEqual(asked(), []);
    clock.advance(1);
    return looked();
  }

  it('probes the selected host at once when the window gets the focus, and then asks once every 30 s in a session that it keeps', async () => {
    await watched();
    for (let turn = 0; turn < 3; turn++) assert.deepEqual(await lookAfter(30_000), ['ping']);
    assert.equal(new Set(server.requests.slice(-3).map(({ session }) => session)).size, 1);
  });

  it('probes in full every five minutes', async () => {
    await watched();
    for (let turn = 0; turn < 9; turn++) assert.deepEqual(await lookAfter(30_000), ['ping']);
    assert.deepEqual(await lookAfter(30_000), ['ping', ...fullProbe]);
    assert.deepEqual(await lookAfter(30_000), ['ping']);
  });

  it('takes a tenth more or less than 30 s, by chance', async () => {
    luck = 0;
    await watched();
    luck = 1 - Number.EPSILON;
    assert.deepEqual(await lookAfter(27_000), ['ping']);
    luck = 0.5;
    assert.deepEqual(await lookAfter(33_000), ['ping']);
  });

  it('tells the directory that the host is still there, and how far away', async () => {
    await watched();
    const before = directory.reports[0];
    const lines = log.lines.length;
    await lookAfter(30_000);
    const after = directory.reports[0];
    assert.deepEqual([after?.at, after?.answeredAt], [clock.now(), clock.now()]);
    assert.notEqual(after?.outcomes[0], before?.outcomes[0]);
    assert.equal(log.lines.length, lines, 'which is no news for the log');
  });

  it('asks nobody while nobody looks, and keeps the session', async () => {
    await choose(a);
    clock.advance(600_000);
    assert.deepEqual([asked(), clock.pending], [[], 0]);
    monitor.setFocused(true);
    await lookedAgain(...fullProbe, ...opening);
    monitor.setFocused(false);
    assert.equal(clock.pending, 0);
    clock.advance(240_000);
    assert.deepEqual(asked(), []);
    monitor.setFocused(true);
    await lookedAgain('ping');
  });

  it('asks nobody while nothing is selected', () => {
    monitor.setFocused(true);
    clock.advance(600_000);
    assert.deepEqual([asked(), clock.pending], [[], 0]);
  });

  it('asks nobody again who was asked less than 5 s ago, and keeps to the time of the next look', async () => {
    await watched();
    clock.advance(2_000);
    monitor.setFocused(false);
    clock.advance(2_999);
    monitor.setFocused(true);
    assert.equal(clock.pending, 1);
    assert.deepEqual(await lookAfter(25_001), ['ping']);
    monitor.setFocused(false);
    clock.advance(5_000);
    monitor.setFocused(true);
    assert.deepEqual(await looked(), ['ping']);
  });

  describe('where somebody else saw it fail, as after a sleep,', () => {
    async function failsElsewhere(): Promise<void> {
      door.isGone = () => true;
      await directory.probe('a');
      door.isGone = () => false;
      assert.equal(directory.reports[0]?.outcomes[0]?.kind, 'failed');
      told = server.requests.length;
    }
    const answers = (): boolean => directory.reports[0]?.outcomes[0]?.kind === 'answered';

    it('asks again as soon as after a failure that it saw itself, though its session lives', async () => {
      await watched();
      await failsElsewhere();
      assert.equal(clock.pending, 1);
      assert.deepEqual(await lookAfter(3_750), [...fullProbe, 'ping']);
      assert.ok(answers());
      assert.deepEqual(await lookAfter(30_000), ['ping']);
    });

    it('asks in full with the focus, and takes the living session for no answer', async () => {
      await watched();
      monitor.setFocused(false);
      await failsElsewhere();
      assert.equal(clock.pending, 0);
      clock.advance(10_000);
      monitor.setFocused(true);
      assert.deepEqual(await looked(), ['ping', ...fullProbe]);
      assert.ok(answers());
    });
  });

  it('does not wait for a clock that was set back by an hour', async () => {
    await watched();
    monitor.setFocused(false);
    clock.sleep(-3_600_000);
    monitor.setFocused(true);
    clock.advance(60_000);
    assert.deepEqual(await looked(), ['ping']);
  });

  it('does not begin anew for a focus that it has already, or that comes back during a look', async () => {
    await watched();
    monitor.setFocused(true);
    assert.equal(clock.pending, 1);
    door.shut();
    clock.advance(30_000);
    await eventually('the look is under way', () => door.waiting === 1);
    monitor.setFocused(false);
    monitor.setFocused(true);
    door.open();
    assert.deepEqual(await looked(), ['ping']);
  });

  it('sets no timer after a look in which the focus went', async () => {
    await watched();
    door.shut();
    clock.advance(30_000);
    await eventually('the look is under way', () => door.waiting === 1);
    monitor.setFocused(false);
    door.open();
    await eventually('the answer is in', () => directory.reports[0]?.at === clock.now());
    await new Promise(setImmediate);
    assert.equal(clock.pending, 0);
  });

  it('calls what was seen stale when the focus comes back after more than two minutes, until the next answer', async () => {
    await watched();
    monitor.setFocused(false);
    clock.advance(120_000);
    monitor.setFocused(true);
    assert.equal(directory.reports[0]?.stale, undefined);
    await looked();
    monitor.setFocused(false);
    clock.advance(120_001);
    monitor.setFocused(true);
    assert.deepEqual(
      directory.reports.map(({ stale }) => stale),
      [true, true],
    );
    await looked();
    // The other one is asked too: its row would say for ever that it is being asked.
    await eventually('nothing is stale any more', () => directory.reports.every(({ stale }) => stale === undefined));
  });

  describe('of a server that is restarted', () => {
    const restart = () => ({ hostId: 'a', url: server.url, at: clock.now() });

    it('says so, once it has answered again, and opens another session', async () => {
      await watched();
      await server.endSessions();
      assert.deepEqual(await lookAfter(30_000), ['ping', ...fullProbe, ...opening]);
      assert.deepEqual(restarts, [restart()]);
      assert.match(log.text, /the server at http:\S+ was restarted/);
      assert.deepEqual(await lookAfter(30_000), ['ping']);
      assert.equal(restarts.length, 1);
    });

    it('says so at the next focus where nobody was looking', async () => {
      await watched();
      monitor.setFocused(false);
      await server.endSessions();
      clock.advance(3_600_000);
      assert.deepEqual([asked(), restarts], [[], []]);
      monitor.setFocused(true);
      await lookedAgain('ping', ...fullProbe, ...opening);
      assert.deepEqual(restarts, [restart()]);
    });

    it('waits with it until the server answers, asking ever less often', async () => {
      await watched();
      const { port } = server;
      await server.close();
      clock.advance(30_000);
      await eventually('it does not answer', () => directory.reports[0]?.outcomes[0]?.kind === 'failed');
      // 5 s, doubled up to 60 s; the half of the jitter takes a quarter off.
      for (const wait of [3_750, 7_500, 15_000, 30_000, 45_000, 45_000]) {
        await eventually('the look is over', () => clock.pending === 1);
        let probes = 0;
        prober.onProbe = () => (probes += 1);
        clock.advance(wait - 1);
        assert.equal(probes, 0);
        clock.advance(1);
        assert.equal(probes, 1);
      }
      await eventually('the look is over', () => clock.pending === 1);
      assert.deepEqual(restarts, []);
      server = await startClawql({ address: '127.0.0.1', port });
      told = 0;
      assert.deepEqual(await lookAfter(45_000), [...fullProbe, 'ping', ...opening]);
      assert.deepEqual(restarts, [restart()]);
      assert.deepEqual(await lookAfter(30_000), ['ping']);
    });

    it('says nothing of one that was only away', async () => {
      await watched();
      let away = true;
      prober.onProbe = () => (away = false);
      door.isGone = () => away;
      assert.deepEqual(await lookAfter(30_000), [...fullProbe, 'ping']);
      assert.deepEqual(restarts, []);
    });
  });

  describe('of a session that is not needed any more', () => {
    it('ends it when another host is selected, and asks that one', async () => {
      await watched();
      await choose(b);
      const steps = await looked();
      await monitor.ended;
      assert.deepEqual([...steps, ...asked()].toSorted(), [...fullProbe, ...opening, 'DELETE'].toSorted());
      assert.deepEqual(await lookAfter(30_000), ['ping']);
    });

    it('ends it when the selection is cleared', async () => {
      await watched();
      await selection.clear();
      await monitor.ended;
      assert.deepEqual([asked(), clock.pending], [['DELETE'], 0]);
    });

    it('keeps it where only the label is another one', async () => {
      await watched();
      await selection.select(selectionOf(a, { url: server.url, label: 'renamed' }));
      assert.deepEqual([asked(), clock.pending], [[], 1]);
    });

    it('ends it with itself, leaves no timer, and asks nobody afterwards', async () => {
      await watched();
      monitor.dispose();
      await monitor.ended;
      assert.deepEqual([asked(), clock.pending], [['DELETE'], 0]);
      await choose(b);
      monitor.setFocused(true);
      assert.deepEqual([asked(), clock.pending], [[], 0]);
    });

    it('leaves none that was being opened', async () => {
      await choose(a);
      let requests = 0;
      door.isGone = () => {
        requests += 1;
        // In the middle of that which follows the full probe.
        if (requests === fullProbe.length + opening.length) monitor.dispose();
        return false;
      };
      monitor.setFocused(true);
      await eventually('it was disposed', () => requests >= fullProbe.length + opening.length);
      await monitor.ended;
      const left = new Set(server.requests.flatMap(({ session }) => session ?? []));
      for (const { method, session } of server.requests) if (method === 'DELETE') left.delete(session ?? '');
      assert.deepEqual([...left], []);
      assert.equal(clock.pending, 0);
    });

    it('replaces one in which the server, which answers otherwise, does not', async () => {
      await watched();
      const kept = server.requests.at(-1)?.session;
      door.isGone = (request) => request.header('mcp-session-id') === kept;
      clock.advance(300_000);
      assert.deepEqual(await looked(), [...fullProbe, ...opening]);
      assert.notEqual(server.requests.at(-1)?.session, kept);
      assert.deepEqual(restarts, []);
    });
  });

  it('probes a server that keeps no sessions in full each time', async () => {
    const modern = await startModern();
    await find(modern.port);
    const whole = ['GET /healthz', 'POST /mcp', 'POST /mcp', 'POST /mcp'];
    await selection.select(selectionOf(a, { url: `${modern.origin}/mcp` }));
    const before = modern.requests.length;
    monitor.setFocused(true);
    await looked();
    assert.deepEqual(modern.requests.slice(before), [...whole, 'POST /mcp'], 'and asks for a session once');
    clock.advance(30_000);
    await looked();
    assert.deepEqual(modern.requests.slice(before + 5), whole);
    await modern.close();
  });
});
