import assert from 'node:assert/strict';

import type { HostReport } from '../../../../src/core/clawql/hostReport.ts';
import { SelectionService } from '../../../../src/services/selectionService.ts';
import { hostsOf } from '../../../../src/core/clawql/hostsOf.ts';
import { HostDirectory } from '../../../../src/services/hosts/hostDirectory.ts';
import { startClawql, type ClawqlServer } from '../../../support/clawql/server.ts';
import { selectionOf, wanted } from '../../support/builders.ts';
import { closedPort } from '../../support/closedPort.ts';
import { Door } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';
import { loopbackNode, loopbackTailnet, RealProber } from '../../support/loopbackHosts.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

describe('HostDirectory', () => {
  let prober: RealProber;
  let clock: ManualClock;
  let log: RecordingLog;
  let directory: HostDirectory;
  let heard: (readonly HostReport[])[];
  let servers: ClawqlServer[];

  beforeEach(() => {
    prober = new RealProber();
    clock = new ManualClock();
    log = new RecordingLog();
    directory = new HostDirectory(prober, clock, log);
    heard = [];
    directory.onDidChange((reports) => heard.push(reports));
    servers = [];
  });

  afterEach(async () => {
    directory.dispose();
    await prober.dispose();
    await Promise.all(servers.map((server) => server.close()));
  });

  async function clawql(door?: Door): Promise<ClawqlServer> {
    const server = await startClawql({ address: '127.0.0.1', ...(door && { inFront: door.handler }) });
    servers.push(server);
    return server;
  }

  const kinds = (index = 0): readonly string[] =>
    directory.reports.slice(index, index + 1).flatMap(({ outcomes }) => outcomes.map(({ kind }) => kind));
  const probes = (server: ClawqlServer): number => server.requests.filter(({ path }) => path === '/healthz').length;

  it('finds the hosts and asks them before anybody asks for them', async () => {
    const server = await clawql();
    directory.allowProbes();
    directory.update(
      hostsOf(
        loopbackTailnet(loopbackNode('a'), loopbackNode('printer', { tags: [] })),
        wanted({ ports: [server.port] }),
      ),
    );
    assert.deepEqual(
      directory.reports.map(({ host, outcomes }) => [host.id, outcomes.length]),
      [['a', 0]],
    );
    await eventually('the answer is in', () => kinds().length === 1);
    const [report] = directory.reports;
    assert.equal(report?.at, clock.now());
    const [outcome] = report.outcomes;
    assert.ok(outcome?.kind === 'answered');
    assert.deepEqual([outcome.url, outcome.server.name, outcome.tools.length], [server.url, 'clawql-mcp', 7]);
  });

  it('probes nothing before it is allowed to, and then everything', async () => {
    const server = await clawql();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    await directory.probe('a');
    await directory.probeAll();
    assert.equal(server.requests.length, 0);
    directory.allowProbes();
    await eventually('the answer is in', () => kinds().join() === 'answered');
  });

  it('does not ask a node that is offline or whose key has expired, but this machine always', async () => {
    const server = await clawql();
    directory.allowProbes();
    const state = loopbackTailnet(
      loopbackNode('a-offline', { online: false }),
      loopbackNode('b-expired', { expired: true }),
      loopbackNode('c-self', { isSelf: true, online: false }),
    );
    directory.update(hostsOf(state, wanted({ ports: [server.port] })));
    await directory.probeAll();
    assert.deepEqual(
      directory.reports.map(({ outcomes }) => outcomes.length),
      [0, 0, 1],
    );
    assert.equal(probes(server), 1);
  });

  it('asks an offline node all the same where somebody wants to know, but never one whose key has expired', async () => {
    const server = await clawql();
    directory.allowProbes();
    const offline = loopbackNode('a', { online: false });
    directory.update(hostsOf(loopbackTailnet(offline), wanted({ ports: [server.port] })));
    await directory.probe('a', true);
    assert.equal(kinds().join(), 'answered');
  });

  it('says that the best endpoint is known before a less wanted one has been silent for long enough', async () => {
    const server = await clawql();
    const door = new Door();
    const silent = await clawql(door);
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port, silent.port] })));
    await directory.decided('a');
    assert.deepEqual(kinds(), ['answered']);
    door.open();
    await directory.settled('a');
    assert.deepEqual(kinds(), ['answered', 'answered']);
  });

  it('shows a less wanted endpoint at once, and that the choice is open as long as the more wanted one is out', async () => {
    const [door, plain] = [new Door(), await clawql()];
    const server = await clawql(door);
    directory.allowProbes();
    door.shut();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port, plain.port] })));
    const undecided = (): boolean | undefined => directory.reports[0]?.undecided;
    await eventually('the plain port has answered', () => kinds().join() === 'answered');
    assert.equal(undecided(), true);
    door.open();
    await directory.settled('a');
    assert.deepEqual([undecided(), kinds().join()], [undefined, 'answered,answered']);
    door.isGone = () => true;
    await directory.probeAll();
    assert.deepEqual([undecided(), kinds().join()], [undefined, 'failed,answered']);
  });

  it('asks an endpoint that answered once more before it is said to fail, for it may be closed for a moment only', async () => {
    const door = new Door();
    const server = await clawql(door);
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    await directory.probeAll();
    let gone = 0;
    door.isGone = ({ path }) => path === '/healthz' && (gone += 1) <= 1;
    heard.length = 0;
    await directory.probeAll();
    assert.deepEqual(
      [kinds().join(), gone > 1, heard.flat().some(({ outcomes }) => outcomes[0]?.kind === 'failed')],
      ['answered', true, false],
    );
    door.isGone = () => true;
    await directory.probeAll();
    assert.deepEqual(kinds(), ['failed']);
  });

  it('asks again only those hosts of which nothing fresh is known: an answer counts longer than a failure', async () => {
    const server = await clawql();
    const closed = await closedPort();
    directory.allowProbes();
    const [well, gone] = [loopbackNode('a'), loopbackNode('b', { addresses: ['127.0.0.2'] })];
    const asked: string[] = [];
    prober.onProbe = ({ url }) => asked.push(new URL(url).hostname);
    const settings = wanted({ ports: [server.port, closed] });
    directory.update(hostsOf(loopbackTailnet(well, gone), settings));
    await directory.probeAll();
    // The host that does not answer is looked at thrice more by itself.
    for (const [looks, wait] of [1_000, 2_000, 4_000].entries()) {
      await eventually('the timer is set', () => clock.pending > 0);
      clock.advance(wait);
      await eventually('it was asked once more', () => asked.length === 4 + 2 * (looks + 1));
      await directory.settled('b');
    }
    await directory.probeAll();
    assert.equal(clock.pending, 0);
    const since = async (ms: number): Promise<string> => {
      clock.advance(ms);
      asked.length = 0;
      await directory.freshen();
      return [...new Set(asked)].toSorted().join();
    };
    assert.equal(await since(1_999), '');
    assert.equal(await since(1), '127.0.0.2');
    assert.equal(await since(8_000), '127.0.0.1,127.0.0.2');
  });

  it('keeps the time of the last answer through a failure, and through a rename', async () => {
    const server = await clawql();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    await directory.probeAll();
    const at = clock.now();
    clock.advance(1_000);
    await server.close();
    servers = [];
    await directory.probeAll();
    assert.deepEqual([kinds().join(), directory.reports[0]?.answeredAt], ['failed', at]);
    const renamed = loopbackNode('a', { name: 'b.tail1a2b3.ts.net' });
    directory.update(hostsOf(loopbackTailnet(renamed), wanted({ ports: [server.port] })));
    assert.deepEqual([kinds(), directory.reports[0]?.answeredAt], [[], at]);
  });

  it('asks an endpoint that the user entered wherever it is, and anything else at its own addresses only', async () => {
    const server = await clawql();
    directory.allowProbes();
    const elsewhere = loopbackNode('a', { addresses: ['127.0.0.1'], name: 'localhost', online: true });
    const targets: (readonly string[] | undefined)[] = [];
    prober.onProbe = ({ addresses }) => targets.push(addresses);
    directory.update(
      hostsOf(
        loopbackTailnet(elsewhere),
        wanted({ ports: [server.port] }, { entered: [server.url.replace('127.0.0.1', 'localhost')] }),
      ),
    );
    await directory.probeAll();
    assert.deepEqual(targets.slice(0, 2), [['127.0.0.1'], undefined]);
    assert.equal(directory.reports.length, 2);
  });

  it('asks a host when it comes online', async () => {
    const server = await clawql();
    directory.allowProbes();
    const settings = wanted({ ports: [server.port] });
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a', { online: false })), settings));
    assert.equal(server.requests.length, 0);
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), settings));
    await eventually('the answer is in', () => kinds().join() === 'answered');
  });

  it('asks no host again that has not changed, and tells nobody', async () => {
    const server = await clawql();
    directory.allowProbes();
    const settings = wanted({ ports: [server.port] });
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), settings));
    await directory.probeAll();
    const before = [heard.length, probes(server)];
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a'), loopbackNode('printer', { tags: [] })), settings));
    assert.deepEqual([heard.length, probes(server)], before);
  });

  it('has at most eight probes under way, however many hosts there are', async () => {
    const door = new Door();
    const server = await clawql(door);
    door.shut();
    directory.allowProbes();
    const nodes = Array.from({ length: 20 }, (_, index) => loopbackNode(`n${index}`));
    directory.update(hostsOf(loopbackTailnet(...nodes), wanted({ ports: [server.port] })));
    await eventually('eight wait', () => door.waiting === 8);
    // Each admitted request is followed by the next one of the same probe, or of the next host: never by a ninth.
    for (let turn = 0; turn < 10; turn++) {
      door.admit(4);
      await eventually('eight wait again', () => door.waiting === 8);
    }
    door.open();
    await eventually('all have answered', () => directory.reports.every(({ outcomes }) => outcomes.length === 1));
    assert.equal(door.most, 8);
    assert.equal(probes(server), 20);
  });

  it('shows a first answer at once, whatever other endpoints still do', async () => {
    const door = new Door();
    const [quick, slow] = [await clawql(), await clawql(door)];
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [slow.port, quick.port] })));
    await eventually('the first answer is shown', () => kinds().join() === 'answered');
    assert.equal(door.waiting, 1);
    door.open();
    await eventually('the second is shown', () => kinds().join() === 'answered,answered');
  });

  it('does not show a closed port before the open one has answered', async () => {
    const door = new Door();
    const slow = await clawql(door);
    const closed = await closedPort();
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [closed, slow.port] })));
    await eventually('the open port was asked', () => door.waiting === 1);
    assert.deepEqual(kinds(), []);
    door.open();
    await eventually('both are shown', () => kinds().length === 2);
    assert.deepEqual(
      heard.map((reports) => reports[0]?.outcomes.length ?? 0).filter((count) => count > 0),
      [2],
    );
  });

  it('shows that nothing answers at a port that stands in the settings twice', async () => {
    const closed = await closedPort();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [closed, closed] })));
    await directory.probeAll();
    assert.ok(kinds().includes('failed'), 'the host is shown as being asked for ever');
  });

  it('never records what was seen of a host that has changed meanwhile, and asks it anew', async () => {
    const door = new Door();
    const server = await clawql(door);
    const settings = wanted({ ports: [server.port] });
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), settings));
    await eventually('the first probe is under way', () => door.waiting === 1);
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a', { name: 'renamed.tail1a2b3.ts.net' })), settings));
    // The first probe ends, step by step; the first step of the second one comes only then.
    const first = directory.probe('a');
    door.open();
    await first;
    door.shut();
    await eventually('the second probe is in', () => kinds().join() === 'answered' || door.waiting === 1);
    door.open();
    await eventually('the new host has its answer', () => kinds().join() === 'answered');
    assert.equal(probes(server), 2);
    for (const reports of heard) {
      const [report] = reports;
      if (report?.host.name === 'a.tail1a2b3.ts.net') assert.deepEqual(report.outcomes, []);
    }
  });

  it('never records what was seen of a host that is gone', async () => {
    const door = new Door();
    const server = await clawql(door);
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    await eventually('the probe is under way', () => door.waiting === 1);
    const probing = directory.probe('a');
    directory.update(
      hostsOf({ kind: 'off', backendState: 'Stopped', authUrl: '', health: [] }, wanted({ ports: [server.port] })),
    );
    assert.deepEqual(directory.reports, []);
    door.open();
    await probing;
    assert.deepEqual(directory.reports, []);
  });

  it('asks a host once for calls that come while it is being asked', async () => {
    const door = new Door();
    const server = await clawql(door);
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    const both = Promise.all([directory.probe('a'), directory.probe('a'), directory.probeAll()]);
    await eventually('the probe is under way', () => door.waiting === 1);
    door.open();
    await both;
    assert.equal(probes(server), 1);
    await directory.probe('a');
    assert.equal(probes(server), 2);
  });

  it('gives up what is on its way where it is asked anew', async () => {
    const door = new Door();
    const server = await clawql(door);
    door.shut();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    await eventually('the first probe waits', () => door.waiting === 1);
    let probed = 0;
    prober.onProbe = () => (probed += 1);
    const anew = directory.probeAnew();
    await eventually('the second probe has begun', () => probed === 1);
    door.open();
    await anew;
    assert.equal(kinds().join(), 'answered');
    assert.equal(heard.filter(([report]) => report?.outcomes.length === 1).length, 1);
  });

  it('knows nothing of a node that is not there', async () => {
    directory.allowProbes();
    await directory.probe('nobody');
    assert.deepEqual(directory.reports, []);
  });

  it('writes into the log when an answer changes, and not at each probe', async () => {
    const server = await clawql();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    for (let turn = 0; turn < 3; turn++) await directory.probeAll();
    assert.equal(log.lines.length, 1);
    assert.match(log.text, /^info a\.tail1a2b3\.ts\.net: .*answers as clawql-mcp 5\.0\.0 with 7 tools$/);
    await server.close();
    servers = [];
    await directory.probeAll();
    assert.equal(log.lines.length, 2);
    assert.match(log.lines[1] ?? '', /fails at connect: refused/);
  });

  it('keeps what it knew of the other endpoints until they have answered anew', async () => {
    const door = new Door();
    const [first, second] = [await clawql(door), await clawql()];
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [first.port, second.port] })));
    await directory.probeAll();
    assert.equal(kinds().length, 2);
    heard.length = 0;
    door.shut();
    const probing = directory.probeAll();
    await eventually(
      'the first endpoint is being asked, the second has answered',
      () => door.waiting === 1 && heard.length > 0,
    );
    door.open();
    await probing;
    for (const [report] of heard)
      assert.equal(report?.outcomes.length, 2, 'an endpoint that answers was forgotten for a while');
  });

  for (const [when, before] of [
    ['in the first round', 0],
    ['in a later round', 1],
  ] as const) {
    it(`does not move the selection to another endpoint because that one answers faster, ${when}`, async () => {
      const door = new Door();
      const [chosen, other] = [await clawql(door), await clawql()];
      const selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
      const urls: (string | undefined)[] = [];
      await selection.select(selectionOf(loopbackNode('a'), { label: 'a', url: chosen.url }));
      selection.onDidChange((next) => urls.push(next?.url));
      directory.onDidChange((reports) => void selection.follow('alice@example.com', reports));
      directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [chosen.port, other.port] })));
      if (before === 0) door.shut();
      directory.allowProbes();
      if (before === 1) {
        await directory.probeAll();
        door.shut();
        void directory.probeAll();
      }
      heard.length = 0;
      await eventually('the other endpoint has answered first', () => door.waiting === 1 && heard.length > 0);
      door.open();
      await directory.probe('a');
      selection.dispose();
      assert.deepEqual([selection.current?.url, urls.filter((url) => url !== chosen.url)], [chosen.url, []]);
    });
  }

  it('takes over that an endpoint is still there, and tells of it', async () => {
    const server = await clawql();
    directory.allowProbes();
    directory.update(hostsOf(loopbackTailnet(loopbackNode('a')), wanted({ ports: [server.port] })));
    await directory.probeAll();
    clock.advance(30_000);
    heard.length = 0;
    directory.noteAlive('a', server.url, 7);
    const [outcome] = directory.reports[0]?.outcomes ?? [];
    assert.ok(outcome?.kind === 'answered');
    assert.deepEqual([outcome.latencyMs, outcome.tools.length, directory.reports[0]?.at], [7, 7, clock.now()]);
    directory.noteAlive('a', 'http://other.example/mcp', 8);
    directory.noteAlive('nobody', server.url, 8);
    assert.equal(heard.length, 1);
  });

  it('calls stale what was seen, and each host no more once it has an outcome again', async () => {
    const server = await clawql();
    directory.allowProbes();
    const [asked, other, asleep] = [loopbackNode('a'), loopbackNode('b'), loopbackNode('c', { online: false })];
    const settings = wanted({ ports: [server.port] });
    const stale = (): readonly unknown[] => directory.reports.map((report) => report.stale);
    directory.update(hostsOf(loopbackTailnet(asked, other, asleep), settings));
    await directory.probeAll();
    heard.length = 0;
    directory.markStale();
    directory.markStale();
    assert.deepEqual([stale(), heard.length], [[true, true, undefined], 1]);
    assert.equal(directory.reports[0]?.outcomes.length, 1, 'what was seen stays');
    directory.update(hostsOf(loopbackTailnet(asked, other), settings));
    assert.deepEqual(stale(), [true, true]);
    await directory.probe('a');
    directory.noteAlive('b', server.url, 7);
    assert.deepEqual(stale(), [undefined, undefined]);
  });

  it('ends what is under way with itself, and tells nobody afterwards', async () => {
    const door = new Door();
    const server = await clawql(door);
    door.shut();
    directory.allowProbes();
    const nodes = Array.from({ length: 20 }, (_, index) => loopbackNode(`n${index}`));
    directory.update(hostsOf(loopbackTailnet(...nodes), wanted({ ports: [server.port] })));
    await eventually('eight wait', () => door.waiting === 8);
    const { length } = heard;
    const all = directory.probeAll();
    directory.dispose();
    await all;
    await eventually('the server has no request left', () => door.waiting === 0);
    door.open();
    await directory.probe('n1');
    assert.equal(heard.length, length);
    assert.equal(server.requests.length, 0);
  });
});
