import fs from 'node:fs/promises';
import path from 'node:path';

import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';
import { take, viewport } from './camera.ts';

const retired = 'https://20.50.2.9/mcp';

/** What the one who runs ClawQL sees: where its traffic goes, and the end of a public URL. `folder` is what the window shows. */
export async function takeOperatorPictures(workbench: WorkbenchPage, folder: string): Promise<void> {
  await takeRoutes(workbench);
  await takeRetirement(workbench, folder);
}

async function takeRoutes(workbench: WorkbenchPage): Promise<void> {
  await workbench.palette('ClawQL: Show Where execute Sends Traffic');
  await workbench.waitForText('.tab', 'Where execute Sends Traffic');
  const page = workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await page.getByText('Seen at').first().waitFor();
  await moveAway(workbench);
  await take(workbench, 'routes');
  await closeEditor(workbench);
}

async function takeRetirement(workbench: WorkbenchPage, folder: string): Promise<void> {
  const file = path.join(folder, 'tools', '.vscode', 'mcp.json');
  const notes = path.join(folder, 'tools', 'NOTES.md');
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, `{\n  "servers": { "clawql": { "type": "http", "url": "${retired}" } }\n}\n`);
  await fs.writeFile(notes, `# Tools\n\nClawQL is at ${retired} for everybody.\n`);
  await workbench.palette('ClawQL: Retire a Public MCP URL…');
  await workbench.waitForRow('Enter another URL');
  await workbench.pick(retired);
  await workbench.waitForText('.bulk-edit-panel .monaco-list-row', 'NOTES.md');
  await workbench.dismissNotifications();
  await take(workbench, 'retire');
  await workbench.click('.bulk-edit-panel .monaco-button', 'Discard');
  await workbench.waitForNotification('nothing was changed');
  await workbench.dismissNotifications();
  await fs.rm(path.join(folder, 'tools'), { recursive: true });
}

async function closeEditor(workbench: WorkbenchPage): Promise<void> {
  await workbench.palette('View: Close All Editors');
  await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
}

/** Off the tab's button, which would show its own tooltip. */
async function moveAway(workbench: WorkbenchPage): Promise<void> {
  await workbench.page.mouse.move(viewport.width - 40, viewport.height / 2);
  await workbench.page.locator('.workbench-hover').waitFor({ state: 'detached' });
}
