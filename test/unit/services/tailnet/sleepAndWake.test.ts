import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import * as z from 'zod/mini';

import { startLocalApi, type LocalApiServer } from '../../../support/demo/localApi.ts';
import { eventually } from '../../support/eventually.ts';
import { statusWith } from '../../support/modelDaemon.ts';
import { TempFolder } from '../../support/tempFolder.ts';

/** Longer than any hiccup that is not a sleep: `WakeWatch` takes 3 s for one. */
const sleepMs = 4_000;

const report = z.object({ socketPath: z.string(), peers: z.string(), after: z.number() });
type Report = z.infer<typeof report>;

describe('sleep and wake', function () {
  let folder: TempFolder;
  let daemons: LocalApiServer[];
  let window: ChildProcess;
  let reports: Report[];

  beforeEach(async function () {
    // Windows cannot stop a process and continue it.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
    daemons = await Promise.all(
      ['cut.sock', 'silent.sock'].map((name) =>
        startLocalApi({ socketPath: folder.socket(name), status: statusWith(['before']) }),
      ),
    );
    reports = [];
    const program = path.join(import.meta.dirname, '../../support/sleepingWindow.ts');
    window = fork(
      program,
      daemons.map(({ socketPath }) => socketPath),
    );
    window.on('message', (message) => reports.push(report.parse(message)));
  });

  afterEach(async () => {
    if (process.platform === 'win32') return;
    window.kill('SIGKILL');
    if (window.exitCode === null && window.signalCode === null) await once(window, 'exit');
    await Promise.all(daemons.map((daemon) => daemon.close()));
    folder.remove();
  });

  it('is right again within a second, whether the bus was cut or nothing was ever told, and ends of itself', async () => {
    const [cut, silent] = daemons;
    assert.ok(cut && silent);
    const reportOf = (socketPath: string, peers: string) => () =>
      reports.find((one) => one.socketPath === socketPath && one.peers === peers);
    for (const daemon of daemons) {
      await eventually('the window watches', () => daemon.watchers === 1 && reportOf(daemon.socketPath, 'before')());
      await eventually(
        'it has read since',
        () => daemon.requests.filter((one) => one.endsWith('/status')).length === 2,
      );
    }
    window.kill('SIGSTOP');
    cut.cutBus();
    for (const daemon of daemons) daemon.setStatusSilently(statusWith(['after']));
    // The sleep itself: nothing is waited for.
    await wait(sleepMs);
    assert.equal(reports.length, 2, 'a window that sleeps tells nothing');

    window.kill('SIGCONT');
    for (const { socketPath } of daemons) {
      const { after } = await eventually(`${socketPath} is right again`, reportOf(socketPath, 'after'), 3_000);
      assert.ok(after < 1_000, `${socketPath} was right only after ${after} ms`);
    }

    window.disconnect();
    const [code] = (await once(window, 'exit')) as [number | null];
    assert.equal(code, 0);
  }).timeout(20_000);
});
