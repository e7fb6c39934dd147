import assert from 'node:assert/strict';

import type { LoopbackPlace } from '../../../../src/node/daemon/daemonPlace.ts';
import { readLoopbackCredentials } from '../../../../src/node/daemon/loopbackCredentials.ts';
import { RootedMachine, type OtherMachine } from '../../support/rootedMachine.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const token = '0123456789abcdef0123';
const link = '/Library/Tailscale/ipnport';
const file = '/Library/Tailscale/sameuserproof-41112';
const group = '/Users/me/Library/Group Containers/W5364U7YZB.group.io.tailscale.ipn.macos';

describe('readLoopbackCredentials', function () {
  let folder: TempFolder;
  beforeEach(function () {
    // The programs of this test are shell scripts.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  const mac = (other: Partial<OtherMachine> = {}): RootedMachine =>
    new RootedMachine(folder.path, { platform: 'darwin', ...other });
  const read = (
    application: LoopbackPlace['application'],
    machine: RootedMachine,
    signal = new AbortController().signal,
  ) => readLoopbackCredentials(application, machine, signal);

  async function failure(application: LoopbackPlace['application'], machine: RootedMachine) {
    const reading = await read(application, machine);
    assert.ok(!reading.ok, JSON.stringify(reading));
    assert.ok(!JSON.stringify(reading).includes(token));
    return reading.failure;
  }

  describe('of the standalone application', () => {
    it('takes the port from the link and the token from its file', async () => {
      const machine = mac();
      machine.link(link, '41112');
      machine.write(file, `${token}\n`);
      assert.deepEqual(await read('standalone', machine), { ok: true, credentials: { port: 41_112, token } });
    });

    it('says that the application is not running where there is no port', async () => {
      const { kind, where, detail } = await failure('standalone', mac());
      assert.deepEqual([kind, where, detail], ['not-found', link, 'the standalone Tailscale app is not running']);
    });

    it('says who may read the token where this user may not', async () => {
      const machine = mac({ unreadable: [file] });
      machine.link(link, '41112');
      machine.write(file, `${token}\n`);
      const { kind, where, detail } = await failure('standalone', machine);
      assert.deepEqual([kind, where], ['no-permission', file]);
      assert.match(detail, /only administrators of this Mac/);
    });

    for (const port of ['0', '65536', '-1', '80 ', '0x50', 'abc', '../../etc/passwd', '1e3', '080']) {
      it(`does not go to port ${JSON.stringify(port)}`, async () => {
        const machine = mac();
        machine.link(link, port);
        machine.write(`/Library/Tailscale/sameuserproof-${port}`, token);
        const { kind, where } = await failure('standalone', machine);
        assert.deepEqual([kind, where], ['unexpected-answer', link]);
      });
    }

    it('tells a port without a token, an empty token and a link that is none apart', async () => {
      const machine = mac();
      machine.link(link, '41112');
      assert.deepEqual((await failure('standalone', machine)).kind, 'not-found');
      machine.write(file, ' \n');
      assert.match((await failure('standalone', machine)).detail, /holds no token/);
      const other = new TempFolder();
      const odd = new RootedMachine(other.path, { platform: 'darwin' });
      odd.write(link, '41112');
      const { kind, detail } = await failure('standalone', odd);
      other.remove();
      assert.deepEqual([kind, detail], ['unexpected-answer', 'EINVAL']);
    });
  });

  describe('of the application of the App Store', () => {
    /** A `lsof` that prints these lines for the process, after others. */
    function lsof(machine: RootedMachine, ...lines: readonly string[]): RootedMachine {
      const text = ['p512', 'cIPNExtension', 'fcwd', 'n/', 'f3', ...lines, 'f9', 'n/dev/null', ''].join('\n');
      machine.program('/usr/sbin/lsof', `cat <<'END'\n${text}END`);
      return machine;
    }

    it('takes port and token from the name of the file that the application holds open', async () => {
      const machine = lsof(mac(), `n${group}/sameuserproof-41112-${token}`);
      assert.deepEqual(await read('app-store', machine), { ok: true, credentials: { port: 41_112, token } });
      assert.deepEqual(machine.commands, [
        ['/usr/sbin/lsof', '-n', '-a', `-u${process.getuid?.() ?? ''}`, '-c', 'IPNExtension', '-F'],
      ]);
    });

    it('says that it is not running where no process has such a file, which lsof ends with 1', async () => {
      const machine = mac();
      machine.program('/usr/sbin/lsof', 'exit 1');
      const { kind, detail } = await failure('app-store', machine);
      assert.deepEqual([kind, detail], ['not-found', 'the Tailscale app of the App Store is not running']);
      for (const line of ['n/sameuserproof-41112-x', `n${group}/other`, `n${group}/sameuserproof-41112`]) {
        assert.equal((await failure('app-store', lsof(mac(), line))).kind, 'not-found', line);
      }
    });

    it('does not go to a port that is none', async () => {
      for (const port of ['0', '70000', 'x', '']) {
        const machine = lsof(mac(), `n${group}/sameuserproof-${port}-${token}`);
        assert.equal((await failure('app-store', machine)).kind, 'unexpected-answer', port);
      }
    });

    it('says that it could not ask where lsof is not there, or the caller has ended', async () => {
      assert.match((await failure('app-store', mac())).detail, /not-started/);
      const reading = await read('app-store', lsof(mac()), AbortSignal.abort());
      assert.ok(!reading.ok && reading.failure.kind === 'not-found');
    });
  });
});
