import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { homeFile } from './support/homeFiles.ts';
import { withSetting } from './support/setting.ts';
import { keyExpired, loggedOut, running, stopped } from './support/statuses.ts';
import { needsTerminals } from './support/terminal.ts';
import { useWindow } from './support/window.ts';

const title = 'ClawQL: Log In to the Tailnet…';
const terminalName = 'Log In to the Tailnet';

/** While `work` runs, what is typed into new terminals goes into a file, whether or not a line is ended. */
async function withWrittenTerminals(work: (written: () => Promise<string>) => Promise<void>): Promise<void> {
  const file = homeFile('typed-into-terminal.txt');
  const profile = { path: '/bin/sh', args: ['-c', `stty -icanon -echo; exec cat > '${file}'`] };
  try {
    await withSetting('terminal.integrated.profiles.linux', { written: profile }, () =>
      withSetting('terminal.integrated.defaultProfile.linux', 'written', () =>
        work(() => fs.readFile(file, 'utf8').catch(() => '')),
      ),
    );
  } finally {
    for (const terminal of vscode.window.terminals.filter(({ name }) => name === terminalName)) terminal.dispose();
    await fs.rm(file, { force: true });
  }
}

describe('ClawQL: Log In to the Tailnet…', function () {
  this.timeout(40_000);
  const window = useWindow(() => loggedOut());

  it("offers the page that the daemon waits for, Tailscale's own service, and Headscale", async () => {
    const { workbench } = window;
    await workbench.palette(title);
    const rows = await workbench.waitForRow('Headscale…');
    assert.deepEqual(
      rows.map(({ label, detail }) => [label, detail]),
      [
        ['Open the login page', 'The daemon waits for it: login.tailscale.com'],
        ["Tailscale's own service", 'Puts "tailscale up" into a terminal, for you to run'],
        ['Headscale…', 'The same with the address of its login server, which you enter'],
      ],
    );
    await workbench.pick('Open the login page');
    const { detail } = await workbench.waitForModalDialog('open the external website');
    assert.match(detail, /https:\/\/login\.tailscale\.com\/a\/0123456789abcdef/);
    await workbench.clickDialogButton('Cancel');
  });

  it('opens nothing but a page, whatever the daemon says', async () => {
    const { workbench } = window;
    await window.know({ ...loggedOut(), AuthURL: 'command:workbench.action.quit' });
    await workbench.palette(title);
    const rows = await workbench.waitForRow('Headscale…');
    assert.deepEqual(
      rows.map(({ label }) => label),
      ["Tailscale's own service", 'Headscale…'],
    );
  });

  it('puts the command with the address of Headscale into a terminal, and does not run it', async function () {
    needsTerminals(this);
    const { workbench } = window;
    await withWrittenTerminals(async (written) => {
      await workbench.palette(title);
      await workbench.pick('Headscale…');
      await workbench.waitForText('.quick-input-title', 'ClawQL: Log In to the Tailnet');
      await workbench.type('https://headscale.example.com;reboot');
      await workbench.waitForText('.quick-input-message', 'Enter the URL alone');
      await workbench.press('Control+a');
      await workbench.type('https://headscale.example.com');
      await workbench.press('Enter');
      const command = 'tailscale up --login-server=https://headscale.example.com';
      await eventually(
        written,
        (text) => (text === command ? true : undefined),
        (text) => `The terminal was given ${JSON.stringify(text)}`,
      );
      await workbench.waitForText('.terminal-tabs-entry, .single-terminal-tab, .tab', terminalName);
    });
  });

  it('has a machine whose key has expired log in anew', async () => {
    const { workbench } = window;
    await window.know(keyExpired());
    await workbench.palette(title);
    const [first] = await workbench.waitForRow('Headscale…');
    assert.equal(first?.detail, 'Puts "tailscale up --force-reauth" into a terminal, for you to run');
  });

  it('says where there is nothing to log in', async () => {
    const { workbench } = window;
    await window.know(running());
    await workbench.palette(title);
    await workbench.waitForNotification('ClawQL: this machine is logged in to ClawQL demo.');
    await window.know(stopped());
    await workbench.dismissNotifications();
    await workbench.palette(title);
    await workbench.waitForNotification('Tailscale is stopped on this machine. Run "tailscale up".');
  });
});
