import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { select } from './support/clawqlCommands.ts';
import { fileUri, readFile, writeFile } from './support/files.ts';
import { apply, ownDiagnostics, waitForProblems } from './support/problems.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const localUrl = 'http://localhost:8080/mcp';
const hostUrl = 'http://clawql-1.tail-demo.ts.net:8080/mcp';
const fixAllKind = 'source.fixAll.clawql';

/** The place behind a text of a file. */
async function after(name: string, text: string): Promise<vscode.Position> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${name} does not hold ${text}`);
  return document.positionAt(offset + text.length);
}

async function completions(name: string, text: string, trigger?: string): Promise<readonly vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    fileUri(name),
    await after(name, text),
    trigger,
  );
  // Words of the text are the editor's own suggestions.
  return items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
}

async function hover(name: string, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    fileUri(name),
    await after(name, text),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

async function fixAll(name: string): Promise<readonly vscode.CodeAction[]> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', fileUri(name), all, fixAllKind);
}

/** Writes a file that no editor opens. */
async function writeClosed(name: string, text: string): Promise<void> {
  const file = fileUri(name).fsPath;
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text);
}

function countAt(name: string, count: number): Promise<true> {
  return eventually(
    () => Promise.resolve(ownDiagnostics(fileUri(name)).length),
    (found) => (found === count ? true : undefined),
    (found) => `${name} has ${found} problems and not ${count}`,
  );
}

/** Makes a folder, and resolves when the editor has heard of it: a folder in one that has just been made can escape its watcher for good. */
async function makeFolder(name: string): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`);
  const { promise: heard, resolve } = Promise.withResolvers<undefined>();
  watcher.onDidCreate(() => resolve(undefined));
  try {
    await fs.mkdir(fileUri(name).fsPath);
    await heard;
  } finally {
    watcher.dispose();
  }
}

/** Milliseconds after which the editor's watcher has missed a change: on Linux it does so in a folder that has just been made. */
const missedAfter = 2_000;

/** Changes a file that is not open, once more where the editor has missed it, until there are so many problems in `name`. */
async function changeUntil(name: string, count: number, file: string, text: string): Promise<void> {
  await writeClosed(file, text);
  let written = performance.now();
  await eventually(
    async () => {
      if (performance.now() - written > missedAfter) {
        await writeClosed(file, text);
        written = performance.now();
      }
      return ownDiagnostics(fileUri(name)).length;
    },
    (found) => (found === count ? true : undefined),
    (found) => `${name} has ${found} problems and not ${count}`,
  );
}

describe('help while writing', function () {
  this.timeout(30_000);
  const window = useWindow(() => running());

  it('completes an endpoint in a .env, and the variable in a mcp.json', async () => {
    const items = await completions('.env', 'CLAWQL_MCP_URL=', '=');
    const item = items.find(({ insertText }) => insertText === hostUrl);
    assert.match(item?.detail ?? '', /^clawql-1 · .* ms · clawql-mcp /);
    const file = 'completed/.cursor/mcp.json';
    await writeFile(file, '{ "mcpServers": { "clawql": { "url": "" } } }');
    const [first] = await completions(file, '"url": "', '"');
    assert.equal(first?.insertText, '${env:CLAWQL_MCP_URL}');
  });

  it("completes names in a .env of ClawQL's, and none in another one", async () => {
    await writeFile('names/.env', 'CLAWQL_X=1\nPAPER');
    const names = await completions('names/.env', 'PAPER');
    assert.ok(
      names.some(({ label, insertText }) => label === 'PAPERLESS_BASE_URL' && insertText === 'PAPERLESS_BASE_URL='),
    );
    await writeFile('other/.env', 'NODE_ENV=x\nPAPER');
    assert.deepEqual(await completions('other/.env', 'PAPER'), []);
  });

  it('tells on hover what a variable and a server come to', async () => {
    assert.match(await hover('.env', 'TIKA_BASE'), /is on the public internet.* Seen from .*Apache Tika server/s);
    const file = 'hovered/.vscode/mcp.json';
    await writeFile(file, `{ "servers": { "clawql": { "url": "${localUrl}" } } }`);
    assert.match(await hover(file, 'http://local'), /the machine itself on which it is read.*VS Code calls/s);
    assert.equal(await hover('.env', 'LOG_LEV'), '');
  });

  it('links the API descriptions that are there', async () => {
    await writeClosed('links/spec.yaml', 'openapi: 3.1.0\n');
    await writeFile('links/.env', 'CLAWQL_SPEC_PATHS=./spec.yaml,./gone.yaml\n');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      fileUri('links/.env'),
      10,
    );
    assert.deepEqual(
      links.map(({ target }) => target?.toString()),
      [fileUri('links/spec.yaml').toString()],
    );
  });

  it('mends all that has one right answer, by its command and when the file is saved', async () => {
    const text = await readFile('.env');
    await waitForProblems('.env', 2);
    assert.deepEqual(await fixAll('.env'), [], 'two hosts have answered, so none is proved');
    await select(window.workbench, 'clawql-1');
    const [action] = await eventually(
      () => fixAll('.env'),
      (actions) => (actions.length > 0 ? actions : undefined),
      () => 'Nothing is mended',
    );
    assert.equal(action?.kind?.value, fixAllKind);
    assert.equal(await apply(action, '.env'), text.replace(localUrl, hostUrl));

    await writeFile('saved/.env', `CLAWQL_MCP_URL=${localUrl}\n`);
    await waitForProblems('saved/.env', 1);
    const editor = vscode.workspace.getConfiguration('editor');
    await editor.update('codeActionsOnSave', { [fixAllKind]: 'explicit' }, vscode.ConfigurationTarget.Global);
    try {
      const document = await vscode.workspace.openTextDocument(fileUri('saved/.env'));
      const shown = await vscode.window.showTextDocument(document);
      await shown.edit((edit) => edit.insert(document.positionAt(0), '# ours\n'));
      await document.save();
      assert.equal(await readFile('saved/.env'), `# ours\nCLAWQL_MCP_URL=${hostUrl}\n`);
    } finally {
      await editor.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('silences a rule by a comment', async () => {
    const file = 'ignored/.env';
    await writeFile(file, `CLAWQL_MCP_URL=${localUrl}\n`);
    await waitForProblems(file, 1);
    const document = await vscode.workspace.openTextDocument(fileUri(file));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      fileUri(file),
      new vscode.Range(document.positionAt(20), document.positionAt(20)),
    );
    const ignore = actions.find(({ title }) => title === 'Ignore localhost-url here');
    assert.equal(await apply(ignore, file), `# clawql-ignore-next-line localhost-url\nCLAWQL_MCP_URL=${localUrl}\n`);
    await waitForProblems(file, 0);
  });
});

describe('ClawQL: Check Workspace', function () {
  this.timeout(30_000);
  const window = useWindow(() => running());

  it('shows the problems of files that are not open, until they are opened or changed', async () => {
    const { workbench } = window;
    await writeClosed('.gitignore', 'node_modules/\n.env\n');
    await writeClosed('closed/one/.env', `CLAWQL_MCP_URL=${localUrl}\nTIKA_BASE_URL=http://20.50.2.9:9998\n`);
    await writeClosed('closed/.mcp.json', `{"mcpServers": {"clawql": {"url": "${localUrl}"}}}`);
    await writeClosed('gone/deep/.env', `CLAWQL_MCP_URL=${localUrl}\n`);
    await writeClosed('node_modules/x/.env', `CLAWQL_MCP_URL=${localUrl}\n`);
    await writeClosed('large/.env', `CLAWQL_MCP_URL=${localUrl}\n${'#'.repeat(1024 * 1024)}`);
    await workbench.palette('ClawQL: Check Workspace');
    const { message, buttons } = await workbench.waitForNotification('checked: ');
    assert.match(message, /\d+ files checked: \d+ problems in \d+ files\. Left out, because too large: 1\.$/);
    assert.ok(buttons.includes('Show Problems'));
    const at = (name: string) => ownDiagnostics(fileUri(name)).length;
    assert.deepEqual(
      ['closed/one/.env', 'closed/.mcp.json', 'gone/deep/.env', 'node_modules/x/.env', 'large/.env'].map(at),
      [2, 1, 1, 0, 0],
    );
    await waitForProblems('closed/one/.env', 2);
    await changeUntil('closed/.mcp.json', 0, 'closed/.mcp.json', '{}');
    await fs.rm(fileUri('gone').fsPath, { recursive: true });
    await countAt('gone/deep/.env', 0);
  });

  it('shows those of the API descriptions that a .env names', async () => {
    const description = (url: string) => `openapi: 3.0.3\nservers:\n  - url: ${url}\npaths: {}\n`;
    const env = (...names: readonly string[]) => `CLAWQL_SPEC_PATHS=${names.join(',')}\n`;
    const large = `# ${'x'.repeat(1024 * 1024)}\n`;
    await writeClosed('.gitignore', 'build/\n');
    await makeFolder('named');
    await writeClosed('named/.env', env('[v1]/crm.yaml', 'v2.json', '../build/v3.yaml', 'missing.yaml'));
    await writeClosed('named/[v1]/crm.yaml', `${large}${description('/api/v1')}`);
    await writeClosed('named/v1/crm.yaml', description('/nobody'));
    await writeClosed('named/v2.json', '{"swagger": "2.0", "basePath": "/api/v2", "paths": {}}');
    await writeClosed('build/v3.yaml', description('/api/v3'));
    await vscode.commands.executeCommand('clawql.checkWorkspace');
    const at = (name: string) => ownDiagnostics(fileUri(name)).length;
    const names = ['named/[v1]/crm.yaml', 'named/v1/crm.yaml', 'named/v2.json', 'build/v3.yaml'];
    assert.deepEqual(names.map(at), [1, 0, 1, 0]);
    await changeUntil('named/[v1]/crm.yaml', 0, 'named/[v1]/crm.yaml', description('https://crm.dev'));
    assert.equal(at('named/v2.json'), 1);
    await changeUntil('named/v2.json', 0, 'named/.env', env('[v1]/crm.yaml'));
    await writeClosed('named/.env', env('v2.json'));
    await vscode.commands.executeCommand('clawql.checkWorkspace');
    assert.equal(at('named/v2.json'), 1);
    await waitForProblems('named/v2.json', 1);
  });

  it('follows what is known of the tailnet', async () => {
    await writeClosed('later/.env', `CLAWQL_MCP_URL=${localUrl}\n`);
    await vscode.commands.executeCommand('clawql.checkWorkspace');
    const severity = () => ownDiagnostics(fileUri('later/.env'))[0]?.severity;
    assert.equal(severity(), vscode.DiagnosticSeverity.Warning);
    await window.know(running([]));
    await eventually(
      () => Promise.resolve(severity()),
      (found) => (found === vscode.DiagnosticSeverity.Information ? true : undefined),
      (found) => `The severity is ${found}`,
    );
  });
});
