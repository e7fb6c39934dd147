import assert from 'node:assert/strict';
import { eventually } from '../support/editor/eventually.ts';
import { disconnect, openPicker, paste, select } from './support/clawqlCommands.ts';
import { withSetting } from './support/setting.ts';
import { running, stopped, withOffline, withoutHosts } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

/** After which a daemon whose messages the extension does not hear is asked anew (`monitorTimes.ts`). How much less it takes, the bench tells. */
const pollMs = 5_000;

describe('the hosts of the tailnet', () => {
  const window = useWindow(() => running());

  it('are told apart: healthy, degraded, refusing and offline, each with its reason', async () => {
    const rows = await openPicker(window.workbench, 'clawql-old');
    assert.deepEqual(
      rows.slice(0, 4).map(({ label, icons }) => [label, ...icons]),
      [
        ['clawql-1', 'pass'],
        ['clawql-2', 'warning'],
        ['clawql-3', 'error'],
        ['clawql-old', 'circle-slash'],
      ],
    );
    const [healthy, degraded, refusing, offline] = rows;
    assert.match(healthy!.description, /^\d+(\.\d)? ms · 7 tools · clawql-mcp 5\.0\.0$/);
    assert.equal(healthy!.detail, 'http://clawql-1.tail-demo.ts.net:8080/mcp');
    assert.equal(healthy!.separator, 'answering');
    assert.match(degraded!.description, /5 tools/);
    assert.match(degraded!.detail, /vault cannot be written.*mkdir -p "\/srv\/vault"/);
    assert.equal(refusing!.separator, 'not answering');
    assert.match(refusing!.detail, /clawql-3.*Start /);
    assert.equal(offline!.description, 'offline');
    assert.match(offline!.detail, /offline, last seen 2/);
  });

  it('appear while the picker is open', async () => {
    const { workbench, daemon } = window;
    await daemon.say(withoutHosts());
    await openPicker(workbench, 'carries tag:clawql-mcp');
    await daemon.say(running());
    const rows = await workbench.waitForRow('7 tools');
    assert.equal(rows.filter(({ label }) => label.startsWith('clawql-')).length, 4);
    assert.notEqual(await workbench.quickInput(), null);
  });

  it('cannot be chosen while they do not answer: the picker stays for one that can', async () => {
    const { workbench } = window;
    await openPicker(workbench, 'clawql-old');
    await workbench.click('.quick-input-list .monaco-list-row', 'clawql-old');
    await workbench.pick('clawql-1');
    await workbench.waitForNotification('ClawQL on clawql-1');
    assert.match(process.env['CLAWQL_MCP_URL'] ?? '', /clawql-1/);
  });

  it('are watched: the status bar says that the selected one has gone as soon as the daemon says it, and then that it is back', async () => {
    const { workbench, daemon } = window;
    await select(workbench, 'clawql-1');
    const well = await workbench.waitForStatusBar('ClawQL: clawql-1');
    assert.deepEqual(well.icons, ['pass']);
    const pushed = performance.now();
    await daemon.say(withOffline('clawql-1'));
    const gone = await workbench.waitForStatusBar('The node is offline');
    const elapsed = performance.now() - pushed;
    assert.ok(elapsed < pollMs, `${elapsed} ms`);
    assert.deepEqual([gone.text, ...gone.icons], ['ClawQL: clawql-1', 'error']);
    await daemon.say(running());
    const back = await workbench.waitForStatusBar('ClawQL on clawql-1 is well');
    assert.deepEqual(back.icons, ['pass']);
  });

  it('say in the tooltip what is wrong, and what to do about it', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-2');
    const item = await workbench.waitForStatusBar('ClawQL: clawql-2');
    assert.deepEqual(item.icons, ['warning']);
    const tooltip = await workbench.hoverStatusBar('ClawQL: clawql-2');
    assert.match(tooltip, /5 tools, but its vault cannot be written/);
    assert.match(tooltip, /What to do: On the host, run: mkdir -p/);
    assert.match(tooltip, /Round trip [\d.]+ ms/);
    assert.match(tooltip, /Not well since .*\. Seen at .* from the remote machine/);
    assert.deepEqual(await workbench.texts('.workbench-hover a'), [
      'Diagnose',
      'Select another server',
      'Disconnect',
      'Show log',
    ]);
  });

  it('are no green for a server that VS Code is not allowed to use, and are again once it is', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    await disconnect(workbench);
    await withSetting('chat.mcp.access', 'none', async () => {
      await select(workbench, 'clawql-1');
      const item = await workbench.waitForStatusBar('chat.mcp.access is none');
      assert.deepEqual([item.text, ...item.icons], ['ClawQL: clawql-1', 'warning']);
    });
    const well = await workbench.waitForStatusBar('ClawQL on clawql-1 is well');
    assert.deepEqual(well.icons, ['pass']);
  });

  it('lead from the tooltip to what can be done: it copies a command and runs none', async () => {
    const { workbench } = window;
    await window.know(stopped());
    const tooltip = await workbench.hoverStatusBar('ClawQL: No Tailnet');
    assert.match(tooltip, /Tailscale is stopped on this machine/);
    assert.deepEqual(await workbench.texts('.workbench-hover a'), [
      'Copy "tailscale up"',
      'Look Again',
      'Select a server',
    ]);
    await workbench.click('.workbench-hover a', 'Copy "tailscale up"');
    await eventually(
      () => paste(workbench),
      (text) => (text === 'tailscale up' ? true : undefined),
      (text) => `The clipboard holds ${JSON.stringify(text)}`,
    );
  });

  it('can be left by the tooltip', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    await workbench.dismissNotifications();
    await workbench.hoverStatusBar('ClawQL: clawql-1');
    await workbench.click('.workbench-hover a', 'Disconnect');
    await workbench.waitForNotification('Disconnected from');
    await workbench.waitForStatusBar('ClawQL: Select Server');
  });
});
