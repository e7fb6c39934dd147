import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';

import { systemClock } from '../../src/services/clock.ts';
import { stateDirectory } from '../support/tailnet/daemon.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { until } from '../support/tailnet/until.ts';
import { TempFolder } from '../unit/support/tempFolder.ts';
import { Joiner } from './support/joiner.ts';
import { OtherControl } from './support/otherControl.ts';

const never = new AbortController().signal;

/** headscale knows no approval of machines. */
if (process.env['CLAWQL_LAB_CONTROL'] === 'managed') {
  describe('joining a managed tailnet', function () {
    this.timeout(60_000);
    let lab: TailnetLab;
    let folder: TempFolder;
    let joiner: Joiner;
    let folderOfState: string;

    before('keep what the laptop is in its own tailnet', async () => {
      lab = await TailnetLab.attach();
      folder = new TempFolder();
      folderOfState = stateDirectory(lab.description.directory, 'laptop');
      await cp(folderOfState, `${folderOfState}.kept`, { recursive: true });
      await lab.tailscale('laptop', 'logout');
    });
    beforeEach('find the daemon', async () => {
      joiner = new Joiner(lab.description.programs.tailscale, folder.path, systemClock);
      await joiner.start();
    });
    afterEach(() => joiner.dispose());
    after('the laptop is in its own tailnet again', async () => {
      folder.remove();
      await lab.daemon('laptop').stop();
      await rm(folderOfState, { recursive: true });
      await cp(`${folderOfState}.kept`, folderOfState, { recursive: true });
      await rm(`${folderOfState}.kept`, { recursive: true });
      await lab.daemon('laptop').start();
      await until('it is up', async () => ((await lab.status('laptop')).BackendState === 'Running' ? true : undefined));
    });

    /** Logs in at a control server that is there only for that. */
    async function joinAt(address: string, approval: boolean) {
      const control = new OtherControl(lab, { address, approval });
      await control.start();
      try {
        const pages: string[] = [];
        const request = { server: control.url, keyExpired: false };
        const outcome = await joiner.join.join(request, ({ url }) => pages.push(url), never);
        const { BackendState: state } = await lab.status('laptop');
        return { outcome, pages, state, preferences: await joiner.now() };
      } finally {
        // A machine leaves only a server that is there.
        await lab.tailscale('laptop', 'logout');
        await control.stop();
      }
    }

    it('that asks for nothing', async () => {
      const { outcome, pages, state, preferences } = await joinAt('10.99.0.250', false);
      assert.deepEqual(outcome, { end: { kind: 'joined' }, left: [] });
      assert.deepEqual(pages, []);
      assert.equal(state, 'Running');
      assert.equal(preferences['ControlURL'], 'http://10.99.0.250:8080');
    });

    it('that has an administrator approve each machine, until when it is logged in and waits', async () => {
      const { outcome, state, preferences } = await joinAt('10.99.0.251', true);
      assert.deepEqual(outcome, { end: { kind: 'needs-approval' }, left: [] });
      assert.equal(state, 'NeedsMachineAuth');
      assert.partialDeepStrictEqual(preferences, { WantRunning: true, LoggedOut: false });
    });
  });
}
