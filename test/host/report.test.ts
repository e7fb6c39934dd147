import assert from 'node:assert/strict';
import { disconnect, openPicker } from './support/clawqlCommands.ts';
import { hostileHost, hostileName } from './support/hostileHost.ts';
import { readReport } from './support/report.ts';
import { running, stopped, withPeer } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

describe('ClawQL: Diagnose', function () {
  this.timeout(30_000);
  const window = useWindow(() => running());

  it('begins with the verdict, and then says what it was concluded from', async () => {
    const { text, html } = await readReport(window.workbench, 'No server is selected');
    const lines = text.split('\n');
    assert.equal(lines[0], 'ClawQL: Diagnose');
    assert.match(lines[1] ?? '', /^No server is selected\. Run ClawQL: Select Tailnet MCP Server…$/);
    assert.deepEqual(
      [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, heading]) => heading),
      ['Tailnet', 'Hosts', 'This editor'],
    );
    assert.match(text, /this machine is my-laptop\.tail-demo\.ts\.net, 6 peers are visible/);
    assert.match(text, /clawql-2\.tail-demo\.ts\.net .*online/);
    assert.match(text, /its vault cannot be written/);
    assert.match(text, /clawql-old\.tail-demo\.ts\.net .*offline/);
  });

  it('begins with the trouble where there is one', async () => {
    await window.know(stopped());
    const { text } = await readReport(window.workbench, 'Tailscale is stopped');
    assert.match(text, /Tailnet\nTailscale is stopped on this machine\. Run "tailscale up"\./);
  });
});

describe('a hostile host', function () {
  this.timeout(30_000);
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
    assert.deepEqual(await workbench.texts('.workbench-hover a'), ['Diagnose', 'Select another server', 'Disconnect']);
    assert.deepEqual(await workbench.texts('.workbench-hover img, .workbench-hover b, .workbench-hover .codicon'), []);

    const report = await readReport(workbench, '[run]');
    assertPlain(report.text, [...name, version]);
    // VS Code 1.105 makes a link of an address that stands there in full: that hides nothing.
    const withoutBareLinks = report.html.replaceAll(/<a href="(https?:[^"]*)" data-href="\1">\1<\/a>/g, '');
    assert.doesNotMatch(withoutBareLinks, /<(?!\/?(?:h[12]|p|ul|li|strong|em)\b)/);

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
