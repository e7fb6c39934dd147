import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { disconnect, paste, select, writeItTo } from './support/clawqlCommands.ts';
import { fileUri, readFile, workspaceState, writeFile } from './support/files.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const vscodeFile = '.vscode/mcp.json';
const cursorFile = '.cursor/mcp.json';

/** The comma after the second server's key is missing in line 4, in a file whose bytes a formatter would change. */
const broken =
  '\ufeff{\r\n\t"servers": {\r\n\t\t"one": { "type": "http", "url": "http://one.example/mcp" }\r\n\t\t"two": {}\r\n\t}\r\n}';

/** An entry of the user's own, with a comment, tabs, a trailing comma and no line end: all of that has to come back. */
const own = `{
\t// ours, do not touch
\t"servers": {
\t\t"clawql": { "type": "http", "url": "https://mine.example/mcp", "headers": {} },
\t},
}`;

describe('ClawQL: Write It to mcp.json…', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());

  it('writes nothing to a file that does not parse, says where and why, and opens it there', async () => {
    const { workbench } = window;
    await writeFile(vscodeFile, broken);
    const before = await workspaceState();
    await select(workbench, 'clawql-1');
    await writeItTo(workbench, vscodeFile);
    const { message, severity, buttons } = await workbench.waitForNotification('nothing was written');
    assert.equal(severity, 'error');
    assert.match(
      message,
      /\.vscode\/mcp\.json, line 4, column 3 is not as it should be: a comma belongs here\..*Mend it, then run this again\./,
    );
    assert.deepEqual(buttons, ['Open It There']);
    assert.deepEqual(await workspaceState(), before);
    await workbench.clickNotificationButton('nothing was written', 'Open It There');
    await workbench.waitForText('.statusbar-item', 'Ln 4, Col');
    // The window shows it first, and then tells this extension host.
    const editor = await eventually(
      () => Promise.resolve(vscode.window.activeTextEditor),
      (active) => (active?.selection.active.line === 3 ? active : undefined),
      (active) => `The active editor is ${active?.document.uri.toString() ?? 'none'}`,
    );
    assert.equal(editor.document.uri.toString(), fileUri(vscodeFile).toString());
    assert.deepEqual(editor.selection.active, new vscode.Position(3, 2));
    assert.deepEqual(await workspaceState(), before);
  });

  it("asks before it replaces an entry of the user's own, and takes Cancel for a no", async () => {
    const { workbench } = window;
    await writeFile(vscodeFile, own);
    await select(workbench, 'clawql-1');
    const done = vscode.commands.executeCommand('clawql.writeMcpJson');
    await workbench.pick(vscodeFile);
    const dialog = await workbench.waitForModalDialog('has a server "clawql" already');
    assert.match(dialog.message, /^\.vscode\/mcp\.json /);
    assert.match(dialog.detail, /https:\/\/mine\.example\/mcp.*Disconnect brings it back/);
    assert.deepEqual(dialog.buttons.toSorted(), ['Cancel', 'Replace It']);
    await workbench.clickDialogButton('Cancel');
    await done;
    assert.equal(await readFile(vscodeFile), own);
  });

  it('replaces it when the user says so, and Disconnect brings the old bytes back', async () => {
    const { workbench } = window;
    await writeFile(vscodeFile, own);
    await select(workbench, 'clawql-1');
    await writeItTo(workbench, vscodeFile);
    await workbench.waitForModalDialog('has a server "clawql" already');
    await workbench.clickDialogButton('Replace It');
    await workbench.waitForNotification('Written to .vscode/mcp.json');
    const written = await readFile(vscodeFile);
    assert.match(written, /\/\/ ours, do not touch/);
    assert.match(written, /"url": "http:\/\/\$\{env:CLAWQL_MCP_HOST\}\/mcp"/);
    assert.doesNotMatch(written, /mine\.example|clawql-1/);
    await disconnect(workbench);
    assert.equal(await readFile(vscodeFile), own);
  });

  it('writes the variable for Cursor, says what Cursor needs, and copies the command that gives it', async () => {
    const { workbench } = window;
    const before = await workspaceState();
    await select(workbench, 'clawql-1');
    await writeItTo(workbench, cursorFile);
    const { message, buttons } = await workbench.waitForNotification('Written to .cursor/mcp.json');

    assert.match(message, /Cursor takes CLAWQL_MCP_URL from the environment.*start Cursor again/);
    assert.deepEqual(buttons, ['Copy the Command']);
    await workbench.clickNotificationButton('Written to .cursor/mcp.json', 'Copy the Command');
    const command = await eventually(
      () => paste(workbench),
      (text) => (text.includes('CLAWQL_MCP_URL') ? text : undefined),
      (text) => `The clipboard holds ${JSON.stringify(text)}`,
    );
    assert.match(command, /'CLAWQL_MCP_URL=http:\/\/clawql-1\.tail-demo\.ts\.net:8080\/mcp' >> /);
    await disconnect(workbench);
    assert.deepEqual(await workspaceState(), before);
  });
});
