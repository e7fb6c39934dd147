import fs from 'node:fs/promises';
import path from 'node:path';

import { eventually } from '../../test/support/editor/eventually.ts';
import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';
import { take } from './camera.ts';
import { linterScenes, type LinterScene } from './linterScenes.ts';
import { closeMenus } from './menus.ts';

/** How long completions may take before they are asked for again, in milliseconds. */
const completionLimit = 2_000;

/** The linter at work, a picture for each scene; the files of the scenes are written below `folder`, which the window shows. */
export async function takeLinterPictures(workbench: WorkbenchPage, folder: string): Promise<void> {
  await closeEditors(workbench);
  await workbench.palette('View: Hide Panel');
  // The menus are wide.
  await workbench.palette('View: Toggle Primary Side Bar Visibility');
  for (const scene of linterScenes) {
    const { file, lines, beside, withProblems = false } = scene;
    if (beside !== undefined) {
      await write(path.join(folder, beside.file), beside.text);
      await openAt(workbench, beside.file, '1:1');
    }
    await write(path.join(folder, file), `${lines.join('\n')}\n`.replace('|', ''));
    await openAt(workbench, file, caretOf(lines));
    if (withProblems) await showProblems(workbench);
    await ask(workbench, scene);
    await take(workbench, scene.name);
    await closeMenus(workbench);
    if (withProblems) await workbench.palette('View: Hide Panel');
    await workbench.press('Control+S');
    await closeEditors(workbench);
  }
  await workbench.palette('View: Toggle Primary Side Bar Visibility');
  for (const [name = ''] of linterScenes.map(({ file }) => file.split('/')))
    await fs.rm(path.join(folder, name), { recursive: true, force: true });
  await workbench.page.locator('.explorer-folders-view').getByText('writing').waitFor({ state: 'detached' });
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text);
}

/** Where `|` stands, as `line:column` from 1. */
function caretOf(lines: readonly string[]): string {
  const line = lines.findIndex((one) => one.includes('|'));
  return `${line + 1}:${(lines[line]?.indexOf('|') ?? 0) + 1}`;
}

async function closeEditors(workbench: WorkbenchPage): Promise<void> {
  await workbench.press('Control+K');
  await workbench.press('Control+W');
  await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
}

async function showProblems(workbench: WorkbenchPage): Promise<void> {
  await workbench.palette('Problems: Focus on Problems View');
  await workbench.waitForText('.markers-panel .monaco-list-row', 'ClawQL');
  await workbench.palette('View: Focus Active Editor Group');
}

/** By its path: files of one name lie in several folders. */
async function openAt(workbench: WorkbenchPage, file: string, caret: string): Promise<void> {
  await workbench.press('Control+P');
  await workbench.type(file);
  // What was open lately is listed until the search has found the file.
  await workbench.waitForRow(path.posix.basename(file));
  await workbench.waitForRow(path.posix.dirname(file));
  await workbench.type(`:${caret}`);
  await workbench.waitForRow(path.posix.basename(file));
  await workbench.waitForRow(path.posix.dirname(file));
  await workbench.press('Enter');
  await workbench.page.locator('.tab.active', { hasText: path.posix.basename(file) }).waitFor();
}

async function ask(workbench: WorkbenchPage, { ask: what, shows }: Pick<LinterScene, 'ask' | 'shows'>): Promise<void> {
  switch (what) {
    case 'fixes':
      await waitForProblem(workbench);
      await workbench.press('Control+.');
      return workbench.waitForText('.action-widget', shows);
    case 'completions':
      await openCompletions(workbench, shows);
      // Once more for what is said of the row.
      await workbench.press('Control+Space');
      return workbench.waitForText('.suggest-details-container', 'ClawQL');
    case 'problem':
      await waitForProblem(workbench);
      return ask(workbench, { ask: 'hover', shows });
    case 'hover':
      await workbench.press('Control+K');
      await workbench.press('Control+I');
      return workbench.waitForText('.monaco-resizable-hover', shows);
    case 'fix-all':
      await workbench.palette('Fix All');
      return workbench.waitForText('.view-lines', shows);
  }
}

async function waitForProblem({ page }: WorkbenchPage): Promise<void> {
  await page.locator('.view-overlays [class*="squiggly-"]').first().waitFor();
}

/** An editor that has just been opened may take the key before it can complete: then it is asked again. */
async function openCompletions(workbench: WorkbenchPage, shows: string): Promise<void> {
  const row = workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: shows }).first();
  await eventually(
    async () => {
      await workbench.press('Escape');
      await workbench.press('Control+Space');
      return row.waitFor({ timeout: completionLimit }).then(
        () => true,
        () => false,
      );
    },
    (shown) => (shown ? true : undefined),
    () => `No completion has "${shows}"`,
  );
}
