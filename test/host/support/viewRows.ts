import * as vscode from 'vscode';
import { eventually } from '../../support/editor/eventually.ts';
import type { Workbench } from '../../support/editor/workbench.ts';

/** A view of the extension, by its title. */
const titles = ['Tailnet Hosts', 'Connection', 'MCP Configurations'] as const;
export type ViewTitle = (typeof titles)[number];

/** Shows one of the extension's views, with the others closed: only rows in sight can be read. */
export async function openView(workbench: Workbench, view: ViewTitle): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.clawql');
  for (const title of titles) {
    const header = `.pane-header[aria-label^=${JSON.stringify(title)}]`;
    const wanted = `${header}[aria-expanded="${title === view}"]`;
    await workbench.waitForText(header, title);
    if ((await workbench.texts(wanted)).length === 0) await workbench.click(header, title);
    await workbench.waitForText(wanted, title);
  }
}

/** Shows the Explorer in place of the extension's views, as it is in a new window. */
export async function leaveViews(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.explorer');
}

/** What a view shows where it has no rows: its text and its buttons. */
export function emptyState(workbench: Workbench, view: ViewTitle): Promise<readonly string[]> {
  return workbench.texts(`${bodyOf(view)} .welcome-view-content`);
}

/** Waits until a view that has no rows says this, and returns the names of its buttons. */
export async function waitForEmptyState(
  workbench: Workbench,
  view: ViewTitle,
  said: RegExp,
): Promise<readonly string[]> {
  await eventually(
    () => emptyState(workbench, view),
    (texts) => (texts.some((text) => said.test(text)) ? true : undefined),
    (texts) => `${view} says ${JSON.stringify(texts)} and not ${String(said)}`,
  );
  return workbench.texts(`${bodyOf(view)} .welcome-view-content .monaco-button`);
}

/** Presses a button of a view that has no rows. */
export async function pressEmptyState(workbench: Workbench, view: ViewTitle, button: string): Promise<void> {
  await workbench.click(`${bodyOf(view)} .welcome-view-content .monaco-button`, button);
}

/** Waits until the rows of a view that are in sight, each as `label | description`, are these. */
export async function waitForRows(
  workbench: Workbench,
  view: ViewTitle,
  wanted: readonly (string | RegExp)[],
): Promise<void> {
  const isWanted = (row: string, index: number): boolean => {
    const one = wanted[index] ?? '';
    return typeof one === 'string' ? row === one : one.test(row);
  };
  await eventually(
    () => rowsOf(workbench, view),
    (rows) => (rows.length === wanted.length && rows.every(isWanted) ? true : undefined),
    (rows) => `${view} shows\n${rows.join('\n')}\nand not\n${wanted.join('\n')}\n`,
  );
}

/** A row, by the beginning of what a screen reader says of it. */
export function row(view: ViewTitle, label: string): string {
  return `${bodyOf(view)} .monaco-list-row[aria-label^=${JSON.stringify(label)}]`;
}

/** Clicks a row, and then the button that it has by this name. */
export async function pressRowAction(
  workbench: Workbench,
  view: ViewTitle,
  label: string,
  action: string,
): Promise<void> {
  await workbench.click(row(view, label), '');
  await workbench.click(`${row(view, label)} .action-label[aria-label^=${JSON.stringify(action)}]`, '');
}

async function rowsOf(workbench: Workbench, view: ViewTitle): Promise<readonly string[]> {
  const rows = `${bodyOf(view)} .monaco-list-row`;
  const [whole, labels] = await Promise.all([workbench.texts(rows), workbench.texts(`${rows} .label-name`)]);
  return whole.map((text, index) => {
    const label = labels[index] ?? '';
    return text === label ? label : `${label} | ${text.slice(label.length)}`;
  });
}

function bodyOf(view: ViewTitle): string {
  return `.pane:has(.pane-header[aria-label^=${JSON.stringify(view)}]) .pane-body`;
}
