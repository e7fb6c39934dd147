import assert from 'node:assert/strict';

import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import { currentPreferences } from '../../../src/node/daemon/currentPreferences.ts';
import { DaemonReader } from '../../../src/node/daemon/daemonReader.ts';
import { OwnMachine } from '../../../src/node/exposure/ownMachine.ts';
import { KeyFolders } from '../../../src/node/files/keyFolders.ts';
import { KeptSessions } from '../../../src/node/mcp/keptSession.ts';
import { placesToTry } from '../../../src/node/daemon/placesToTry.ts';
import { ToolSessions } from '../../../src/node/mcp/toolSessions.ts';
import { ownInterface } from '../../../src/node/ownInterface.ts';
import { resolveBySystem } from '../../../src/node/systemResolver.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { SelectionService } from '../../../src/services/selectionService.ts';
import { SnapshotStore } from '../../../src/services/snapshotStore.ts';
import { TailnetServices } from '../../../src/services/tailnetServices.ts';
import { startClawql, type ClawqlServer } from '../../support/clawql/server.ts';
import { demoStatus, type StatusDocument } from '../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../support/demo/localApi.ts';
import { snapshot } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { RealProber } from '../support/loopbackHosts.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { realExaminer } from '../support/realExaminer.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { thisMachinesProgram } from '../support/thisMachinesProgram.ts';
import { TempFolder } from '../support/tempFolder.ts';

/** A tailnet without MagicDNS, whose hosts have the address of the loopback. */
function statusOf(...names: readonly string[]): StatusDocument {
  const status = demoStatus({
    tailnet: 'alice@example.com',
    suffix: 'tail1a2b3.ts.net',
    self: { name: 'laptop', number: 1, os: 'linux' },
    peers: names.map((name, index) => ({
      name,
      number: index + 11,
      os: 'linux',
      tags: ['tag:clawql-mcp'],
    })),
  });
  const Peer = Object.fromEntries(
    Object.entries(status.Peer ?? {}).map(([key, peer]) => [key, { ...peer, TailscaleIPs: ['127.0.0.1'] }]),
  );
  return {
    ...status,
    Peer,
    CurrentTailnet: { ...status.CurrentTailnet!, MagicDNSEnabled: false },
  };
}

describe('TailnetServices', () => {
  let folder: TempFolder;
  let daemon: LocalApiServer;
  let clawql: ClawqlServer;
  let snapshots: SnapshotStore;
  let selection: SelectionService;
  let services: TailnetServices;
  let log: RecordingLog;
  let disposed: Promise<void>;

  beforeEach(async () => {
    folder = new TempFolder();
    daemon = await startLocalApi({
      socketPath: folder.socket('d.sock'),
      status: statusOf('clawql-1'),
    });
    clawql = await startClawql({ address: '127.0.0.1' });
    log = new RecordingLog();
    const settings: Settings = { ...defaultSettings, ports: [clawql.port] };
    snapshots = new SnapshotStore(snapshot({ tailnet: { kind: 'checking' }, settings, trusted: false }), (error) =>
      assert.fail(String(error)),
    );
    selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
    const reader = new DaemonReader(
      (platform) => placesToTry(platform, { socketPath: daemon.socketPath, cliPath: '' }),
      log,
    );
    const prober = new RealProber();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    disposed = promise;
    const ports = {
      reader,
      program: thisMachinesProgram(),
      preferences: currentPreferences(reader),
      keyFiles: new KeyFolders(),
      machineName: 'laptop',
      loopback: ownInterface(),
      prober,
      examiner: realExaminer(prober, reader),
      exposure: new OwnMachine((url, init) => fetch(url, init)),
      sessions: new KeptSessions((url, init) => fetch(url, init), '0.0.0-test'),
      tools: new ToolSessions((url, init) => fetch(url, init), '0.0.0-test'),
      resolve: resolveBySystem,
      storage: new MemoryStorage(),
      async dispose() {
        await Promise.all([reader.dispose(), prober.dispose()]);
        resolve(undefined);
      },
    };
    services = new TailnetServices(ports, snapshots, selection, systemClock, log);
    services.start();
  });

  afterEach(async () => {
    services.dispose();
    await disposed;
    selection.dispose();
    snapshots.dispose();
    await Promise.all([daemon.close(), clawql.close()]);
    folder.remove();
  });

  const hosts = (): string =>
    snapshots.current.hosts
      .map(({ host, outcomes }) => `${host.label} ${outcomes.map(({ kind }) => kind).join()}`)
      .join('; ');
  const untilHosts = (expected: string): Promise<true> =>
    eventually(`the hosts are "${expected}"`, () => hosts() === expected);
  const chosen = () => {
    const [report] = snapshots.current.hosts;
    assert.ok(report);
    return {
      tailnet: 'alice@example.com',
      hostId: report.host.id,
      label: 'clawql-1',
      url: clawql.url,
    };
  };

  it('leads from the status to hosts that answer, in a workspace that is trusted', async () => {
    await untilHosts('clawql-1 ');
    assert.equal(clawql.requests.length, 0);
    services.trust();
    await untilHosts('clawql-1 answered');
  });

  it('asks no host and looks no name up in a workspace that is not trusted, whatever it is told', async () => {
    await untilHosts('clawql-1 ');
    services.setFocused(true);
    await selection.select(chosen());
    services.lookUp(['localhost']);
    services.updateSettings({
      ...snapshots.current.settings,
      tags: ['tag:clawql-mcp', 'tag:other'],
    });
    await services.refresh();
    assert.equal(clawql.requests.length, 0);
    assert.equal(snapshots.current.lookups.size, 0);
  });

  it('says how the selected host is, and hears of it when its server stops', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    await selection.select(chosen());
    assert.equal(snapshots.current.health.kind, 'ok');
    await clawql.close();
    await services.refresh();
    assert.equal(snapshots.current.health.kind, 'error');
    clawql = await startClawql({ address: '127.0.0.1', port: clawql.port });
    await services.refresh();
    assert.equal(snapshots.current.health.kind, 'ok');
  });

  it('never shows a state, a host and a health that belong to different moments', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    await selection.select(chosen());
    const wrong: string[] = [];
    snapshots.onDidChange(({ tailnet, hosts: reports, health }) => {
      if (tailnet.kind !== 'running' && reports.length > 0) wrong.push(`${tailnet.kind} with hosts`);
      if (tailnet.kind !== 'running' && health.kind === 'ok') wrong.push(`${tailnet.kind} and well`);
    });
    daemon.setStatus({ ...statusOf('clawql-1'), BackendState: 'Stopped' });
    await eventually('it is off', () => snapshots.current.tailnet.kind === 'off');
    await eventually('its health is known', () => snapshots.current.health.kind === 'error');
    assert.deepEqual([hosts(), wrong], ['', []]);
    daemon.setStatus(statusOf('clawql-1'));
    await untilHosts('clawql-1 answered');
    await eventually('it is well again', () => snapshots.current.health.kind === 'ok');
    assert.deepEqual(wrong, []);
  });

  it('finds a host that joins, and loses one that leaves', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    daemon.setStatus(statusOf('clawql-1', 'clawql-2'));
    await untilHosts('clawql-1 answered; clawql-2 answered');
    daemon.setStatus(statusOf());
    await untilHosts('');
  });

  it('takes new settings over', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    services.updateSettings({
      ...snapshots.current.settings,
      tags: ['tag:other'],
    });
    await untilHosts('');
    services.updateSettings({
      ...snapshots.current.settings,
      tags: ['tag:clawql-mcp'],
    });
    await untilHosts('clawql-1 answered');
  });

  it('says for which tags a lost host was looked, as soon as they are set', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    await selection.select(chosen());
    for (const tag of ['tag:one', 'tag:two']) {
      services.updateSettings({ ...snapshots.current.settings, tags: [tag] });
      const { health } = snapshots.current;
      assert.ok('cause' in health && health.cause.includes(tag), JSON.stringify(health));
    }
  });

  it('looks names up once the workspace is trusted', async () => {
    services.trust();
    services.lookUp(['localhost']);
    await eventually('the answer is in the snapshot', () => snapshots.current.lookups.has('localhost'));
  });

  it('keeps an endpoint that the user entered, with and without a tailnet, until it is forgotten', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    const outcome = await services.askEntered(clawql.url, new AbortController().signal);
    assert.equal(outcome.kind, 'answered');
    await services.addEntered(clawql.url);
    const { host: label } = new URL(clawql.url);
    await untilHosts(`clawql-1 answered; ${label} answered`);
    daemon.setStatus({ ...statusOf('clawql-1'), BackendState: 'Stopped' });
    await untilHosts(`${label} answered`);
    await selection.select({ hostId: clawql.url, label, url: clawql.url });
    assert.equal(snapshots.current.health.kind, 'ok');
    await services.forget({ kind: 'entered', id: clawql.url });
    await untilHosts('');
  });

  it("searches nothing before the workspace is trusted, and the user's own machines after it", async () => {
    await untilHosts('clawql-1 ');
    const signal = new AbortController().signal;
    assert.equal(await services.findOnMyMachines(() => undefined, signal), undefined);
    assert.equal(clawql.requests.length, 0);
    services.trust();
    const done: number[] = [];
    assert.deepEqual(await services.findOnMyMachines((count) => done.push(count), signal), []);
    assert.deepEqual(done, [1], 'only this machine is its own: the others carry a tag');
  });

  it('knows the suffix of the tailnet in which this machine was, once it is in another one', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    assert.equal(snapshots.current.otherSuffixes.size, 0);
    const other = {
      Name: 'example.org',
      MagicDNSSuffix: 'corp.ts.net',
      MagicDNSEnabled: false,
    };
    daemon.setStatus({ ...statusOf('clawql-1'), CurrentTailnet: other });
    await eventually('the other tailnet is there', () => snapshots.current.otherSuffixes.size === 1);
    assert.deepEqual([...snapshots.current.otherSuffixes], [['tail1a2b3.ts.net', 'alice@example.com']]);
  });

  it('ends everything with itself', async () => {
    services.trust();
    await untilHosts('clawql-1 answered');
    await eventually('the bus is watched', () => daemon.watchers === 1);
    const before = snapshots.current;
    services.dispose();
    await disposed;
    await eventually('the daemon has no watcher left', () => daemon.watchers === 0);
    daemon.setStatus(statusOf('clawql-1', 'clawql-2'));
    const asked = clawql.requests.length;
    await services.refresh();
    assert.equal(snapshots.current, before);
    assert.equal(clawql.requests.length, asked);
  });
});
