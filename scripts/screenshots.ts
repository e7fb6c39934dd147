import fs from 'node:fs/promises';
import path from 'node:path';

import { startDemoTailnet } from '../test/support/demo/demoTailnet.ts';
import { Cleanup } from '../test/support/editor/cleanup.ts';
import { editorVersions } from '../test/support/editor/editorVersion.ts';
import { makeShortTemp } from '../test/support/editor/shortTemp.ts';
import { openWorkbench } from '../test/support/editor/ui.ts';
import type { WorkbenchPage } from '../test/support/editor/workbenchPage.ts';
import { copySampleWorkspace } from './demo/sampleWorkspace.ts';
import { checkPackage } from './support/packageCheck.ts';
import { projectRoot } from './support/root.ts';

const target = path.join(projectRoot, 'media', 'screenshots');
const viewport = { width: 1120, height: 640 };

/** Makes the README's pictures from the packaged extension as it runs on the demo tailnet. */
const cleanup = new Cleanup();
try {
  const root = await makeShortTemp();
  cleanup.add(() => fs.rm(root, { recursive: true, force: true }));
  const { file } = await checkPackage(root);
  if (file === undefined) throw new Error('The extension could not be packaged: see above.');
  const folder = path.join(root, 'document-search');
  await copySampleWorkspace(folder);
  const demo = await startDemoTailnet();
  cleanup.add(() => demo.close());
  const opened = await openWorkbench({
    version: editorVersions[0],
    vsix: file,
    folder,
    settings: {
      ...demo.settings,
      'editor.fontSize': 13,
      'remote.autoForwardPorts': false,
      'workbench.colorTheme': 'Default Light Modern',
    },
    environment: demo.environment,
    viewport,
  });
  cleanup.add(() => opened.close());
  await fs.mkdir(target, { recursive: true });
  try {
    await takeAll(opened.workbench, () => demo.goOffline('clawql-1'));
  } catch (error) {
    console.error(`What the window showed is in ${await opened.workbench.screenshot('failed-screenshots')}`);
    throw error;
  }
} finally {
  await cleanup.run();
}

async function takeAll(workbench: WorkbenchPage, takeAway: () => void): Promise<void> {
  await workbench.waitForStatusBar('ClawQL');
  await workbench.palette('ClawQL: Select Tailnet MCP Server…');
  await workbench.waitForRow('clawql-old');
  await workbench.waitForRow('tools');
  await take(workbench, 'picker');
  await workbench.pick('clawql-1');
  await workbench.waitForNotification('ClawQL on clawql-1');
  await workbench.dismissNotifications();

  await workbench.hoverStatusBar('ClawQL: clawql-1');
  await take(workbench, 'status-bar');
  await workbench.press('Escape');

  await workbench.palette('View: Show ClawQL');
  await workbench.waitForText('.monaco-list-row', 'differs');
  await workbench.palette('ClawQL: Bring MCP Configurations in Line…');
  await workbench.waitForNotification('in line with clawql-1');
  await workbench.waitForText('.multiDiffEditor', '${env:CLAWQL_MCP_URL}');
  await take(workbench, 'configurations');
  await workbench.clickNotificationButton('in line with clawql-1', 'Leave It');
  await workbench.palette('View: Show Explorer');

  await openFile(workbench, '.env');
  await workbench.palette('Problems: Focus on Problems View');
  await workbench.waitForText('.markers-panel .monaco-list-row', 'localhost-url');
  await workbench.click('.markers-panel .monaco-list-row', 'CLAWQL_MCP_URL');
  await workbench.palette('View: Focus Active Editor Group');
  await workbench.press('Control+.');
  await workbench.waitForText('.action-widget', 'Use http');
  await take(workbench, 'quick-fix');
  await closeMenus(workbench);

  takeAway();
  await workbench.waitForText('.statusbar-item', 'ClawQL: clawql-1');
  await workbench.press('Control+J');
  await workbench.press('Control+K');
  await workbench.press('Control+W');
  await workbench.page.locator('.tab').waitFor({ state: 'detached' });
  await workbench.palette('ClawQL: Diagnose');
  await workbench.waitForText('.tab', 'ClawQL Diagnose');
  // Off the tab's button, which would show its own tooltip.
  await workbench.page.mouse.move(viewport.width - 40, viewport.height / 2);
  await workbench.page.locator('.workbench-hover').waitFor({ state: 'detached' });
  await take(workbench, 'diagnose');
}

/** From the explorer, where the whole name is clicked and not what begins so. */
async function openFile({ page }: WorkbenchPage, name: string): Promise<void> {
  await page.locator('.explorer-folders-view').getByText(name, { exact: true }).dblclick();
  await page.locator('.tab', { hasText: name }).waitFor();
}

/** The menu of fixes and what it previews close one after the other. */
async function closeMenus(workbench: WorkbenchPage): Promise<void> {
  const menus = workbench.page.locator('.action-widget:visible');
  for (let tries = 0; tries < 5 && (await menus.count()) > 0; tries += 1) await workbench.press('Escape');
}

async function take(workbench: WorkbenchPage, name: string): Promise<void> {
  const file = path.join(target, `${name}.png`);
  // What has just come may still fade in: two pictures in a row that are the same show that nothing moves any more.
  let last = await workbench.page.screenshot();
  for (let tries = 0; tries < 20; tries += 1) {
    const next = await workbench.page.screenshot();
    if (next.equals(last)) break;
    last = next;
  }
  await fs.writeFile(file, last);
  console.log(`media/screenshots/${name}.png`);
}
