import fs from 'node:fs/promises';
import path from 'node:path';

import { eventually } from '../../test/support/editor/eventually.ts';
import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';
import { take } from './camera.ts';
import { linterScenes, type LinterScene } from './linterScenes.ts';
import { closeMenus } from './menus.ts';

/** How long what a key asks for may take before it is asked again, in milliseconds. */
const askLimit = 2_000;

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
    await takeAnswer(workbench, scene);
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

/** Where what a scene asks for is shown. */
const answers: Readonly<Record<LinterScene['ask'], string>> = {
  fixes: '.action-widget',
  completions: '.suggest-details-container',
  problem: '.monaco-resizable-hover',
  hover: '.monaco-resizable-hover',
  'fix-all': '.view-lines',
};

/** An editor that is still busy with a file may close a hover while its picture is taken: then it is asked and taken again. */
async function takeAnswer(workbench: WorkbenchPage, scene: LinterScene): Promise<void> {
  const answer = workbench.page.locator(answers[scene.ask]).first();
  await eventually(
    async () => {
      await ask(workbench, scene);
      await take(workbench, scene.name);
      return answer.isVisible();
    },
    (shown) => (shown ? true : undefined),
    () => `${scene.name} goes before its picture is taken`,
  );
}

async function ask(workbench: WorkbenchPage, { ask: what, shows }: Pick<LinterScene, 'ask' | 'shows'>): Promise<void> {
  switch (what) {
    case 'fixes':
      await waitForProblem(workbench);
      await workbench.press('Control+.');
      return workbench.waitForText('.action-widget', shows);
    case 'completions':
      await askFor(workbench, ['Control+Space'], '.suggest-widget .monaco-list-row', shows);
      // Once more for what is said of the row.
      await workbench.press('Control+Space');
      return workbench.waitForText('.suggest-details-container', 'ClawQL');
    case 'problem':
      await waitForProblem(workbench);
      return ask(workbench, { ask: 'hover', shows });
    case 'hover':
      // Away from the editor, where a hover that was asked for by keys goes with the next move of the mouse.
      await workbench.page.mouse.move(1, 1);
      return askFor(workbench, ['Control+K', 'Control+I'], '.monaco-resizable-hover', shows);
    case 'fix-all':
      await workbench.palette('Fix All');
      await workbench.waitForText('.view-lines', shows);
      // The panel follows the text a moment later.
      return workbench.page.locator('.markers-panel .monaco-list-row').first().waitFor({ state: 'detached' });
  }
}

async function waitForProblem({ page }: WorkbenchPage): Promise<void> {
  await page.locator('.view-overlays [class*="squiggly-"]').first().waitFor();
}

/** An editor that has just been opened may take the keys before the linter can answer: then it is asked again. */
async function askFor(
  workbench: WorkbenchPage,
  keys: readonly string[],
  selector: string,
  shows: string,
): Promise<void> {
  const answer = workbench.page.locator(`${selector}:visible`, { hasText: shows }).first();
  await eventually(
    async () => {
      await workbench.press('Escape');
      // A late answer to the keys before goes with that: it is not the one to these.
      await answer.waitFor({ state: 'hidden' });
      for (const key of keys) await workbench.press(key);
      return answer.waitFor({ timeout: askLimit }).then(
        () => true,
        () => false,
      );
    },
    (shown) => (shown ? true : undefined),
    () => `Nothing of ${selector} has "${shows}"`,
  );
}
