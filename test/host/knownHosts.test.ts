import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPicker, select } from './support/clawqlCommands.ts';
import { enter, forget, openInput } from './support/enterUrl.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const authority = 'clawql-1.tail-demo.ts.net:8080';

describe('a URL that the user enters', () => {
  const window = useWindow(() => running());

  it('is asked, used, kept as a host, and taken out of the list again', async () => {
    const { workbench } = window;
    await enter(workbench, `http://${authority}`);
    await workbench.waitForNotification(`ClawQL on ${authority}`);
    const item = await workbench.waitForStatusBar(`ClawQL: ${authority}`);
    assert.deepEqual(item.icons, ['pass']);
    assert.equal(process.env['CLAWQL_MCP_URL'], `http://${authority}/mcp`);
    const rows = await openPicker(workbench, authority);
    const row = rows.find(({ label }) => label === authority);
    assert.match(row?.description ?? '', /^selected · .* 7 tools/);
    await workbench.dismissQuickInput();
    await forget(workbench);
    await workbench.waitForStatusBar('is not among');
  });

  it('stays of use where there is no daemon', async () => {
    const { workbench, daemon } = window;
    await enter(workbench, `http://${authority}`);
    await workbench.waitForStatusBar(`ClawQL: ${authority}`);
    await daemon.stop();
    const rows = await openPicker(workbench, 'The tailnet is not visible from');
    assert.deepEqual(
      rows.map(({ label }) => label).filter((label) => label === authority),
      [authority],
    );
    await workbench.dismissQuickInput();
    await vscode.commands.executeCommand('clawql.refresh');
    const { icons } = await workbench.waitForStatusBar(`ClawQL: ${authority}`);
    assert.deepEqual(icons, ['pass']);
    await forget(workbench);
  });

  it('is not taken before it is one, and what is wrong with it is said while it is typed', async () => {
    const { workbench } = window;
    await openInput(workbench);
    await workbench.type('http://me:secret@clawql-1/mcp');
    await workbench.waitForText('.quick-input-message', 'Leave user and password out');
    await workbench.press('Enter');
    assert.notEqual(await workbench.quickInput(), null);
    await workbench.dismissQuickInput();
    assert.equal(process.env['CLAWQL_MCP_URL'], undefined);
  });

  it('that does not answer is used only when the user says so', async () => {
    const { workbench } = window;
    await enter(workbench, 'http://clawql-3.tail-demo.ts.net:8080/mcp');
    // Not the one that shows the progress.
    const { severity, buttons } = await workbench.waitForNotification('Start ');
    assert.deepEqual([severity, buttons], ['warning', ['Use It Anyway']]);
    await workbench.dismissNotifications();
    const rows = await openPicker(workbench, 'Enter a URL…');
    assert.ok(!rows.some(({ label }) => label.includes('clawql-3.tail-demo.ts.net')));
  });
});

describe('a search of the own machines', () => {
  const window = useWindow(() => running([]));

  it('is offered where no node carries the tag, and says what it came to', async () => {
    const { workbench } = window;
    await workbench.waitForStatusBar('ClawQL: No Host');
    await openPicker(workbench, 'Find ClawQL on My Machines…');
    await workbench.screenshot('no-host');
    await workbench.pick('Find ClawQL on My Machines…');
    const { message, buttons } = await workbench.waitForNotification('did not answer as ClawQL');
    assert.match(message, /^ClawQL: .* did not answer as ClawQL on port 443 or 8080\. Name the host in clawql\.hosts/);
    assert.deepEqual(buttons, ['Select Server…']);
  });
});

describe('a machine that changes the tailnet', () => {
  const window = useWindow(() => running());

  it('is told once, and what was chosen is kept, unknown rather than gone', async () => {
    const { workbench, daemon } = window;
    await select(workbench, 'clawql-1');
    await workbench.dismissNotifications();
    const status = running();
    const CurrentTailnet = { Name: 'bob@example.org', MagicDNSSuffix: 'corp.ts.net', MagicDNSEnabled: true };
    await daemon.say({ ...status, CurrentTailnet });
    const { message } = await workbench.waitForNotification('is in the tailnet bob@example.org now');
    assert.match(message, /clawql-1 was chosen in ClawQL demo and is kept/);
    const { icons } = await workbench.waitForStatusBar('ClawQL: clawql-1');
    assert.deepEqual(icons, ['question']);
    await workbench.dismissNotifications();
    await daemon.say({ ...status, CurrentTailnet, Health: ['changed'] });
    await vscode.commands.executeCommand('clawql.refresh');
    assert.deepEqual(await workbench.notifications(), []);
    await daemon.say(status);
    const back = await workbench.waitForStatusBar('ClawQL on clawql-1 is well');
    assert.deepEqual(back.icons, ['pass']);
  });
});
