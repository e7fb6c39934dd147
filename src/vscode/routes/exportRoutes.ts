import * as vscode from 'vscode';

import { exportPaths } from '../../core/views/routes/exportPaths.ts';
import { routesJson } from '../../core/views/routes/routesJson.ts';
import { routesMarkdown } from '../../core/views/routes/routesMarkdown.ts';
import type { RoutesReport } from '../../core/views/routes/routesReport.ts';
import { systemClock } from '../../services/clock.ts';
import { statOf } from '../files/fileTree.ts';

/** Asks where the report is to go, and writes it there as Markdown and beside it as JSON. A file that is there is replaced only if the user says so. */
export async function exportRoutes(report: RoutesReport): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      'ClawQL: this workspace is not trusted, so nothing is written. Trust it first.',
    );
    return;
  }
  const date = new Date(systemClock.now()).toISOString().slice(0, 10);
  const chosen = await askFile(date);
  if (chosen === undefined) return;
  const paths = exportPaths(chosen.path);
  for (const path of paths.unasked) {
    const file = chosen.with({ path });
    if ((await statOf(file)) !== 'missing' && !(await mayReplace(file))) return;
  }
  const [markdown, json] = [chosen.with({ path: paths.markdown }), chosen.with({ path: paths.json })];
  const encoder = new TextEncoder();
  await vscode.workspace.fs.writeFile(markdown, encoder.encode(routesMarkdown(report, date)));
  await vscode.workspace.fs.writeFile(json, encoder.encode(routesJson(report, date)));
  void announce(markdown, json);
}

async function askFile(date: string): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `clawql-routes-${date}.md`;
  return vscode.window.showSaveDialog({
    title: 'ClawQL: Export Where execute Sends Traffic',
    saveLabel: 'Export',
    filters: { Markdown: ['md'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
}

async function mayReplace(file: vscode.Uri): Promise<boolean> {
  const replace = 'Replace';
  const name = vscode.workspace.asRelativePath(file);
  const detail = 'It is there already. The export writes Markdown, and beside it the same as JSON.';
  const choice = await vscode.window.showWarningMessage(`Replace ${name}?`, { modal: true, detail }, replace);
  return choice === replace;
}

/** The command has ended; the message waits for its user alone. */
async function announce(markdown: vscode.Uri, json: vscode.Uri): Promise<void> {
  const open = 'Open';
  const names = [markdown, json].map((uri) => vscode.workspace.asRelativePath(uri)).join(' and ');
  const choice = await vscode.window.showInformationMessage(
    `ClawQL: wrote ${names}. They hold no token, but names of your hosts: look through them before you hand them on.`,
    open,
  );
  if (choice === open) await vscode.window.showTextDocument(markdown);
}
