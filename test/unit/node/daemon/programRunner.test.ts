import assert from 'node:assert/strict';

import type { ConfiguredDaemon } from '../../../../src/node/daemon/placesToTry.ts';
import { platformOf } from '../../../../src/node/daemon/platformOf.ts';
import { ProgramRunner } from '../../../../src/node/daemon/programRunner.ts';
import type { StatusSource } from '../../../../src/services/tailnet/tailnetReader.ts';
import { RootedMachine, type OtherMachine } from '../../support/rootedMachine.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const usual = '/var/run/tailscale/tailscaled.sock';
const byApi = (where: string): StatusSource => ({ via: 'localapi', where, version: '1.102.3' });

/** Prints its arguments, one a line. */
const echoes = 'printf "%s\\n" "$@"';

describe('ProgramRunner', function () {
  const { signal } = new AbortController();
  let folder: TempFolder;
  beforeEach(function () {
    // The programs of this test are shell scripts.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  function machineOf(other: OtherMachine, programs: Readonly<Record<string, string>>): RootedMachine {
    const machine = new RootedMachine(folder.path, other);
    for (const [name, script] of Object.entries(programs)) machine.program(name, script);
    return machine;
  }

  function runner(
    machine: RootedMachine,
    source?: StatusSource,
    configured: ConfiguredDaemon = { socketPath: '', cliPath: '' },
  ): ProgramRunner {
    return new ProgramRunner({
      platform: () => platformOf(machine),
      configured: () => configured,
      source: () => source,
      machine,
    });
  }

  it('runs the first program that is there, with the arguments as they are', async () => {
    const machine = machineOf({ platform: 'linux' }, { '/snap/bin/tailscale': echoes });
    const run = await runner(machine, byApi(usual)).run(['serve', '--bg', 'a b;$(x)'], { timeoutMs: 5_000 }, signal);
    assert.deepEqual(run, { kind: 'done', stdout: 'serve\n--bg\na b;$(x)\n', stderr: '' });
    assert.deepEqual(machine.commands.at(-1), ['/snap/bin/tailscale', 'serve', '--bg', 'a b;$(x)']);
  });

  it('shows beforehand what it would run, and names the socket only where the program would ask another', async () => {
    const machine = machineOf({ platform: 'linux' }, { tailscale: echoes });
    const command = (source?: StatusSource) => runner(machine, source).commandFor(['up'], signal);
    assert.deepEqual(await command(byApi(usual)), ['tailscale', 'up']);
    assert.deepEqual(await command(), ['tailscale', 'up']);
    assert.deepEqual(await command(byApi('/srv/d.sock')), ['tailscale', '--socket=/srv/d.sock', 'up']);
  });

  it('names no socket to the program of an application', async () => {
    const app = '/Applications/Tailscale.app/Contents/MacOS/Tailscale';
    const machine = machineOf({ platform: 'darwin' }, { [app]: echoes });
    assert.deepEqual(await runner(machine, byApi('127.0.0.1:41112')).commandFor(['up'], signal), [app, 'up']);
  });

  it('takes the program that gave the status, and the one that is configured', async () => {
    const programs = { tailscale: echoes, '/opt/ts': echoes };
    const machine = machineOf({ platform: 'linux' }, programs);
    const source: StatusSource = { via: 'cli', where: '/usr/bin/tailscale', version: '' };
    assert.deepEqual(await runner(machine, source).commandFor(['up'], signal), ['/usr/bin/tailscale', 'up']);
    const configured = { socketPath: '/srv/d.sock', cliPath: '/opt/ts' };
    assert.deepEqual(await runner(machine, byApi('/srv/d.sock'), configured).commandFor(['up'], signal), [
      '/opt/ts',
      '--socket=/srv/d.sock',
      'up',
    ]);
  });

  it('steers no daemon of Windows where the one inside WSL answers', async () => {
    const machine = machineOf({ platform: 'linux' }, { 'tailscale.exe': echoes });
    machine.write('/mnt/wsl', '');
    assert.equal(await runner(machine, byApi(usual)).commandFor(['up'], signal), undefined);
    assert.deepEqual(await runner(machine).commandFor(['up'], signal), ['tailscale.exe', 'up']);
  });

  it('says where it looked where no program is', async () => {
    const run = await runner(machineOf({ platform: 'linux' }, {})).run(['up'], { timeoutMs: 5_000 }, signal);
    assert.ok(run.kind === 'no-program');
    assert.ok(run.tried.includes('/usr/bin/tailscale'));
  });

  it('gives the words of a run that failed, and each piece as it comes', async () => {
    const machine = machineOf(
      { platform: 'linux' },
      { tailscale: '[ "$1" = version ] && exit; echo half; echo "Access denied" >&2; exit 1' },
    );
    let heard = '';
    const onOutput = (text: string): void => void (heard += text);
    const run = await runner(machine).run(['up'], { timeoutMs: 5_000, onOutput }, signal);
    assert.deepEqual(run, { kind: 'failed', exitCode: 1, stdout: 'half\n', stderr: 'Access denied\n' });
    assert.deepEqual(heard.trim().split('\n').toSorted(), ['Access denied', 'half']);
  });

  it('ends a program that takes too long, and one that is not wanted any more', async () => {
    const machine = machineOf({ platform: 'linux' }, { tailscale: '[ "$1" = version ] && exit; echo on; sleep 60' });
    assert.deepEqual(await runner(machine).run(['up'], { timeoutMs: 100 }, signal), {
      kind: 'too-long',
      afterMs: 100,
    });
    const controller = new AbortController();
    const onOutput = (): void => controller.abort();
    const run = await runner(machine).run(['up'], { timeoutMs: 5_000, onOutput }, controller.signal);
    assert.deepEqual(run, { kind: 'aborted' });
  });
});
