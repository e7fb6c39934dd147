import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { startDemoTailnet } from '../../support/demo/demoTailnet.ts';
import { ensureChromium } from '../../support/editor/chromium.ts';
import { withCleanup, type Cleanup } from '../../support/editor/cleanup.ts';
import { startEditor } from '../../support/editor/editor.ts';
import { editorRecipes, type EditorVersion } from '../../support/editor/editorVersion.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { installCodeServer } from '../../support/editor/install.ts';
import { openPage } from '../../support/editor/openPage.ts';
import { screenshotFolder } from '../../support/editor/screenshotFolder.ts';
import { WorkbenchPage } from '../../support/editor/workbenchPage.ts';
import { workbenchUrl } from '../../support/editor/workbenchUrl.ts';
import { folderState } from '../../tailnet/editor/support/folderState.ts';
import { disconnect, openPicker, select, writeItTo } from './clawqlCommands.ts';

export interface TwoWindowsOptions {
  readonly version: EditorVersion;
  readonly vsix: string;
}

const firstUrl = 'http://clawql-1.tail-demo.ts.net:8080/mcp';
const secondUrl = 'http://clawql-2.tail-demo.ts.net:8080/mcp';
const servers = { clawql: { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp' } };

/**
 * Holds two windows of one user: each keeps its own selection and its own workspace's entries, and the user's own files follow the last
 * choice in either. What both windows do to the same file of the user's own is done one after the other here: VS Code tells a window late
 * what another one has chosen for all. Throws what is wrong.
 */
export function checkTwoWindows(options: TwoWindowsOptions): Promise<void> {
  return withCleanup(async (cleanup) => {
    const { one, two, root } = await openTwoWindows(options, cleanup);
    const folders = [one.folder, two.folder, path.join(root, '.cursor')];
    const before = await Promise.all(folders.map(folderState));
    const userFile = path.join(root, 'user-data/User/mcp.json');
    const cursorFile = path.join(root, '.cursor/mcp.json');
    const ofOne = path.join(one.folder, '.vscode/mcp.json');
    const ofTwo = path.join(two.folder, '.vscode/mcp.json');

    await Promise.all([select(one.hand, 'clawql-1'), select(two.hand, 'clawql-2')]);
    await Promise.all([write(one.hand, '.vscode/mcp.json'), write(two.hand, '.vscode/mcp.json')]);
    // At the same moment: both are kept in what is one list for all windows.
    await Promise.all([write(one.hand, 'Remote User mcp.json'), write(two.hand, '~/.cursor/mcp.json')]);
    await write(two.hand, 'Remote User mcp.json');
    for (const file of [ofOne, ofTwo, userFile]) assert.deepEqual(await read(file), { servers });
    // No more than three are shown at a time.
    await Promise.all([one.hand.dismissNotifications(), two.hand.dismissNotifications()]);

    await write(two.hand, '~/.cursor/mcp.json');
    await waitForCursorUrl(cursorFile, secondUrl);
    await write(one.hand, '~/.cursor/mcp.json');
    await waitForCursorUrl(cursorFile, firstUrl);
    await openPicker(two.hand, 'clawql-2');
    await two.hand.pick('clawql-2');
    await waitForCursorUrl(cursorFile, secondUrl);
    await one.hand.waitForStatusBar('ClawQL: clawql-1');

    await disconnect(one.hand);
    for (const file of [ofOne, userFile, cursorFile]) assert.equal(await read(file), undefined);
    await two.hand.waitForStatusBar('ClawQL: clawql-2');
    assert.deepEqual(await read(ofTwo), { servers });
    await disconnect(two.hand);
    assert.deepEqual(await Promise.all(folders.map(folderState)), before);
  });
}

interface TestedWindow {
  /** What it has open. */
  readonly folder: string;
  readonly hand: WorkbenchPage;
}

interface TwoWindows {
  readonly one: TestedWindow;
  readonly two: TestedWindow;
  /** HOME, which also holds the editor's user data. */
  readonly root: string;
}

/** Two windows of one user on one machine, each with a folder and an extension host of its own. */
async function openTwoWindows({ version, vsix }: TwoWindowsOptions, cleanup: Cleanup): Promise<TwoWindows> {
  const demo = await startDemoTailnet();
  cleanup.add(() => demo.close());
  const { settings, environment } = demo;
  const installation = await installCodeServer(version);
  const common = { installation, vsix: [vsix], developmentExtensions: [], settings, workspaceTrust: false };
  const editor = await startEditor({ ...common, environment: () => environment }, cleanup);
  await fs.mkdir(path.join(editor.root, '.cursor'));
  const screenshots = screenshotFolder(editorRecipes[version].vscode);
  const chromium = await ensureChromium();
  const viewport = { width: 1280, height: 800 };
  const first = await openPage(editor, { chromium, developmentExtensions: [], screenshots, viewport }, cleanup);
  // In the same browser, which keeps what a user's windows share; and no tab behind the first one, which would be given no time.
  const [popup] = await Promise.all([
    first.page.context().waitForEvent('page'),
    first.page.evaluate("void window.open('about:blank', '_blank', 'popup,noopener')"),
  ]);
  const one = { folder: path.join(editor.root, 'one'), hand: first };
  const two = { folder: path.join(editor.root, 'two'), hand: new WorkbenchPage(popup, screenshots) };
  // One after the other: two that come at once both make the browser's database, and one of them never gets it.
  await open(one, editor.url);
  await open(two, editor.url);
  return { one, two, root: editor.root };
}

async function open({ folder, hand }: TestedWindow, server: string): Promise<void> {
  await fs.mkdir(folder);
  await hand.page.goto(workbenchUrl(server, folder));
  await hand.waitForStatusBar('ClawQL: ');
}

/** By the palette, into the file of that label. */
async function write(hand: WorkbenchPage, row: string): Promise<void> {
  await writeItTo(hand, row);
  await hand.waitForNotification(`Written to ${row}`);
}

/** What a file says; undefined where there is none. */
async function read(file: string): Promise<unknown> {
  const text = await fs.readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

async function waitForCursorUrl(file: string, url: string): Promise<void> {
  await eventually(
    () => read(file),
    (value) => (JSON.stringify(value) === JSON.stringify({ mcpServers: { clawql: { url } } }) ? true : undefined),
    (value) => `${file} says ${JSON.stringify(value)} and not ${url}`,
  );
}
