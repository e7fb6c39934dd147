import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { daemonPlaces } from '../../../src/node/daemonPlaces.ts';
import { DaemonReader } from '../../../src/node/daemonReader.ts';
import { demoStatus } from '../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../support/demo/localApi.ts';
import { RecordingLog } from '../support/recordingLog.ts';
import { TempFolder } from '../support/tempFolder.ts';

const status = demoStatus({ tailnet: 't', suffix: 's', self: { name: 'laptop', number: 1, os: 'linux' }, peers: [] });
const fixture = fileURLToPath(new URL('../../fixtures/status/status.running.json', import.meta.url));

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
    const started = await startLocalApi({ socketPath: folder.socket(name), status });
    daemons.push(started);
    return started;
  }

  function reader(sockets: readonly string[], programs: readonly string[] = []): DaemonReader {
    const made = new DaemonReader(() => ({ sockets, programs }), log);
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
    assert.deepEqual(reading.source, { via: 'localapi', where: first.socketPath, version: status.Version });
    assert.deepEqual(reading.document, JSON.parse(JSON.stringify(status)));
    assert.equal(second.requests.length, 0);
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

  it('says of several places where nothing is which it looked at last', async () => {
    const places = ['a.sock', 'b.sock', 'c.sock'].map((name) => folder.socket(name));
    const reading = await reader(places).read(signal);
    assert.ok(reading.kind === 'failed');
    assert.equal(reading.failure.where, places[2]);
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
    const changing = new DaemonReader(() => ({ sockets, programs: [] }), log);
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
    const source = { via: 'localapi', where: refusing.socketPath, version: status.Version } as const;
    const reason = await reader([refusing.socketPath]).watch(
      source,
      28818,
      () => assert.fail('no message came'),
      signal,
    );
    assert.equal(reason, 'status 403: watch IPN bus access denied');
  });
});

describe('daemonPlaces', () => {
  const none = { socketPath: '', cliPath: '' };

  it('knows sockets and programs of each platform', () => {
    for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
      const { sockets, programs } = daemonPlaces(platform, none);
      assert.ok(sockets.length > 0 && programs.length > 0, platform);
    }
    assert.equal(daemonPlaces('linux', none).sockets[0], '/var/run/tailscale/tailscaled.sock');
    assert.equal(daemonPlaces('darwin', none).sockets[0], '/var/run/tailscaled.socket');
    assert.match(daemonPlaces('win32', none).sockets[0] ?? '', /^\\\\\.\\pipe\\/);
  });

  it('goes by a configured socket alone, and by a configured program in place of the usual ones', () => {
    assert.deepEqual(daemonPlaces('linux', { socketPath: '/s', cliPath: '' }), { sockets: ['/s'], programs: [] });
    assert.deepEqual(daemonPlaces('linux', { socketPath: '/s', cliPath: '/c' }), { sockets: ['/s'], programs: ['/c'] });
    const { sockets, programs } = daemonPlaces('linux', { socketPath: '', cliPath: '/c' });
    assert.deepEqual([sockets, programs], [daemonPlaces('linux', none).sockets, ['/c']]);
  });
});
