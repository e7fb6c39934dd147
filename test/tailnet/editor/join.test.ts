import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as vscode from 'vscode';
import * as z from 'zod/mini';

import { homeFile } from '../../host/support/homeFiles.ts';
import { withSetting } from '../../host/support/setting.ts';
import { needsWorkbench } from '../../host/support/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { waitForInput } from '../../support/editor/waitForInput.ts';
import type { Notification, Workbench } from '../../support/editor/workbench.ts';
import { TailnetLab } from '../../support/tailnet/lab.ts';
import { filesHolding, SecretWatch } from '../support/secretWatch.ts';

const title = 'ClawQL: Join a Tailnet…';
const server = 'http://10.99.0.1:8080';
const place = '10.99.0.1:8080';
const Key = z.object({ key: z.string() });

// Tailscale's test control server lets everybody in without a page or a key.
if (process.env['CLAWQL_LAB_CONTROL'] === 'headscale') {
  describe('joining a tailnet from the palette', function () {
    this.timeout(120_000);
    let lab: TailnetLab;
    let workbench: Workbench;

    before('attach to the lab', async function () {
      workbench = needsWorkbench(this);
      lab = await TailnetLab.attach();
    });
    beforeEach('the laptop is logged out', async () => {
      await workbench.dismissNotifications();
      await lab.tailscale('laptop', 'logout');
      await vscode.commands.executeCommand('clawql.refresh');
      await workbench.waitForStatusBar('ClawQL: No Tailnet');
    });
    after('the laptop is in the tailnet again', async () => {
      await lab.tailscale('laptop', 'logout');
      await lab.join('laptop', { tagged: false });
      await vscode.commands.executeCommand('clawql.refresh');
    });

    /** What the daemon's preferences are, and the page that it waits for. */
    const state = async (): Promise<readonly unknown[]> => {
      const status = await lab.status('laptop');
      return [await lab.tailscale('laptop', 'debug', 'prefs'), status.BackendState, status['AuthURL']];
    };
    /** Waits for the last word, and until the progress is gone. */
    async function waitForEnd(text: string): Promise<Notification> {
      const told = await workbench.waitForNotification(text);
      await eventually(
        () => workbench.notifications(),
        (all) => (all.every(({ message }) => !message.includes('logging this machine in')) ? true : undefined),
        (all) => `There is still: ${all.map(({ message }) => message).join(' | ')}`,
      );
      return told;
    }
    /** As on a machine on which Tailscale's program is installed. */
    const withProgram = <T>(work: () => Promise<T>): Promise<T> =>
      withSetting('clawql.tailscale.cliPath', lab.description.programs.tailscale, work);
    const newKey = async (): Promise<string> =>
      z.parse(Key, await lab.headscale('preauthkeys', 'create', '--user', '1', '--expiration', '1h')).key;

    it('in the browser is cancelled half-way, and leaves the machine as it was', () =>
      withProgram(async () => {
        const before = await state();
        await workbench.palette(title);
        await workbench.waitForRow('Headscale…');
        await workbench.screenshot('join-where');
        await workbench.pick('Headscale…');
        await waitForInput(workbench, 'https://headscale.example.com');
        await workbench.type(server);
        await workbench.press('Enter');
        await workbench.waitForRow('In the browser');
        await workbench.screenshot('join-how');
        await workbench.pick('In the browser');
        const { detail } = await workbench.waitForModalDialog('open the external website');
        assert.match(detail, /^http:\/\/10\.99\.0\.1:8080\/register\//);
        await workbench.screenshot('join-page');
        await workbench.clickDialogButton('Cancel');
        await workbench.waitForNotification('waiting for you in the browser');
        await workbench.screenshot('join-waiting');
        await workbench.palette(title);
        await workbench.pick(`The daemon waits for it: ${place}`);
        assert.equal((await workbench.waitForModalDialog('open the external website')).detail, detail);
        await workbench.clickDialogButton('Cancel');
        await workbench.clickNotificationButton(`logging this machine in at ${place}`, 'Cancel');
        const { message } = await waitForEnd('was cancelled');
        assert.equal(message, `ClawQL: the login at ${place} was cancelled. This machine is as it was.`);
        await workbench.screenshot('join-cancelled');
        assert.deepEqual(await state(), before);
      }));

    it('in the browser ends when somebody lets the machine in, at the login server that is remembered by now', () =>
      withProgram(async () => {
        await workbench.palette(title);
        const [first] = await workbench.waitForRow(server);
        assert.deepEqual([first?.label, first?.detail], [place, server]);
        await workbench.screenshot('join-remembered');
        await workbench.pick(server);
        await workbench.pick('In the browser');
        const { detail } = await workbench.waitForModalDialog('open the external website');
        const id = detail.split('/').at(-1) ?? '';
        await workbench.clickDialogButton('Cancel');
        await lab.headscale('auth', 'register', '--auth-id', id, '--user', 'dev');
        await waitForEnd('ClawQL: this machine is logged in to');
        await workbench.screenshot('join-done');
        assert.equal((await lab.status('laptop')).BackendState, 'Running');
      }));

    it('not with a wrong key, and says why', () =>
      withProgram(async () => {
        const before = await state();
        await workbench.palette(title);
        await workbench.pick(server);
        await workbench.pick('With a pre-auth key…');
        await workbench.waitForText('.quick-input-message', 'It is not shown and not kept.');
        await workbench.type(`hskey-auth-AAAAAAAAAAAA-${'b'.repeat(64)}`);
        await workbench.press('Enter');
        const { message } = await waitForEnd('did not let this machine in');
        assert.match(message, /invalid pre auth key\. The key may have expired.*This machine is as it was\.$/);
        await workbench.screenshot('join-refused');
        assert.deepEqual(await state(), before);
      }));

    it('with a key, which is in no process, file, log, terminal or message at any time', () =>
      withProgram(async () => {
        const key = await newKey();
        await workbench.palette(title);
        await workbench.pick(server);
        await workbench.pick('With a pre-auth key…');
        await workbench.waitForText('.quick-input-message', 'It is not shown and not kept.');
        const watch = new SecretWatch(key);
        await workbench.type(key);
        await workbench.screenshot('join-key');
        assert.ok(!(await workbench.texts('.monaco-workbench')).join().includes(key));
        await workbench.press('Enter');
        await workbench.waitForNotification('ClawQL: this machine is logged in to');
        const { leaks, commandLines } = await watch.stop();
        assert.deepEqual(leaks, []);
        assert.ok([...commandLines].some((line) => line.includes('--auth-key=file:')));
        assert.ok(!(await workbench.texts('.monaco-workbench')).join().includes(key));
        assert.equal((await lab.status('laptop')).BackendState, 'Running');
        const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
        // The editor's data, logs and terminals lie beside its home.
        const places = [path.dirname(homeFile('')), workspace, tmpdir(), lab.description.directory];
        assert.deepEqual(await filesHolding(key, places), []);
      }));

    it('forgets a login server that is no longer wanted', async () => {
      await workbench.palette(title);
      await workbench.waitForRow(server);
      await workbench.pressRowButton(server, 'Forget this login server');
      await workbench.dismissQuickInput();
      await workbench.palette(title);
      const rows = await workbench.waitForRow('Headscale…');
      assert.deepEqual(
        rows.map(({ label }) => label),
        ["Tailscale's own service", 'Headscale…'],
      );
      await workbench.dismissQuickInput();
    });
  });
}
