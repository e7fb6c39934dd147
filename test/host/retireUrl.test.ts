import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { waitForInput } from '../support/editor/waitForInput.ts';
import { readBytes, writeBytes } from './support/bytes.ts';
import { select } from './support/clawqlCommands.ts';
import { fileUri, workspaceState } from './support/files.ts';
import { homeFile, useHomeFolders } from './support/homeFiles.ts';
import { withSetting } from './support/setting.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const url = 'https://8.8.8.8/mcp';
const endpoint = 'http://clawql-1.tail-demo.ts.net:8080/mcp';
const placeholder = 'http://your-clawql-host:8080/mcp';
const secret = 'ghp_0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f';

const vscodeText = (to: string): string =>
  `{\n\t// ours\n\t"servers": {\n\t\t"clawql": { "url": "${to}", "headers": { "Authorization": "Bearer ${secret}" } },\n\t}\n}\n`;
const ownText = (to: string): string => `{ "mcpServers": { "clawql": { "url": "${to}" } } }\n`;
const mixedText = (to: string): string => `one\r\ntwo ${to}\nthree\n`;
const readmeText = (to: string): string => `# Ours\n\nConnect to <${to}>. Not to https://8.8.8.80/mcp.\n`;

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The rows of VS Code's own preview of a refactoring. */
const previewRows = '.bulk-edit-panel .monaco-list-row';

describe('Retire a Public MCP URL…', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());
  // One for each test, and none that another suite opens: the editor keeps a file open that it has compared, and what is open goes through it.
  const ownFiles = ['.kiro/settings/mcp.json', '.ai/mcp/mcp.json', '.junie/mcp/mcp.json', '.copilot/mcp-config.json'];
  let used = 0;
  const own = (): string => homeFile(ownFiles[used % ownFiles.length] ?? '');
  afterEach('the next test has another file', () => void (used += 1));
  useHomeFolders(...ownFiles.map((file) => path.posix.dirname(file)));

  const write = async (): Promise<void> => {
    await writeBytes(fileUri('.vscode/mcp.json').fsPath, vscodeText(url));
    await writeBytes(fileUri('docs/README.md').fsPath, readmeText(url));
    await writeBytes(fileUri('.cursor/mcp.json').fsPath, `{ "mcpServers": { "clawql": { "url": "${url}" }\n`);
    await writeBytes(own(), ownText(url));
    await eventually(
      async () => vscode.workspace.findFiles('docs/README.md'),
      (found) => (found.length === 1 ? true : undefined),
      () => 'The editor does not find the file',
    );
  };

  const begin = async (): Promise<void> => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    await write();
    await vscode.commands.executeCommand('notifications.clearAll');
    await workbench.palette('ClawQL: Retire a Public MCP URL…');
    const [row] = await workbench.waitForRow(url);
    assert.equal(row?.label, url);
    assert.match(`${row.description} ${row.detail}`, /public \(8\.8\.8\.8\).*In \d+ entries/);
    await workbench.pick(url);
  };

  it('leaves everything as it was when the comparison of files outside is left', async () => {
    const { workbench } = window;
    await begin();
    const before = await workspaceState();
    const { message } = await workbench.waitForNotification('as the comparison shows');
    assert.match(
      message,
      /^ClawQL: replace https:\/\/8\.8\.8\.8\/mcp in 1 file as the comparison shows\? The other files are shown next/,
    );
    await workbench.clickNotificationButton('as the comparison shows', 'Leave It');
    await workbench.waitForNotification('nothing was changed');
    assert.deepEqual(await workspaceState(), before);
    assert.equal(await readBytes(own()), ownText(url));
  });

  it("leaves everything as it was when VS Code's preview is discarded", async () => {
    const { workbench } = window;
    await begin();
    const before = await workspaceState();
    await workbench.clickNotificationButton('as the comparison shows', 'Replace');
    await workbench.waitForText(previewRows, 'README.md');
    await vscode.commands.executeCommand('refactorPreview.discard');
    await workbench.waitForNotification('nothing was changed');
    assert.deepEqual(await workspaceState(), before);
    assert.equal(await readBytes(own()), ownText(url));
  });

  it('replaces what is ticked, each file in its own form and to the byte, and says what is left', async () => {
    const { workbench } = window;
    await writeBytes(fileUri('mixed.md').fsPath, mixedText(url));
    await begin();
    const before = await workspaceState();
    await workbench.waitForNotification('as the comparison shows');
    await workbench.screenshot('retire-comparison');
    await workbench.clickNotificationButton('as the comparison shows', 'Replace');
    await workbench.waitForText(previewRows, 'README.md');
    await workbench.waitForNotification('Tick what is to be replaced, and press Apply');
    await workbench.screenshot('retire-preview');
    await workbench.click('.bulk-edit-panel .monaco-button', 'Apply');
    await eventually(
      () => workbench.webviewHtml(),
      (html) => (html?.includes('What is left') === true ? true : undefined),
      (html) => `The document shows ${html ?? 'nothing'}`,
    );
    await workbench.screenshot('retire-result');
    const html = (await workbench.webviewHtml()) ?? '';
    assert.match(html, /2 uses of https:\/\/8\.8\.8\.8\/mcp are left/);
    assert.match(html, /\.cursor\/mcp\.json, line 1:.*The file does not parse, so it is not written/s);
    assert.match(html, /docs\/README\.md, line 3:.*It was not replaced\./s);
    assert.ok(!html.includes(secret), 'a secret is shown');
    assert.deepEqual(await workspaceState(), {
      ...before,
      '.vscode/mcp.json': base64(vscodeText('http://${env:CLAWQL_MCP_HOST}/mcp')),
      'mixed.md': base64(mixedText(placeholder)),
    });
    assert.equal(await readBytes(own()), ownText(endpoint));
  });

  it('says that nothing uses the URL any more once all is replaced', async () => {
    const { workbench } = window;
    await begin();
    await writeBytes(fileUri('.cursor/mcp.json').fsPath, '{}');
    await workbench.clickNotificationButton('as the comparison shows', 'Replace');
    await workbench.waitForText(previewRows, 'README.md');
    await workbench.click(`${previewRows}:has-text("README.md") .edit-checkbox`, '');
    await workbench.click('.bulk-edit-panel .monaco-button', 'Apply');
    await eventually(
      () => workbench.webviewHtml(),
      (html) => (html?.includes('Nothing here uses https://8.8.8.8/mcp any more') === true ? true : undefined),
      (html) => `The document shows ${html ?? 'nothing'}`,
    );
    assert.equal(await readBytes(fileUri('docs/README.md').fsPath), readmeText(placeholder));
    assert.equal(await readBytes(own()), ownText(endpoint));
    await workbench.screenshot('retire-done');
  });

  it("leaves the user's own edits unsaved, and reads and writes UTF-16 in its own form", async () => {
    const { workbench } = window;
    const typed = 'https://mcp.own.dev/mcp';
    const notes = (to: string): Buffer => Buffer.from(`\ufeffAt ${to}\r\n`, 'utf16le');
    await writeBytes(fileUri('notes.txt').fsPath, notes(typed));
    await withSetting('files.autoSave', 'off', () =>
      withSetting('files.refactoring.autoSave', false, async () => {
        const documents: vscode.TextDocument[] = [];
        for (const name of ['ticked.md', 'left.md']) {
          await writeBytes(fileUri(name).fsPath, `${typed}\n`);
          const document = await vscode.workspace.openTextDocument(fileUri(name));
          const edit = new vscode.WorkspaceEdit();
          edit.insert(document.uri, new vscode.Position(1, 0), 'mine\n');
          await vscode.workspace.applyEdit(edit);
          documents.push(document);
        }
        await workbench.palette('ClawQL: Retire a Public MCP URL…');
        await waitForInput(workbench, 'https://mcp.example.com/mcp');
        await workbench.type(typed);
        await workbench.press('Enter');
        await workbench.waitForRow('clawql-2');
        await workbench.pick('clawql-2');
        for (const name of ['notes.txt', 'ticked.md']) {
          await workbench.waitForText(previewRows, name);
          await workbench.click(`${previewRows}:has-text("${name}") .edit-checkbox`, '');
        }
        await workbench.click('.bulk-edit-panel .monaco-button', 'Apply');
        await eventually(
          () => workbench.webviewHtml(),
          (html) => (html?.includes('1 use of https://mcp.own.dev/mcp is left') === true ? true : undefined),
          (html) => `The document shows ${html ?? 'nothing'}`,
        );
        const html = (await workbench.webviewHtml()) ?? '';
        assert.match(
          html,
          /ticked\.md was changed in the editor, and has your own unsaved changes too: save it there\./,
        );
        assert.doesNotMatch(html, /left\.md was changed/);
        assert.deepEqual(
          documents.map(({ isDirty }) => isDirty),
          [true, true],
        );
        for (const name of ['ticked.md', 'left.md']) assert.equal(await readBytes(fileUri(name).fsPath), `${typed}\n`);
        assert.equal((await workspaceState())['notes.txt'], notes(placeholder).toString('base64'));
        for (const document of documents) await document.save();
      }),
    );
  });

  it('takes a URL that is typed, and one of the servers that answer', async () => {
    const { workbench } = window;
    const typed = 'https://mcp.acme.dev/mcp';
    await writeBytes(fileUri('go.sh').fsPath, `curl ${typed}\ncurl https://mcp.acme.dev.evil/mcp\n`);
    await workbench.palette('ClawQL: Retire a Public MCP URL…');
    await waitForInput(workbench, 'https://mcp.example.com/mcp');
    await workbench.type(typed);
    await workbench.press('Enter');
    await workbench.waitForRow('clawql-2');
    await workbench.pick('clawql-2');
    await workbench.waitForText(previewRows, 'go.sh');
    await workbench.click(`${previewRows}:has-text("go.sh") .edit-checkbox`, '');
    await workbench.click('.bulk-edit-panel .monaco-button', 'Apply');
    await eventually(
      () => workbench.webviewHtml(),
      (html) => (html?.includes('CLAWQL_MCP_URL=http://clawql-2.tail-demo.ts.net') === true ? true : undefined),
      (html) => `The document shows ${html ?? 'nothing'}`,
    );
    assert.match((await workbench.webviewHtml()) ?? '', /Nothing here uses https:\/\/mcp\.acme\.dev\/mcp any more/);
    assert.equal(
      await readBytes(fileUri('go.sh').fsPath),
      'curl ${CLAWQL_MCP_URL}\ncurl https://mcp.acme.dev.evil/mcp\n',
    );
  });
});
