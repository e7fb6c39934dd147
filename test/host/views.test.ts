import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { disconnect, select, writeItTo } from './support/clawqlCommands.ts';
import { fileUri, readFile, workspaceState, writeFile } from './support/files.ts';
import { withSetting } from './support/setting.ts';
import { running } from './support/statuses.ts';
import { needsTerminals, terminalVariable } from './support/terminal.ts';
import { emptyState, leaveViews, openView, pressRowAction, row, waitForRows } from './support/viewRows.ts';
import { useWindow } from './support/window.ts';

const host = 'clawql-1.tail-demo.ts.net:8080';
const url = `http://${host}/mcp`;

/**
 * The selection's row. What 1.105.1 holds is not known here: behind the demo tailnet's proxy its client fails now and then, and it keeps
 * the tools of servers that are gone.
 */
const selected = (grade: 'observed' | 'simulated'): string | RegExp =>
  process.env['CLAWQL_TEST_VSCODE'] === '1.105.1'
    ? /^clawql-1 \| (observed|simulated) · http:\S+\/mcp$/
    : `clawql-1 | ${grade} · ${url}`;

const vscodeFile = '.vscode/mcp.json';
const cursorFile = '.cursor/mcp.json';
const variables = [`CLAWQL_MCP_HOST | ${host}`, `CLAWQL_MCP_URL | ${url}`];

/** The active editor, once it shows the file. */
function waitForEditor(name: string): Promise<vscode.TextEditor> {
  return eventually(
    () => Promise.resolve(vscode.window.activeTextEditor),
    (active) => (active?.document.uri.toString() === fileUri(name).toString() ? active : undefined),
    (active) => `The active editor is ${active?.document.uri.toString() ?? 'none'}`,
  );
}

/** The views show what an editor holds, which is saved a moment later. */
function waitForFile(name: string, text: string): Promise<true> {
  return eventually(
    () => readFile(name),
    (read) => (read === text ? true : undefined),
    (read) => `${name} holds ${JSON.stringify(read)}`,
  );
}

describe('the view Connection', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());
  before('show it', () => openView(window.workbench, 'Connection'));
  after('leave it', leaveViews);
  afterEach(() => {
    delete process.env['CLAWQL_MCP_HOST'];
  });

  it('offers a server where none is selected, and then says where the selection is put', async () => {
    const { workbench } = window;
    const [text] = await emptyState(workbench, 'Connection');
    assert.match(
      text ?? '',
      /^This editor is connected to no ClawQL server\.\s+Select a Server\s+Hosts .*\s+Enter a URL$/,
    );
    await workbench.click('.welcome-view-content .monaco-button', 'Select a Server');
    await workbench.waitForRow('clawql-1');
    await workbench.pick('clawql-1');
    await waitForRows(workbench, 'Connection', [
      selected('observed'),
      'Live registration in VS Code',
      `"ClawQL Tailnet" | ${url}`,
      'Variables for mcp.json',
      ...variables,
      'Variables in terminals',
      ...variables,
      'Entries in the workspace | nothing of ours',
      'Entries in your own files | nothing of ours',
    ]);
    await disconnect(workbench);
    await waitForRows(workbench, 'Connection', []);
  });

  it('opens a written entry, and takes it back alone', async () => {
    const { workbench } = window;
    const before = await workspaceState();
    await select(workbench, 'clawql-1');
    await writeItTo(workbench, vscodeFile);
    await workbench.waitForNotification('Written to');
    await writeItTo(workbench, cursorFile);
    await workbench.waitForNotification(`Written to ${cursorFile}`);
    const common = [
      selected('simulated'),
      'Live registration in VS Code | stands back',
      `Stands back | ${vscodeFile} has the server "clawql"`,
      'Variables for mcp.json',
      ...variables,
      'Variables in terminals',
      ...variables,
    ];
    const ofVSCode = `"clawql" in ${vscodeFile}`;
    const ofCursor = `"clawql" in ${cursorFile}`;
    await waitForRows(workbench, 'Connection', [
      ...common,
      'Entries in the workspace',
      `${ofVSCode} | http://\${env:CLAWQL_MCP_HOST}/mcp`,
      `${ofCursor} | \${env:CLAWQL_MCP_URL}`,
      'Entries in your own files | nothing of ours',
    ]);
    await workbench.click(row('Connection', ofVSCode), '');
    await waitForEditor(vscodeFile);
    await pressRowAction(workbench, 'Connection', ofCursor, 'Take It Back');
    await waitForRows(workbench, 'Connection', [
      ...common,
      'Entries in the workspace',
      `${ofVSCode} | http://\${env:CLAWQL_MCP_HOST}/mcp`,
      'Entries in your own files | nothing of ours',
    ]);
    const after = await workspaceState();
    assert.deepEqual(
      Object.keys(after).filter((name) => before[name] === undefined),
      ['.vscode', vscodeFile],
    );
  });

  it('holds for the terminals that are opened after the pick, and for none after Disconnect', async function () {
    needsTerminals(this);
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    assert.equal(await terminalVariable('CLAWQL_MCP_URL'), url);
    const own = { CLAWQL_MCP_URL: 'http://other.example/mcp' };
    await withSetting('terminal.integrated.env.linux', own, async () => {
      await select(workbench, 'clawql-2');
      assert.equal(await terminalVariable('CLAWQL_MCP_URL'), own.CLAWQL_MCP_URL);
    });
    await disconnect(workbench);
    assert.equal(await terminalVariable('CLAWQL_MCP_URL'), '');
  });

  it("says where the user's own value beats the pick", async () => {
    const { workbench } = window;
    process.env['CLAWQL_MCP_HOST'] = 'mine.example:8080';
    await withSetting('terminal.integrated.env.linux', { CLAWQL_MCP_URL: 'http://other.example/mcp' }, async () => {
      await select(workbench, 'clawql-1');
      await waitForRows(workbench, 'Connection', [
        selected('observed'),
        'Live registration in VS Code',
        `"ClawQL Tailnet" | ${url}`,
        'Variables for mcp.json | your own value beats the pick',
        'CLAWQL_MCP_HOST | mine.example:8080 · yours, beats the pick',
        `CLAWQL_MCP_URL | ${url}`,
        'Variables in terminals | your own value beats the pick',
        'CLAWQL_MCP_HOST | mine.example:8080 · yours, beats the pick',
        'CLAWQL_MCP_URL | http://other.example/mcp · yours, beats the pick',
        'Entries in the workspace | nothing of ours',
        'Entries in your own files | nothing of ours',
      ]);
    });
  });
});

describe('the view MCP Configurations', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());
  before('show it', () => openView(window.workbench, 'MCP Configurations'));
  after('leave it', leaveViews);

  const elsewhere = (root: string): string =>
    `{\n  // ours\n  "${root}": { "clawql": { "url": "http://one.example/mcp", "headers": {} } }\n}\n`;

  const previews = (): readonly vscode.TextDocument[] =>
    vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'clawql-preview');
  let older: readonly vscode.TextDocument[];
  before('1.105.1 keeps the documents of comparisons that were closed', () => void (older = previews()));

  /** Runs a command that asks, gives the texts that the comparison shows as they would be, and answers. */
  const answered = async (run: () => Promise<unknown>, answer: 'Leave It' | 'Bring in Line') => {
    const { workbench } = window;
    await vscode.commands.executeCommand('notifications.clearAll');
    await run();
    const { message } = await workbench.waitForNotification('The comparison shows the change');
    await workbench.waitForText('.tab.active', 'Bring in Line with clawql-1');
    const shown = previews()
      .filter((document) => !older.includes(document))
      .map((document) => [vscode.workspace.asRelativePath(document.uri.path), document.getText()] as const);
    await workbench.clickNotificationButton('The comparison shows', answer);
    await eventually(
      () => workbench.texts('.tab'),
      (tabs) => (tabs.some((tab) => tab.includes('Bring in Line')) ? undefined : true),
      (tabs) => `The comparison stays: ${tabs.join(', ')}`,
    );
    return { message, shown: Object.fromEntries(shown) };
  };

  it('offers to write one where there is none, and tells those that are there apart', async () => {
    const { workbench } = window;
    const [text] = await emptyState(workbench, 'MCP Configurations');
    assert.match(
      text ?? '',
      /^No MCP configuration .* has a ClawQL server\.\s+Write It to mcp\.json\s+.*\s+Look Again$/,
    );
    await writeFile(
      vscodeFile,
      '{ "servers": { "clawql": { "type": "http", "url": "http://${env:CLAWQL_MCP_HOST}/mcp" } } }',
    );
    await writeFile(cursorFile, '{ "mcpServers": { "clawql": { "url": "${env:CLAWQL_MCP_URL}" } } }');
    await writeFile(
      '.mcp.json',
      '{ "mcpServers": {\n  "clawql": { "type": "http" "url": "http://one.example/mcp" } } }',
    );
    await writeFile('.devin/mcp_config.json', '{ "servers": { "clawql": { "url": "http://one.example/mcp" } } }');
    await writeFile('.gemini/settings.json', '{ "mcpServers": { "clawql": { "httpUrl": "http://one.example/mcp" } } }');
    await select(workbench, 'clawql-1');
    await waitForRows(workbench, 'MCP Configurations', [
      `${vscodeFile} | VS Code`,
      `clawql | in line · ${url}`,
      `${cursorFile} | Cursor`,
      'clawql | depends on its environment · ${env:CLAWQL_MCP_URL}',
      '.mcp.json | Claude Code · a comma belongs here',
      'clawql | differs · http://one.example/mcp',
      '.devin/mcp_config.json | Windsurf · Windsurf reads the servers of this file from "mcpServers", not from "servers": rename it',
      '.gemini/settings.json | Gemini CLI',
      'clawql | differs · http://one.example/mcp',
    ]);
    await workbench.click(row('MCP Configurations', '.mcp.json'), '');
    const editor = await waitForEditor('.mcp.json');
    assert.deepEqual(editor.selection.active, new vscode.Position(1, 29));
  });

  it('brings one entry in line as the comparison shows it, and only when it is told to', async () => {
    const { workbench } = window;
    await writeFile(vscodeFile, elsewhere('servers'));
    await writeFile(cursorFile, elsewhere('mcpServers'));
    const before = await workspaceState();
    await select(workbench, 'clawql-1');
    const run = () => pressRowAction(workbench, 'MCP Configurations', 'clawql: differs', 'Bring in Line');
    const left = await answered(run, 'Leave It');
    assert.match(
      left.message,
      /^ClawQL: bring "clawql" in line with clawql-1\? .* Disconnect brings back what is there now/,
    );
    assert.deepEqual(await workspaceState(), before);
    const brought = await answered(run, 'Bring in Line');
    assert.deepEqual(brought.shown, {
      [vscodeFile]: elsewhere('servers').replace(
        '"http://one.example/mcp", "headers": {}',
        '"http://${env:CLAWQL_MCP_HOST}/mcp", "headers": {}, "type": "http"',
      ),
    });
    await waitForRows(workbench, 'MCP Configurations', [
      `${vscodeFile} | VS Code`,
      `clawql | in line · ${url}`,
      `${cursorFile} | Cursor`,
      'clawql | differs · http://one.example/mcp',
    ]);
    await waitForFile(vscodeFile, brought.shown[vscodeFile]);
    await disconnect(workbench);
    assert.deepEqual(await workspaceState(), before);
  });

  it('brings all that differ in line at once', async () => {
    const { workbench } = window;
    await writeFile(vscodeFile, elsewhere('servers'));
    await writeFile(cursorFile, elsewhere('mcpServers'));
    const before = await workspaceState();
    await select(workbench, 'clawql-1');
    const run = () => workbench.palette('ClawQL: Bring MCP Configurations in Line…');
    const left = await answered(run, 'Leave It');
    assert.match(left.message, /^ClawQL: bring 2 entries in line with clawql-1\?/);
    assert.deepEqual(await workspaceState(), before);
    const { shown } = await answered(run, 'Bring in Line');
    assert.deepEqual(Object.keys(shown).toSorted(), [cursorFile, vscodeFile]);
    await waitForRows(workbench, 'MCP Configurations', [
      `${vscodeFile} | VS Code`,
      `clawql | in line · ${url}`,
      `${cursorFile} | Cursor`,
      'clawql | depends on its environment · ${env:CLAWQL_MCP_URL}',
    ]);
    for (const [file, text] of Object.entries(shown)) await waitForFile(file, text);
    await disconnect(workbench);
    assert.deepEqual(await workspaceState(), before);
  });
});
