import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as vscode from 'vscode';

import { paste } from '../../host/support/clawqlCommands.ts';
import { needsWorkbench } from '../../host/support/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import type { ModalDialog, Workbench } from '../../support/editor/workbench.ts';
import { run } from '../../support/tailnet/command.ts';
import { TailnetLab } from '../../support/tailnet/lab.ts';
import type { NodeName } from '../../support/tailnet/labDescription.ts';
import { askWhoAnswers } from './support/askClawql.ts';

const serveIt = "ClawQL: Serve This Machine's MCP on the Tailnet…";
const stopServing = "ClawQL: Stop Serving This Machine's MCP";

/** VS Code shows three messages at once, and one that comes then goes to the bell: those of the way to the dialog make room for the result. */
async function answerDialog(workbench: Workbench, button: string): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await eventually(
    () => workbench.notifications(),
    (shown) => (shown.length === 0 ? true : undefined),
    (shown) => `Still shown: ${shown.map(({ message }) => message).join('; ')}`,
  );
  await workbench.clickDialogButton(button);
}

describe("this machine's own MCP on the tailnet, by Tailscale Serve", function () {
  this.timeout(90_000);
  const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
  const name = managed ? 'laptop.tail0a1b2c.ts.net' : 'laptop.clawql.test';
  const origin = managed ? `https://${name}` : `http://${name}`;
  const flag = managed ? '--https=443' : '--http=80';
  let lab: TailnetLab;
  let folder: string;
  let initial: Readonly<Record<string, unknown>>;

  /** This machine's Serve configuration, as Tailscale's own program shows it. */
  async function config(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await lab.tailscale('laptop', 'serve', 'status', '--json')) as Record<string, unknown>;
  }

  async function set(section: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration().update(section, value, vscode.ConfigurationTarget.Global);
  }

  /** `undefined` for what the extension finds by itself. */
  const useProgram = (file: string | undefined): Promise<void> => set('clawql.tailscale.cliPath', file);

  /** A program of the test in the place of Tailscale's. */
  async function script(text: string): Promise<string> {
    const file = path.join(folder, 'tailscale');
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
    return file;
  }

  /** What a program on another node is told at a URL. */
  async function healthFrom(node: NodeName, url: string): Promise<string> {
    const ask = `fetch(${JSON.stringify(url)}).then(async (r) => console.log(r.status, await r.text()), (e) => console.log(String(e.cause ?? e)))`;
    const env = { ...process.env, ...lab.environment };
    return run(lab.inside(node, [process.execPath, '-e', ask]), { env });
  }

  /** A picture of a message, once those of its way there are gone. */
  async function pictureOf(workbench: Workbench, picture: string, text: string): Promise<void> {
    await eventually(
      () => workbench.notifications(),
      (shown) => (shown.length === 1 && shown[0]?.message.includes(text) === true ? true : undefined),
      (shown) => `Shown: ${shown.map(({ message }) => message).join('; ')}`,
    );
    await workbench.screenshot(picture);
  }

  async function confirmation(workbench: Workbench): Promise<ModalDialog> {
    await workbench.dismissNotifications();
    await workbench.palette(serveIt);
    return workbench.waitForModalDialog('Serve the ClawQL at port 8080 of laptop');
  }

  before('another handler is there, and ClawQL runs on the laptop', async () => {
    lab = await TailnetLab.attach();
    folder = await mkdtemp(path.join(tmpdir(), 'serve-'));
    await useProgram(lab.description.programs.tailscale);
    // VS Code's server tells of each port at which something begins to listen, and takes other messages away with that.
    await set('remote.autoForwardPorts', false);
    await lab.tailscale('laptop', 'serve', '--bg', '--http=8600', '--set-path=/blog', 'http://127.0.0.1:3000');
    await lab.tailscale('laptop', 'serve', '--bg', '--tcp=9000', 'tcp://127.0.0.1:5432');
    initial = await config();
  });

  afterEach("Tailscale's own program is in its place", () => useProgram(lab.description.programs.tailscale));

  after('the laptop serves nothing, as before', async () => {
    await vscode.commands.executeCommand('clawql.disconnect');
    await lab.clawql('laptop').stop();
    await lab.tailscale('laptop', 'serve', 'reset');
    await useProgram(undefined);
    await set('remote.autoForwardPorts', undefined);
    await rm(folder, { recursive: true });
  });

  it('is asked for by its port where none answers, and leaving changes nothing', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    await workbench.palette(serveIt);
    await eventually(
      () => workbench.quickInput(),
      (input) => (input?.message.includes('No ClawQL answers on this machine') === true ? true : undefined),
      (input) => `What is open: ${JSON.stringify(input)}`,
    );
    await workbench.dismissQuickInput();
    assert.deepEqual(await config(), before);
  });

  it('is found at a port that was entered', async function () {
    const workbench = needsWorkbench(this);
    await lab.clawql('laptop').start({ port: 3939 });
    await workbench.palette(serveIt);
    await eventually(
      () => workbench.quickInput(),
      (input) => (input?.message.includes('enter its port') === true ? true : undefined),
      (input) => `What is open: ${JSON.stringify(input)}`,
    );
    await workbench.type('3939');
    await workbench.press('Enter');
    const { detail } = await workbench.waitForModalDialog('Serve the ClawQL at port 3939 of laptop');
    assert.match(detail, /http:\/\/127\.0\.0\.1:3939/);
    await workbench.press('Escape');
  });

  it('is found at a port that a configuration of this editor names', async function () {
    const workbench = needsWorkbench(this);
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, '.vscode/mcp.json');
    const servers = { clawql: { type: 'http', url: 'http://localhost:3939/mcp' } };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify({ servers })));
    await workbench.dismissNotifications();
    await workbench.palette(serveIt);
    await workbench.waitForModalDialog('Serve the ClawQL at port 3939 of laptop');
    await workbench.press('Escape');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(file, '..'), { recursive: true });
  });

  it('is not served where it answers for localhost alone', async function () {
    const workbench = needsWorkbench(this);
    await lab.clawql('laptop').start({ mcpHost: '127.0.0.1' });
    const before = await config();
    await workbench.palette(serveIt);
    const { message, severity } = await workbench.waitForNotification('answers only for localhost');
    assert.equal(severity, 'error');
    assert.ok(message.includes(`unset MCP_HOST or set it to ${name}, restart ClawQL`), message);
    assert.deepEqual(await config(), before);
    await lab.clawql('laptop').start();
  });

  it('shows the command and what it changes, and cancelled changes nothing', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    const { message, detail } = await confirmation(workbench);
    await workbench.screenshot(`serve-confirm-${managed ? 'managed' : 'headscale'}`);
    assert.ok(message.includes(`${origin}/mcp`), message);
    assert.ok(detail.includes(`tailscale serve --bg ${flag} http://127.0.0.1:8080`), detail);
    assert.ok(detail.includes(`http://${name}:8600/blog → http://127.0.0.1:3000`), detail);
    assert.ok(detail.includes(`${origin}/ → http://127.0.0.1:8080 (new)`), detail);
    assert.equal(detail.includes('gives no certificates: WireGuard encrypts'), !managed);
    await workbench.press('Escape');
    assert.deepEqual(await config(), before);
  });

  it('is as it was after a cancel while it is called for proof', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    await confirmation(workbench);
    // Silent from now on, so that the proof takes long.
    await lab.clawql('laptop').start({ healthzDelay: 600_000 });
    await answerDialog(workbench, 'Serve It');
    await eventually(
      config,
      (now) => (JSON.stringify(now).includes('127.0.0.1:8080') ? true : undefined),
      (now) => `Not set: ${JSON.stringify(now)}`,
    );
    await workbench.clickNotificationButton('serving it at', 'Cancel');
    await workbench.waitForNotification('What this machine serves is as it was');
    assert.deepEqual(await config(), before);
    await lab.clawql('laptop').start();
  });

  it('is as it was after a cancel while the program runs', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    const { tailscale } = lab.description.programs;
    // It does its work, and then does not end.
    await useProgram(await script(`"${tailscale}" "$@" || exit\ncase "$*" in *--bg*) sleep 60;; esac`));
    await confirmation(workbench);
    await answerDialog(workbench, 'Serve It');
    await eventually(
      config,
      (now) => (JSON.stringify(now).includes('127.0.0.1:8080') ? true : undefined),
      (now) => `Not set: ${JSON.stringify(now)}`,
    );
    await workbench.clickNotificationButton('serving it at', 'Cancel');
    await workbench.waitForNotification('What this machine serves is as it was');
    assert.deepEqual(await config(), before);
  });

  it('is not served where somebody changes the configuration meanwhile', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    await confirmation(workbench);
    await lab.tailscale('laptop', 'serve', '--bg', flag, '--set-path=/', 'http://127.0.0.1:3000');
    const theirs = await config();
    await answerDialog(workbench, 'Serve It');
    await workbench.waitForNotification('changed by somebody else in the meantime');
    assert.deepEqual(await config(), theirs);
    await lab.tailscale('laptop', 'serve', flag, '--set-path=/', 'off');
    assert.deepEqual(await config(), before);
  });

  it('names the remedy to a user who may not, and changes nothing', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    const { tailscale } = lab.description.programs;
    await useProgram(await script(`exec setpriv --reuid=1234 --regid=1234 --clear-groups "${tailscale}" "$@"`));
    await confirmation(workbench);
    await answerDialog(workbench, 'Serve It');
    const { message, severity } = await workbench.waitForNotification('this user may not change');
    await pictureOf(workbench, 'serve-no-permission', 'this user may not change');
    assert.equal(severity, 'error');
    await workbench.clickNotificationButton('this user may not change', 'Copy the Command');
    const copied = await eventually(
      () => paste(workbench),
      (text) => (text.includes('--operator=') ? text : undefined),
      (text) => `The clipboard holds ${text}`,
    );
    assert.match(copied, /^sudo \S*tailscale set --operator=\$USER$/);
    assert.ok(message.includes(copied), message);
    assert.deepEqual(await config(), before);
  });

  it('is served, answers on another machine, and leaves the other handlers alone', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    await confirmation(workbench);
    await answerDialog(workbench, 'Serve It');
    const { message } = await workbench.waitForNotification('is served at');
    await pictureOf(workbench, `serve-served-${managed ? 'managed' : 'headscale'}`, 'is served at');
    assert.ok(message.startsWith(`ClawQL is served at ${origin}/mcp: called from `), message);
    assert.match(message, /clawql-mcp 5\.0\.0 answered there with 7 tools/);
    assert.match(message, managed ? /port 443/ : /port 80\b/);
    assert.match(await healthFrom('clawql-2', `${origin}/healthz`), /^200 .*"endpoint":"\/mcp"/);
    const after = await config();
    assert.deepEqual(after, {
      TCP: { ...(before['TCP'] as object), [managed ? '443' : '80']: managed ? { HTTPS: true } : { HTTP: true } },
      Web: {
        ...(before['Web'] as object),
        [`${name}:${managed ? 443 : 80}`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:8080' } } },
      },
    });
    await workbench.clickNotificationButton('is served at', 'Select It');
    await workbench.waitForStatusBar('ClawQL: laptop');
    assert.equal(process.env['CLAWQL_MCP_URL'], `${origin}/mcp`);
    assert.equal(await askWhoAnswers(workbench, 'live'), 'laptop');
    await workbench.waitForNotification('ClawQL on laptop');
  });

  it('is found as served already', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    await workbench.dismissNotifications();
    await workbench.palette(serveIt);
    const { message, buttons } = await workbench.waitForNotification('Nothing to be done');
    assert.ok(message.includes(`served at ${origin}/mcp`), message);
    assert.deepEqual(buttons, ['Select It', 'Copy URL']);
    assert.deepEqual(await config(), before);
  });

  it('is taken away again, when the user says so, and nothing else is', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    await workbench.dismissNotifications();
    await workbench.palette(stopServing);
    const { detail } = await workbench.waitForModalDialog(`Stop serving ClawQL at ${origin}/`);
    await workbench.screenshot(`serve-stop-${managed ? 'managed' : 'headscale'}`);
    assert.ok(detail.includes(`tailscale serve ${flag} --set-path=/ off`), detail);
    await workbench.press('Escape');
    assert.deepEqual(await config(), before);
    await workbench.palette(stopServing);
    await workbench.waitForModalDialog('Stop serving');
    await answerDialog(workbench, 'Stop Serving');
    await workbench.waitForNotification('is not served at');
    assert.deepEqual(await config(), initial);
    assert.doesNotMatch(await healthFrom('clawql-2', `${origin}/healthz`), /^200/);
    await workbench.dismissNotifications();
    await workbench.palette(stopServing);
    await workbench.waitForNotification('so there is nothing to take away. What it serves was set by somebody else');
  });

  it('is left where somebody has put another thing in its place', async function () {
    const workbench = needsWorkbench(this);
    await confirmation(workbench);
    await answerDialog(workbench, 'Serve It');
    await workbench.waitForNotification('is served at');
    await lab.tailscale('laptop', 'serve', '--bg', flag, '--set-path=/', 'http://127.0.0.1:3000');
    const theirs = await config();
    await workbench.dismissNotifications();
    await workbench.palette(stopServing);
    const { message } = await workbench.waitForNotification('is not what this extension put there');
    assert.ok(message.includes(`${origin}/ → http://127.0.0.1:3000`), message);
    assert.deepEqual(await config(), theirs);
  });

  it('goes to another port where the first has another thing', async function () {
    const workbench = needsWorkbench(this);
    const { detail } = await confirmation(workbench);
    assert.ok(detail.includes(managed ? 'serve --bg --https=8443 ' : 'serve --bg --http=8081 '), detail);
    await workbench.press('Escape');
    await lab.tailscale('laptop', 'serve', flag, '--set-path=/', 'off');
  });

  // headscale has neither HTTPS nor Funnel.
  if (!managed) return;
  it('shows the page that has to be visited first, and cancelled changes nothing', async function () {
    const workbench = needsWorkbench(this);
    const before = await config();
    const { tailscale } = lab.description.programs;
    // As it says and waits where the tailnet's administrator has not enabled HTTPS, which this control server always has.
    const page = 'https://login.tailscale.com/f/serve?node=nTEST';
    const waits = `printf '\nServe is not enabled on your tailnet.\nTo enable, visit:\n\n         ${page}\n\n'; sleep 60`;
    await useProgram(await script(`case "$*" in *--bg*) ${waits};; *) exec "${tailscale}" "$@";; esac`));
    await confirmation(workbench);
    await answerDialog(workbench, 'Serve It');
    const { buttons } = await workbench.waitForNotification('HTTPS has to be enabled for the tailnet first');
    assert.deepEqual(buttons, ['Open the Page']);
    // VS Code shows three messages at a time, and that of the look for a moment after it.
    await eventually(
      () => workbench.notifications(),
      (shown) => (shown.length === 2 ? true : undefined),
      (shown) => `Shown: ${shown.map(({ message }) => message).join('; ')}`,
    );
    await workbench.clickNotificationButton('serving it at', 'Cancel');
    await workbench.waitForNotification('What this machine serves is as it was');
    assert.deepEqual(await config(), before);
  });

  it('published by Funnel is an error, with one action that leaves it to the tailnet', async function () {
    const workbench = needsWorkbench(this);
    await lab.tailscale('laptop', 'funnel', '--bg', '8080');
    const { AllowFunnel, ...rest } = await config();
    assert.deepEqual(AllowFunnel, { [`${name}:443`]: true });
    await workbench.dismissNotifications();
    await workbench.palette(serveIt);
    const { severity, buttons } = await workbench.waitForNotification('publishes port 443');
    await pictureOf(workbench, 'serve-funnel', 'publishes port 443');
    assert.deepEqual({ severity, buttons }, { severity: 'error', buttons: ['Turn Funnel Off…'] });
    await workbench.clickNotificationButton('publishes port 443', 'Turn Funnel Off…');
    await workbench.waitForModalDialog('Turn Funnel off for port 443');
    await workbench.press('Escape');
    assert.deepEqual(await config(), { ...rest, AllowFunnel });
    await workbench.dismissNotifications();
    await workbench.palette(serveIt);
    await workbench.clickNotificationButton('publishes port 443', 'Turn Funnel Off…');
    const { detail } = await workbench.waitForModalDialog('Turn Funnel off for port 443');
    await workbench.screenshot('serve-funnel-off');
    assert.ok(detail.includes('tailscale serve --bg --https=443 --set-path=/ http://127.0.0.1:8080'), detail);
    assert.ok(detail.includes(`https://${name}/ → http://127.0.0.1:8080 (tailnet only)`), detail);
    await answerDialog(workbench, 'Turn Funnel Off');
    await workbench.waitForNotification('Only the tailnet reaches what is served there');
    assert.deepEqual(await config(), rest);
    assert.match(await healthFrom('clawql-2', `${origin}/healthz`), /^200 /);
  });
});
