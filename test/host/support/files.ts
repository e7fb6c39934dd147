import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../../support/editor/eventually.ts';
import { folderState } from '../../tailnet/editor/support/folderState.ts';

/** The folder that the window has open. */
export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The window has no folder open.');
  return folder.uri;
}

export function fileUri(name: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), ...name.split('/'));
}

export function readFile(name: string): Promise<string> {
  return fs.readFile(fileUri(name).fsPath, 'utf8');
}

/** The workspace's files with changes that are not saved. Others, such as the settings, are the editor's own affair. */
export function unsavedDocuments(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && vscode.workspace.getWorkspaceFolder(uri) !== undefined,
  );
}

/** Milliseconds after which a file is written again: on Linux the editor's watcher misses one that comes at once with its folder. */
const patience = 2_000;

/** Writes a file, as another program does, and waits until the editor has it: one that it has had open keeps the old text for a while. */
export async function writeFile(name: string, text: string): Promise<void> {
  const uri = fileUri(name);
  await fs.mkdir(path.dirname(uri.fsPath), { recursive: true });
  await fs.writeFile(uri.fsPath, text);
  let written = performance.now();
  await eventually(
    async () => {
      if (performance.now() - written > patience) {
        await fs.writeFile(uri.fsPath, text);
        written = performance.now();
      }
      return (await vscode.workspace.openTextDocument(uri)).getText();
    },
    (read) => (read === text.replace(/^\ufeff/, '') ? true : undefined),
    (read) => `The editor still reads ${JSON.stringify(read)} in ${name}`,
  );
}

/** The workspace's bytes, to compare two moments. */
export function workspaceState(): Promise<Readonly<Record<string, string>>> {
  return folderState(workspaceFolder().fsPath);
}
