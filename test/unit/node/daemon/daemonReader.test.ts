import assert from 'node:assert/strict';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { DaemonPlace } from '../../../../src/node/daemon/daemonPlace.ts';
import { DaemonReader } from '../../../../src/node/daemon/daemonReader.ts';
import { placesToTry } from '../../../../src/node/daemon/placesToTry.ts';
import { programPlace } from '../../../../src/node/daemon/platformPlaces.ts';
import { demoStatus } from '../../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../../support/demo/localApi.ts';
import { closedPort } from '../../support/closedPort.ts';
import { leaveDeadSocket } from '../../support/deadSocket.ts';
import type { FaultyServer } from '../../support/faultyServer.ts';
import { startLoopbackDaemon } from '../../support/loopbackDaemon.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { RootedMachine } from '../../support/rootedMachine.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const status = demoStatus({
  tailnet: 't',
  suffix: 's',
  self: { name: 'laptop', number: 1, os: 'linux' },
  peers: [],
});
const fixture = fileURLToPath(new URL('../../../fixtures/status/status.running.json', import.meta.url));

/** Sockets, on Windows pipes, and then programs. */
function places(sockets: readonly string[], programs: readonly string[] = []): readonly DaemonPlace[] {
  const first = sockets.flatMap((socketPath) => placesToTry({ kind: 'other' }, { socketPath, cliPath: '' }));
  return [...first, ...programs.map((program) => programPlace(program))];
}

describe('DaemonReader', () => {
  let folder: TempFolder;
  let log: RecordingLog;
  let daemons: LocalApiServer[];
  let readers: DaemonReader[];
  const signal = new AbortController().signal;

  beforeEach(() => {
    folder = new TempFolder();
    log = new RecordingLog();
    daemons = [];
    readers = [];
  });
  afterEach(async () => {
    await Promise.all([...readers.map((reader) => reader.dispose()), ...daemons.map((daemon) => daemon.close())]);
    folder.remove();
  });

  async function daemon(name: string): Promise<LocalApiServer> {
    const started = await startLocalApi({
      socketPath: folder.socket(name),
      status,
    });
    daemons.push(started);
    return started;
  }

  function reader(sockets: readonly string[], programs: readonly string[] = []): DaemonReader {
    const made = new DaemonReader(() => places(sockets, programs), log);
    readers.push(made);
    return made;
  }

  function program(): string {
    const file = folder.file('tailscale');
    writeFileSync(file, `#!/bin/sh\ncat '${fixture}'\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it('uses the first socket that answers, and asks no further', async () => {
    const [first, second] = [await daemon('a.sock'), await daemon('b.sock')];
    const reading = await reader([folder.socket('none.sock'), first.socketPath, second.socketPath]).read(signal);
    assert.ok(reading.kind === 'read');
    assert.deepEqual(reading.source, {
      via: 'localapi',
      where: first.socketPath,
      version: status.Version,
    });
    assert.deepEqual(reading.document, JSON.parse(JSON.stringify(status)));
    assert.equal(second.requests.length, 0);
  });

  it('gives the Serve configuration beside the status, and the status alone where there is none to be had', async () => {
    const server = await daemon('a.sock');
    const asking = reader([server.socketPath]);
    const serve = async (): Promise<unknown> => {
      const reading = await asking.read(signal);
      assert.ok(reading.kind === 'read');
      return 'serve' in reading ? reading.serve : 'absent';
    };
    assert.equal(await serve(), 'absent');
    const config = { TCP: { 443: { HTTPS: true } }, AllowFunnel: { 'laptop.s:443': true } };
    server.setServeConfig(config);
    assert.deepEqual(await serve(), config);
    server.setServeConfig(null);
    assert.equal(await serve(), null);
    assert.deepEqual(server.requests.slice(0, 2), ['GET /localapi/v0/status', 'GET /localapi/v0/serve-config']);
  });

  it('knows the LocalAPI that gave the last status', async () => {
    const server = await daemon('a.sock');
    const asking = reader([server.socketPath]);
    const where = (): string | undefined => asking.current?.where;
    assert.equal(where(), undefined);
    await asking.read(signal);
    assert.equal(where(), server.socketPath);
    await asking.read(AbortSignal.abort());
    assert.equal(where(), server.socketPath);
    server.setFault({ status: 403, text: 'no' });
    await asking.read(signal);
    assert.equal(where(), undefined);
  });

  it('knows none where a program gave it', async function () {
    if (process.platform === 'win32') this.skip();
    const asking = reader([folder.socket('none.sock')], [program()]);
    assert.equal((await asking.read(signal)).kind, 'read');
    assert.equal(asking.current, undefined);
  });

  it('says nothing of itself that the daemon would refuse: neither origin nor another host', async () => {
    // The daemon of this test answers 403 to both, as tailscaled does.
    const reading = await reader([(await daemon('a.sock')).socketPath]).read(signal);
    assert.equal(reading.kind, 'read');
  });

  it('climbs down to the program where no socket answers', async function () {
    if (process.platform === 'win32') this.skip();
    const file = program();
    const refusing = await daemon('a.sock');
    refusing.setFault({ status: 403, text: 'no' });
    const reading = await reader([folder.socket('none.sock'), refusing.socketPath], ['/nowhere/tailscale', file]).read(
      signal,
    );
    assert.ok(reading.kind === 'read');
    assert.deepEqual([reading.source.via, reading.source.where], ['cli', file]);
  });

  it('gives the failure that says most: a refusal before silence before nothing', async () => {
    const [forbidden, odd] = [await daemon('a.sock'), await daemon('b.sock')];
    forbidden.setFault({ status: 403, text: 'status access denied' });
    odd.setFault({ status: 200, text: 'hello' });
    const kind = async (...sockets: readonly string[]): Promise<string> => {
      const reading = await reader(sockets).read(signal);
      return reading.kind === 'failed' ? `${reading.failure.kind} ${reading.failure.where}` : 'read';
    };
    const none = folder.socket('none.sock');
    assert.equal(await kind(none, odd.socketPath, forbidden.socketPath), `no-permission ${forbidden.socketPath}`);
    assert.equal(await kind(none, odd.socketPath), `unexpected-answer ${odd.socketPath}`);
    assert.equal(await kind(none), `not-found ${none}`);
    assert.equal(await kind(), 'not-found this machine');
  });

  it('says of several places where nothing is the most usual one', async () => {
    const places = ['a.sock', 'b.sock', 'c.sock'].map((name) => folder.socket(name));
    const reading = await reader(places).read(signal);
    assert.ok(reading.kind === 'failed');
    assert.equal(reading.failure.where, places[0]);
  });

  it('writes the ladder into the log when it is another one than before', async () => {
    const one = reader([folder.socket('none.sock'), folder.socket('late.sock')]);
    await one.read(signal);
    await one.read(signal);
    assert.equal(log.lines.length, 1);
    await daemon('late.sock');
    await one.read(signal);
    await one.read(signal);
    assert.equal(log.lines.length, 2);
    assert.match(log.lines[1] ?? '', /none\.sock: not-found[^]*late\.sock: answered 1\.102\.3/);
  });

  it('goes by the places of now, which settings change', async () => {
    const late = await daemon('late.sock');
    let sockets = [folder.socket('none.sock')];
    const changing = new DaemonReader(() => places(sockets), log);
    readers.push(changing);
    assert.equal((await changing.read(signal)).kind, 'failed');
    sockets = [late.socketPath];
    assert.equal((await changing.read(signal)).kind, 'read');
  });

  it('asks no further place for a caller that has ended', async () => {
    const second = await daemon('b.sock');
    const reading = await reader([folder.socket('none.sock'), second.socketPath]).read(AbortSignal.abort());
    assert.equal(reading.kind, 'failed');
    assert.equal(second.requests.length, 0);
  });

  it('resolves a watch that the daemon refuses, with its words', async () => {
    const refusing = await daemon('a.sock');
    refusing.setFault({ status: 403, text: 'watch IPN bus access denied' });
    const source = {
      via: 'localapi',
      where: refusing.socketPath,
      version: status.Version,
    } as const;
    const end = await reader([refusing.socketPath]).watch(source, 28818, () => assert.fail('no message came'), signal);
    assert.deepEqual(end, {
      kind: 'refused',
      reason: 'status 403: watch IPN bus access denied',
    });
  });
});

describe('DaemonReader on other machines', function () {
  let folder: TempFolder;
  let log: RecordingLog;
  let readers: DaemonReader[];
  let servers: FaultyServer[];
  const signal = new AbortController().signal;
  const none = { socketPath: '', cliPath: '' };
  const token = '0123456789abcdef0123';
  const body = '{"BackendState": "Running"}';
  const link = '/Library/Tailscale/ipnport';

  beforeEach(function () {
    // The programs of this test are shell scripts.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
    log = new RecordingLog();
    readers = [];
    servers = [];
  });
  afterEach(async () => {
    await Promise.all([...readers.map((one) => one.dispose()), ...servers.map((one) => one.close())]);
    folder.remove();
  });

  function readerOn(machine: RootedMachine, configured = none): DaemonReader {
    const made = new DaemonReader((platform) => placesToTry(platform, configured), log, machine);
    readers.push(made);
    return made;
  }

  /** The application of macOS at a port, with the files that lead to it. */
  async function standalone(machine: RootedMachine): Promise<FaultyServer> {
    const server = await startLoopbackDaemon(token, body);
    servers.push(server);
    machine.link(link, String(server.port));
    machine.write(`/Library/Tailscale/sameuserproof-${server.port}`, `${token}\n`);
    return server;
  }

  async function failure(machine: RootedMachine, configured = none) {
    const reading = await readerOn(machine, configured).read(signal);
    assert.ok(reading.kind === 'failed', JSON.stringify(reading));
    return reading.failure;
  }

  it('reads the status of the standalone application of macOS, and asks it again without the way to it', async () => {
    const machine = new RootedMachine(folder.path, { platform: 'darwin' });
    const server = await standalone(machine);
    const reader = readerOn(machine);
    for (let times = 0; times < 3; times++) {
      const reading = await reader.read(signal);
      assert.ok(reading.kind === 'read');
      assert.equal(reading.source.where, `127.0.0.1:${server.port}`);
      const end = await reader.watch(reading.source, 28818, () => undefined, signal);
      assert.equal(end.kind, 'ended');
    }
    assert.deepEqual(
      machine.commands.map(([name]) => name),
      ['/usr/sbin/lsof'],
    );
    assert.ok(!log.text.includes(token));
    assert.equal(log.lines.length, 1);
  });

  it('follows an application that was started again at another port', async () => {
    const machine = new RootedMachine(folder.path, { platform: 'darwin' });
    const first = await standalone(machine);
    const reader = readerOn(machine);
    await reader.read(signal);
    await first.close();
    servers.length = 0;
    rmSync(path.join(folder.path, link));
    const second = await standalone(machine);
    const reading = await reader.read(signal);
    assert.ok(reading.kind === 'read' && reading.source.where === `127.0.0.1:${second.port}`, JSON.stringify(reading));
  });

  it('goes on from a stale port to the program, and writes down every step', async () => {
    const machine = new RootedMachine(folder.path, { platform: 'darwin' });
    const port = await closedPort();
    machine.link(link, String(port));
    machine.write(`/Library/Tailscale/sameuserproof-${port}`, token);
    machine.program('/usr/local/bin/tailscale', `echo '${body}'`);
    machine.program('/Applications/Tailscale.app/Contents/MacOS/Tailscale', 'echo "The Tailscale GUI failed to start"');
    const reading = await readerOn(machine).read(signal);
    assert.ok(reading.kind === 'read');
    assert.deepEqual([reading.source.via, reading.source.where], ['cli', '/usr/local/bin/tailscale']);
    const steps = log.text
      .split('\n  ')
      .slice(1)
      .map((step) => step.replace(/ \([^]*/, ''));
    assert.deepEqual(steps, [
      'the Tailscale app of the App Store: not-found',
      'the standalone Tailscale app: not-found',
      '/var/run/tailscaled.socket: not-found',
      '/Applications/Tailscale.app/Contents/MacOS/Tailscale: unexpected-answer',
      '/usr/local/bin/tailscale: answered',
    ]);
    assert.ok(!log.text.includes(token));
  });

  it("asks in WSL for Windows's status where no daemon is inside, and says whose it is", async () => {
    const machine = new RootedMachine(folder.path, { platform: 'linux' });
    machine.write('/mnt/wsl/resolv.conf', '');
    machine.program('/mnt/c/Program Files/Tailscale/tailscale.exe', `echo '${body}'`);
    const reading = await readerOn(machine).read(signal);
    assert.ok(reading.kind === 'read');
    assert.match(reading.source.note ?? '', /Windows machine/);
    assert.match(log.text, /tailscale\.exe: answered \(this is the status of the Windows machine/);
  });

  it('leaves the sandbox of flatpak by its program, and says what hides the daemon where that fails too', async () => {
    const machine = new RootedMachine(folder.path, {
      platform: 'linux',
      env: { FLATPAK_ID: 'com.visualstudio.code' },
    });
    machine.program('flatpak-spawn', 'echo "Portal call failed: x" >&2; exit 1');
    const { kind, platform } = await failure(machine);
    assert.deepEqual([kind, platform], ['not-found', { kind: 'flatpak', app: 'com.visualstudio.code' }]);
    machine.program('flatpak-spawn', `echo '${body}'`);
    assert.equal((await readerOn(machine).read(signal)).kind, 'read');
    assert.deepEqual(machine.commands.at(-1), [
      'flatpak-spawn',
      '--host',
      '--watch-bus',
      'tailscale',
      'status',
      '--json',
    ]);
  });

  describe('where no daemon is, tells whether Tailscale is installed:', () => {
    const notRunning = `echo "failed to connect to local tailscaled; it doesn't appear to be running" >&2; exit 1`;
    const on = (platform: NodeJS.Platform): RootedMachine => new RootedMachine(folder.path, { platform });

    it('not where no place of the platform has the program', async () => {
      for (const platform of ['linux', 'darwin', 'win32'] as const) {
        const { kind, installed } = await failure(on(platform));
        assert.deepEqual([kind, installed], ['not-found', false], platform);
      }
    });

    it('it is where one has it', async () => {
      const [linux, mac] = [on('linux'), on('darwin')];
      linux.program('/usr/bin/tailscale', notRunning);
      mac.program('/Applications/Tailscale.app/Contents/MacOS/Tailscale', notRunning);
      for (const machine of [linux, mac]) {
        const { kind, installed } = await failure(machine);
        assert.deepEqual([kind, installed], ['not-found', true], machine.platform);
      }
    });

    it('it is where a configured place has it, and a configured place that is empty tells nothing', async () => {
      const machine = on('linux');
      const configured = { socketPath: '', cliPath: '/opt/ts/tailscale' };
      assert.equal((await failure(machine, configured)).installed, undefined);
      machine.program('/opt/ts/tailscale', notRunning);
      assert.equal((await failure(machine, configured)).installed, true);
      assert.equal((await failure(machine, { socketPath: '/run/mine.sock', cliPath: '' })).installed, undefined);
    });

    it('not known where something of a daemon is there', async () => {
      const machine = on('linux');
      machine.write('/var/run/tailscale/tailscaled.sock', '');
      const { kind, installed } = await failure(machine);
      assert.deepEqual([kind, installed], ['unexpected-answer', undefined]);
    });

    it('not known where a daemon was here before', async () => {
      const socketPath = folder.socket('d.sock');
      const daemon = await startLocalApi({ socketPath, status });
      const machine = on('linux');
      const usual = placesToTry({ kind: 'linux' }, none);
      const reader = new DaemonReader(() => [...places([socketPath]), ...usual], log, machine);
      readers.push(reader);
      machine.link(socketPath, socketPath);
      assert.equal((await reader.read(signal)).kind, 'read');
      await daemon.close();
      const reading = await reader.read(signal);
      assert.ok(reading.kind === 'failed');
      assert.deepEqual([reading.failure.kind, reading.failure.installed], ['not-found', undefined]);
    });
  });

  for (const [resolvConf, deadResolver] of [
    ['nameserver 100.100.100.100\n', true],
    ['nameserver 100.100.100.100\nnameserver 9.9.9.9\n', undefined],
  ] as const) {
    it(`tells a killed daemon, and ${deadResolver ? '' : 'not '}that no name resolves, by ${resolvConf.trim()}`, async () => {
      const machine = new RootedMachine(folder.path, { platform: 'linux' });
      machine.write('/etc/resolv.conf', resolvConf);
      // The socket is configured: it lies at the same place for this machine and that one.
      const socketPath = folder.socket('d.sock');
      await leaveDeadSocket(socketPath);
      machine.link(socketPath, socketPath);
      const found = await failure(machine, { socketPath, cliPath: '' });
      assert.deepEqual([found.kind, found.where, found.deadResolver], ['killed', socketPath, deadResolver]);
    });
  }
});
