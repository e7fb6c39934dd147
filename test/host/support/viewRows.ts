import * as vscode from 'vscode';
import { eventually } from '../../support/editor/eventually.ts';
import type { Workbench } from '../../support/editor/workbench.ts';

/** A view of the extension, by its title. */
export type ViewTitle = 'Connection' | 'MCP Configurations';

/** Shows the extension's views. */
export async function openViews(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.clawql');
}

/** What a view shows where it has no rows: its text and its buttons. */
export function emptyState(workbench: Workbench, view: ViewTitle): Promise<readonly string[]> {
  return workbench.texts(`${bodyOf(view)} .welcome-view-content`);
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
