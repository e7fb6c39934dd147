import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { disconnect, openPicker, paste, select } from './support/clawqlCommands.ts';
import { hostileHost, hostileName } from './support/hostileHost.ts';
import { clickInReport, readReport, waitForReport } from './support/report.ts';
import { loggedOut, running, stopped, withPeer } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const title = 'ClawQL: Diagnose';

describe('ClawQL: Diagnose', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());

  it('says first that no server is selected, and how to select one; then what is known', async () => {
    const { text, html } = await readReport(window.workbench, 'No server is selected');
    const lines = text.split('\n');
    assert.deepEqual(lines.slice(0, 5), [
      '? No server is selected',
      '2 of 4 known hosts answer as ClawQL.',
      'What to do: Select the server that this editor is to use.',
      'Select a Server',
      'Find ClawQL on My Machines',
    ]);
    assert.deepEqual(
      [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, heading]) => heading),
      ['Tailnet', 'Hosts', 'This editor'],
    );
    assert.match(text, /this machine is my-laptop\.tail-demo\.ts\.net, 6 peers are visible/);
    assert.match(text, /clawql-2\.tail-demo\.ts\.net .*online/);
    assert.match(text, /its vault cannot be written/);
    assert.match(text, /clawql-old\.tail-demo\.ts\.net .*offline/);
    assert.match(text, /ClawQL Tailnet \d+\.\d+\.\d+, VS Code \d+\.\d+\.\d+, \w+ \w+$/);
    await clickInReport(window.workbench, 'Select a Server');
    await window.workbench.waitForRow('clawql-1');
  });

  it('begins with the trouble where there is one', async () => {
    await window.know(stopped());
    const { text } = await readReport(window.workbench, 'Tailscale is stopped');
    assert.match(
      text,
      /^✗ No server is selected\nTailscale is stopped on this machine\.\nWhat to do: Run "tailscale up"\.\nCopy "tailscale up"\n/,
    );
    await clickInReport(window.workbench, 'Copy "tailscale up"');
    await eventually(
      () => paste(window.workbench),
      (pasted) => (pasted === 'tailscale up' ? true : undefined),
      (pasted) => `The clipboard holds ${pasted}`,
    );
  });

  it('walks to the selected server, ticks each step, and tries its tools when it is asked to', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    const { text } = await readReport(workbench, 'Run Again');
    // Behind an HTTP proxy 1.105 holds no tools of a server that answers.
    assert.match(text, /^(?:✓ clawql-1 answers|! clawql-1 works, with a problem)\n/);
    assert.match(text, /\nSeen at .+ from .+, within [\d.]+ m?s\.\n/);
    assert.match(text, /\n✓ Tailscale daemon answers at .+\.sock/);
    assert.match(text, /\n✓ MCP tools\/list 7: search, execute/);
    assert.match(text, /\n– VS Code's proxy 127\.0\.0\.1:\d+, by HTTPS?_PROXY\n/i);

    await clickInReport(workbench, 'Try a Search');
    assert.match((await waitForReport(workbench, 'operations in')).text, /\n✓ search 2 operations in \d/);
    await clickInReport(workbench, 'Try a GET Operation…');
    const rows = await workbench.waitForRow('documents_list');
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description]),
      [
        ['documents_list', 'GET /api/documents/'],
        ['tags_list', 'GET /api/tags/'],
      ],
    );
    await workbench.pick('documents_list');
    const tried = await waitForReport(workbench, 'execute documents_list');
    assert.match(tried.text, /\n✓ execute documents_list answered \d+ B in \d/);

    await clickInReport(workbench, 'Run Again');
    await eventually(
      () => waitForReport(workbench, 'Run Again'),
      (report) => (report.text.includes('execute documents_list') ? undefined : report),
      (report) => `The new walk still has the tools that were tried: ${report.text}`,
    );
    assert.equal((await workbench.texts('.tab')).filter((tab) => tab.includes(title)).length, 1);
  });

  it('says until when a server worked that cannot be reached any more, and has a report to hand on', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    await window.know(stopped());
    const { text } = await readReport(workbench, 'does not work');
    assert.match(text, /^✗ clawql-1 does not work\n/);
    assert.match(text, /\nIt worked until .+\. Nothing else is seen to have changed;/);
    await clickInReport(workbench, 'Copy Report');
    await workbench.waitForNotification('Copied the report');
    const copied = await paste(workbench);
    assert.match(copied, /^# ClawQL: Diagnose\s*\*\*✗ clawql-1 does not work\*\*/);
    assert.doesNotMatch(copied, /command:|Run Again|my-phone/);
  });

  it('hands on no page at which this machine is logged in', async () => {
    const { workbench } = window;
    await window.know(loggedOut());
    await readReport(workbench, 'logged out');
    await workbench.palette('ClawQL: Copy Report');
    await workbench.waitForNotification('Copied the report');
    const copied = await paste(workbench);
    assert.match(copied, /logged out of Tailscale/);
    assert.doesNotMatch(copied, /0123456789abcdef/);
  });

  it('is cancelled by closing it, and leaves nothing', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    const ended = vscode.commands.executeCommand('clawql.diagnose');
    await workbench.waitForText('.tab', title);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await ended;
    assert.deepEqual(
      (await workbench.texts('.tab')).filter((tab) => tab.includes(title)),
      [],
    );
  });
});

describe('a hostile host', function () {
  this.timeout(60_000);
  const status = () => {
    const peers = running([hostileHost]);
    return withPeer(peers, hostileHost.name, { HostName: hostileName, DNSName: '' });
  };
  const window = useWindow(status);
  const name = [
    '$(trash)[run](command:workbench.action.terminal.new)',
    '<img src=x>![p](https://evil.example/p.png) gnp',
  ];
  const version = '[click](https://evil.example) <b>5</b>';

  it('is plain text in the picker, the status bar, the tooltip and the report', async () => {
    const { workbench } = window;
    const [row] = await openPicker(workbench, '7 tools');
    assertPlain(row!.label, name);
    assertPlain(row!.description, [version]);
    assert.deepEqual(row!.icons, ['pass']);
    await workbench.pick('7 tools');

    const { message } = await workbench.waitForNotification('ClawQL on $');
    assertPlain(message, name);
    assert.deepEqual(await workbench.texts('.notification-list-item-message a'), []);

    const item = await workbench.waitForStatusBar('ClawQL: ');
    assertPlain(item.text, name);
    assert.deepEqual(item.icons, ['pass']);

    assertPlain(await workbench.hoverStatusBar('ClawQL: '), [...name, version]);
    assert.deepEqual(await workbench.texts('.workbench-hover a'), [
      'Diagnose',
      'Select another server',
      'Disconnect',
      'Show log',
    ]);
    assert.deepEqual(await workbench.texts('.workbench-hover img, .workbench-hover b, .workbench-hover .codicon'), []);

    const report = await readReport(workbench, '[run]');
    assertPlain(report.text, [...name, version]);
    assert.doesNotMatch(report.html, /<(?!\/?(?:section|h[12]|p|ul|ol|li|strong|span|a)\b)/);
    for (const [, href = ''] of report.html.matchAll(/<a href="([^"]*)"/g)) assert.match(href, /^command:clawql\./);

    await workbench.palette('ClawQL: Copy Report');
    await workbench.waitForNotification('Copied the report');
    const rendered = await vscode.commands.executeCommand<string>('markdown.api.render', await paste(workbench));
    assert.doesNotMatch(rendered, /<(?:img|b|script)\b|href="command:|<a [^>]*>(?!https?:)/);

    assertPlain((await disconnect(workbench)).message, name);
    assert.deepEqual(await workbench.texts('.notification-list-item-message a'), []);
  });

  it('that has a name which no URL can hold is reached by its address, and keeps no other from being shown', async () => {
    const { workbench } = window;
    await window.know(withPeer(running(), 'clawql-2', { DNSName: 'x@evil.example/ [y].tail-demo.ts.net.' }));
    const rows = await openPicker(workbench, 'clawql-old');
    assert.deepEqual(
      rows.filter(({ description }) => description.includes('tools')).map(({ label }) => label),
      ['clawql-1', 'x@evil'],
    );
  });
});

/** What is shown holds each text as it stands, but for the invisible spaces that keep it from being markup, and nothing that turns its direction. */
function assertPlain(shown: string, texts: readonly string[]): void {
  const visible = shown.replaceAll('\u200b', '');
  for (const text of texts) assert.ok(visible.includes(text), `${shown} has no ${text}`);
  assert.doesNotMatch(shown, /\u202e/);
}
