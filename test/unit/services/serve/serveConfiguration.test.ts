import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';

import { platformOf } from '../../../../src/node/daemon/platformOf.ts';
import { ProgramRunner } from '../../../../src/node/daemon/programRunner.ts';
import type { ConfigChange } from '../../../../src/core/serve/configChange.ts';
import { ServeConfiguration } from '../../../../src/services/serve/serveConfiguration.ts';
import { systemClock, type Clock } from '../../../../src/services/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { RootedMachine } from '../../support/rootedMachine.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const after = { TCP: { '443': { HTTPS: true } } };
const change: ConfigChange = { args: ['serve', '--bg', '8080'], before: {}, after };
const page = 'https://login.tailscale.com/f/serve?node=nABC';

/** What the tailnet lab cannot show: a program that waits for somebody, or ends well and has done nothing. */
describe('ServeConfiguration', function () {
  const { signal } = new AbortController();
  let folder: TempFolder;
  beforeEach(function () {
    // The program of this test is a shell script.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  /** With a program that keeps the configuration in a file, and does `serves` when it is to serve. */
  function configuration(serves: string, clock: Clock = systemClock): ServeConfiguration {
    const machine = new RootedMachine(folder.path, { platform: 'linux' });
    const file = folder.file('config');
    machine.program(
      'tailscale',
      `C=${file}\ncase "$*" in version) ;; "serve status --json") cat $C 2>/dev/null || echo null;; *) ${serves};; esac`,
    );
    const runner = new ProgramRunner({
      platform: () => platformOf(machine),
      configured: () => ({ socketPath: '', cliPath: '' }),
      source: () => undefined,
      machine,
    });
    return new ServeConfiguration(runner, clock);
  }
  const sets = `echo '${JSON.stringify(after)}' > $C`;

  it('is changed, and read again', async () => {
    assert.deepEqual(await configuration(sets).carryOut(change, signal), { kind: 'run', config: after });
  });

  it('is taken as it stands there then, whatever the program says', async () => {
    const end = await configuration(`${sets}; echo odd >&2; exit 1`).carryOut(change, signal);
    assert.deepEqual(end, { kind: 'run', config: after });
    const other = { TCP: { '80': { HTTP: true } } };
    const others = await configuration(`echo '${JSON.stringify(other)}' > $C`).carryOut(
      { ...change, before: after },
      signal,
    );
    assert.deepEqual(others, { kind: 'run', config: other });
  });

  it('is not known where it cannot be read after the run', async () => {
    const end = await configuration('echo broken > $C').carryOut(change, signal);
    assert.ok(end.kind === 'failed' && end.isUnknown);
  });

  it('is left where it is another one by now', async () => {
    const stale = { ...change, before: { TCP: { '80': { HTTP: true } } } };
    const end = await configuration(sets).carryOut(stale, signal);
    assert.deepEqual(end, { kind: 'failed', trouble: { kind: 'changed-meanwhile' } });
    assert.deepEqual(await configuration(sets).read(signal), { kind: 'read', config: {} });
  });

  it('waits for the page that the program names, and goes on', async () => {
    const pages: string[] = [];
    const waits = `printf 'To enable, visit:\\n\\n         ${page}\\n\\n'; while [ ! -e $C.go ]; do sleep 0.05; done; ${sets}`;
    const clock = new ManualClock();
    const carried = configuration(waits, clock).carryOut(change, signal, (one) => pages.push(one));
    await eventually('the page is named', () => pages.length > 0);
    assert.deepEqual(pages, [page]);
    clock.advance(60_000);
    writeFileSync(folder.file('config.go'), '');
    assert.deepEqual(await carried, { kind: 'run', config: after });
  });

  it('names the page where the program does not wait, and has done nothing', async () => {
    const end = await configuration(`printf 'To enable, visit:\\n\\n   ${page}\\n'`).carryOut(change, signal);
    assert.deepEqual(end, { kind: 'failed', trouble: { kind: 'to-enable', page } });
  });

  it('is not waited for longer than half a minute where the program says nothing', async () => {
    const clock = new ManualClock();
    const carried = configuration('touch $C.runs; sleep 60', clock).carryOut(change, signal);
    await eventually('the program runs', () => existsSync(folder.file('config.runs')));
    clock.advance(30_000);
    assert.deepEqual(await carried, { kind: 'failed', trouble: { kind: 'too-long', afterMs: 30_000 } });
  });

  it('tells a cancel before the run from one in it', async () => {
    const stop = new AbortController();
    stop.abort();
    assert.deepEqual(await configuration(sets).carryOut(change, stop.signal), { kind: 'cancelled', hasRun: false });
    const later = new AbortController();
    const carried = configuration(`${sets}; touch $C.runs; sleep 60`).carryOut(change, later.signal);
    await eventually('the program runs', () => existsSync(folder.file('config.runs')));
    later.abort();
    assert.deepEqual(await carried, { kind: 'cancelled', hasRun: true });
  });

  it('is not read from what is no configuration', async () => {
    const machine = new RootedMachine(folder.path, { platform: 'linux' });
    machine.program('tailscale', 'echo Hello');
    const runner = new ProgramRunner({
      platform: () => platformOf(machine),
      configured: () => ({ socketPath: '', cliPath: '' }),
      source: () => undefined,
      machine,
    });
    const reading = await new ServeConfiguration(runner, systemClock).read(signal);
    assert.ok(reading.kind === 'failed' && reading.trouble.kind === 'refused');
  });
});
