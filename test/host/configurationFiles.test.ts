import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { readBytes, writeBytes } from './support/bytes.ts';
import { disconnect, select, writeItTo } from './support/clawqlCommands.ts';
import { fileUri, workspaceState, writeFile } from './support/files.ts';
import { withFormatter } from './support/formatter.ts';
import { homeFile, useHomeFolders } from './support/homeFiles.ts';
import { withSetting } from './support/setting.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const vscodeFile = '.vscode/mcp.json';
const cursorFile = '.cursor/mcp.json';
const claudeFile = '.mcp.json';
const devinFile = '.devin/mcp_config.json';
const cursorHome = '.cursor/mcp.json';
const windsurfHome = '.codeium/windsurf/mcp_config.json';

const firstUrl = 'http://clawql-1.tail-demo.ts.net:8080/mcp';
const secondUrl = 'http://clawql-2.tail-demo.ts.net:8080/mcp';

function pathOf(name: string): string {
  return fileUri(name).fsPath;
}

describe('a configuration file', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());
  useHomeFolders('.cursor', '.codeium/windsurf');

  /** By the palette; returns what the extension says of the file. */
  const write = async (row: string): Promise<string> => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await writeItTo(window.workbench, row);
    return (await window.workbench.waitForNotification(row)).message;
  };

  it('that cannot be changed safely keeps its bytes, and the reason is said', async () => {
    const servers = '"servers": { "clawql": { "url": "http://one.example/mcp" }';
    const refused = [
      {
        file: vscodeFile,
        text: `{\n  ${servers},\n    "clawql": {} }\n}\n`,
        reason: /line 3, column 5 is not as it should be: "clawql" stands here a second time: remove one of them/,
      },
      {
        file: vscodeFile,
        text: `{\n  ${servers} },\n  "servers": {}\n}\n`,
        reason: /line 3, column 3 is not as it should be: "servers" stands here a second time: remove one of them/,
      },
      {
        file: vscodeFile,
        text: '{\n  "mcpServers": { "clawql": { "url": "http://one.example/mcp" } }\n}\n',
        reason:
          /line 2, column 3 is not as it should be: VS Code reads the servers .* from "servers", not from "mcpServers"/,
      },
      {
        file: claudeFile,
        text: JSON.stringify({ mcpServers: {}, padding: 'x'.repeat(1024 * 1024) }),
        reason: /was not written: it is larger than 1 MB, so it is not changed: put the entry there yourself\./,
      },
      {
        file: cursorFile,
        text: Buffer.from('{ // gr\xfcn\n  "mcpServers": {}\n}\n', 'latin1'),
        reason: /was not written: it is not UTF-8 text\./,
      },
    ];
    await select(window.workbench, 'clawql-1');
    for (const { file, text, reason } of refused) {
      await writeBytes(pathOf(file), text);
      const before = await workspaceState();
      assert.match(await write(file), reason);
      assert.deepEqual(await workspaceState(), before);
    }
  });

  it('that the editor does not save keeps its bytes, and so do the changes in it that were not saved', async () => {
    const text = '{\n  "mcpServers": {}\n}\n';
    await writeFile(claudeFile, text);
    await select(window.workbench, 'clawql-1');
    await withSetting('files.readonlyInclude', { [`**/${claudeFile}`]: true }, async () => {
      const said = await write(claudeFile);
      assert.match(said, /was not written: the editor could not save it, so the change was taken back there/);
    });
    assert.equal(await readBytes(pathOf(claudeFile)), text);
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === pathOf(claudeFile));
    assert.equal(open?.getText(), text);
  });

  it('is changed where the entry stands, and in no other byte, whatever its line ends, mark and encoding', async () => {
    const { workbench } = window;
    const files = [
      { file: vscodeFile, text: '\ufeff{\r\n\t// ours\r\n\t"servers": {}\r\n}', encoding: 'utf8' },
      { file: cursorFile, text: '{\r\n  "a": 1,\n  "mcpServers": {\n  },\r\n  "b": 2 }\n', encoding: 'utf8' },
      { file: claudeFile, text: '{\n  "mcpServers": {\n    "h\xe9": { "command": "x" }\n  }\n}\n', encoding: 'latin1' },
    ] as const;
    for (const { file, text, encoding } of files) await writeBytes(pathOf(file), Buffer.from(text, encoding));
    // As "Reopen with Encoding" does.
    await vscode.workspace.openTextDocument(fileUri(claudeFile), { encoding: 'iso88591' });
    const before = await workspaceState();
    await select(workbench, 'clawql-1');
    for (const { file } of files) assert.match(await write(file), /^Written to /);
    const [ofVSCode, ofCursor, ofClaude] = await Promise.all(files.map(({ file }) => readBytes(pathOf(file))));
    const url = '"url": "http://${env:CLAWQL_MCP_HOST}/mcp"';
    assert.equal(
      ofVSCode,
      `\xef\xbb\xbf{\r\n\t// ours\r\n\t"servers": {\r\n\t\t"clawql": {\r\n\t\t\t"type": "http",\r\n\t\t\t${url}\r\n\t\t}\r\n\t}\r\n}`,
    );
    assert.equal(
      ofCursor,
      '{\r\n  "a": 1,\n  "mcpServers": {\r\n    "clawql": {\r\n      "url": "${env:CLAWQL_MCP_URL}"\r\n    }\n  },\r\n  "b": 2 }\n',
    );
    assert.equal(
      ofClaude,
      '{\n  "mcpServers": {\n    "h\xe9": { "command": "x" },\n    "clawql": {\n      "type": "http",\n      "url": "${CLAWQL_MCP_URL}"\n    }\n  }\n}\n',
    );
    await disconnect(workbench);
    assert.deepEqual(await workspaceState(), before);
  });

  it('that a symbolic link leads to is changed in its place', async () => {
    const { workbench } = window;
    const text = '{\n  "servers": {}\n}\n';
    await writeBytes(pathOf('shared/mcp.json'), text);
    await fs.mkdir(pathOf('.vscode'));
    await fs.symlink('../shared/mcp.json', pathOf(vscodeFile));
    await select(workbench, 'clawql-1');
    assert.match(await write(vscodeFile), /^Written to /);
    assert.match(await readBytes(pathOf('shared/mcp.json')), /CLAWQL_MCP_HOST/);
    assert.equal(await fs.readlink(pathOf(vscodeFile)), '../shared/mcp.json');
    await disconnect(workbench);
    assert.equal(await readBytes(pathOf('shared/mcp.json')), text);
    assert.equal(await fs.readlink(pathOf(vscodeFile)), '../shared/mcp.json');
  });

  it('without the permission to write it is written by root alone, as by the editor itself', async () => {
    const { workbench } = window;
    const text = '{\n  "mcpServers": {}\n}\n';
    await writeBytes(pathOf(claudeFile), text);
    await fs.chmod(pathOf(claudeFile), 0o444);
    const isRoot = process.getuid?.() === 0;
    await select(workbench, 'clawql-1');
    assert.match(await write(claudeFile), isRoot ? /^Written to / : /the editor could not save it/);
    await disconnect(workbench);
    assert.equal(await readBytes(pathOf(claudeFile)), text);
    assert.equal((await fs.stat(pathOf(claudeFile))).mode & 0o777, 0o444);
  });

  it("of the user's own holds the URL itself, and follows another pick", async () => {
    const { workbench } = window;
    const text = '{\n  "mcpServers": {}\n}\n';
    await writeBytes(homeFile('.cursor/dotfiles.json'), text);
    await fs.symlink('dotfiles.json', homeFile(cursorHome));
    await select(workbench, 'clawql-1');
    for (const file of [cursorHome, windsurfHome]) {
      assert.match(await write(`~/${file}`), /It holds the URL itself, so (Cursor|Windsurf) needs no variable for it/);
    }
    assert.deepEqual(JSON.parse(await readBytes(homeFile(cursorHome))), { mcpServers: { clawql: { url: firstUrl } } });
    await select(workbench, 'clawql-2');
    for (const file of [cursorHome, windsurfHome]) {
      const key = file === cursorHome ? 'url' : 'serverUrl';
      assert.deepEqual(JSON.parse(await readBytes(homeFile(file))), { mcpServers: { clawql: { [key]: secondUrl } } });
    }
    assert.equal(await fs.readlink(homeFile(cursorHome)), 'dotfiles.json');
    await disconnect(workbench);
    assert.equal(await readBytes(homeFile('.cursor/dotfiles.json')), text);
    assert.equal(await fs.readlink(homeFile(cursorHome)), 'dotfiles.json');
    assert.deepEqual(await fs.readdir(homeFile('.codeium/windsurf')), []);
  });

  it('that is open keeps what was not saved, and one undo takes the entry back', async () => {
    const { workbench } = window;
    await writeFile(devinFile, '{\n  "mcpServers": {\n  }\n}\n');
    const document = await vscode.workspace.openTextDocument(fileUri(devinFile));
    const typing = new vscode.WorkspaceEdit();
    typing.insert(document.uri, new vscode.Position(1, 17), '\n    // to be done');
    // A workbench in a browser saves after a second otherwise.
    await withSetting('files.autoSave', 'off', async () => {
      await select(workbench, 'clawql-1');
      await vscode.workspace.applyEdit(typing);
      const unsaved = document.getText();
      assert.match(await write(devinFile), /^Written to /);
      assert.match(document.getText(), /\/\/ to be done\n {4}"clawql": \{/);
      assert.equal(document.isDirty, false);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), unsaved);
    });
  });

  it('that is formatted whenever it is saved is still known, follows, and loses nothing but the entry', async () => {
    const { workbench } = window;
    const own = { url: 'https://mine.example/mcp', headers: {} };
    await writeFile(vscodeFile, '{"servers": {}, "inputs": []}');
    await writeBytes(homeFile(cursorHome), `{"mcpServers":{"clawql":${JSON.stringify(own)}}}`);
    const files = [fileUri(vscodeFile), vscode.Uri.file(homeFile(cursorHome))];
    await withFormatter(files, async (formatted) => {
      await select(workbench, 'clawql-1');
      await write(vscodeFile);
      const entry = { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp' };
      assert.equal(await readBytes(pathOf(vscodeFile)), formatted({ servers: { clawql: entry }, inputs: [] }));
      await vscode.commands.executeCommand('notifications.clearAll');
      await writeItTo(workbench, `~/${cursorHome}`);
      await workbench.waitForModalDialog('has a server "clawql" already');
      await workbench.clickDialogButton('Replace It');
      await workbench.waitForNotification('Written to ~/');
      const withUrl = (url: string): string => formatted({ mcpServers: { clawql: { url, headers: {} } } });
      assert.equal(await readBytes(homeFile(cursorHome)), withUrl(firstUrl));
      await select(workbench, 'clawql-2');
      assert.equal(await readBytes(homeFile(cursorHome)), withUrl(secondUrl));
      await disconnect(workbench);
      assert.equal(await readBytes(pathOf(vscodeFile)), formatted({ servers: {}, inputs: [] }));
      assert.equal(await readBytes(homeFile(cursorHome)), formatted({ mcpServers: { clawql: own } }));
    });
  });

  it('.env is written without a question where git ignores it, and with one where it does not', async () => {
    const { workbench } = window;
    const text = await readBytes(pathOf('.env'));
    const git = (...args: readonly string[]) => promisify(execFile)('git', args, { cwd: pathOf('') });
    /** What it asks, answered with Cancel. */
    const asked = async (): Promise<string> => {
      const done = vscode.commands.executeCommand('clawql.writeMcpJson');
      await workbench.pick("ClawQL's workflow scripts");
      const { message, detail } = await workbench.waitForModalDialog('.env');
      assert.match(detail, /The name of the host goes into it, and with a commit to everybody/);
      await workbench.clickDialogButton('Cancel');
      await done;
      assert.equal(await readBytes(pathOf('.env')), text);
      return message;
    };
    await select(workbench, 'clawql-1');
    assert.equal(await asked(), '.env is not ignored by git.');
    await git('add', '.env');
    assert.equal(await asked(), '.env is tracked by git.');
    await git('rm', '--cached', '--quiet', '.env');
    await writeBytes(pathOf('.gitignore'), '/.env\n');
    const done = vscode.commands.executeCommand('clawql.writeMcpJson');
    await workbench.pick("ClawQL's workflow scripts");
    await workbench.waitForModalDialog('.env has a value for CLAWQL_MCP_URL already');
    await workbench.clickDialogButton('Replace It');
    await done;
    await workbench.waitForNotification('scripts that read it find CLAWQL_MCP_URL there');
    assert.equal(await readBytes(pathOf('.env')), text.replace('http://localhost:8080/mcp', firstUrl));
    await disconnect(workbench);
    assert.equal(await readBytes(pathOf('.env')), text);
  });
});
