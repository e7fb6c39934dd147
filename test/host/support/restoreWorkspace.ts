import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileUri, workspaceFolder, workspaceState } from './files.ts';

type State = Readonly<Record<string, string>>;

/** Puts every file back as it was in `state`, and removes what was not there, with the editor's documents of it. */
export async function restoreWorkspace(state: State): Promise<void> {
  await bringBack(documentsOutside(state));
  const now = await workspaceState();
  await remove(Object.keys(now).filter((name) => state[name] === undefined));
  for (const [name, bytes] of Object.entries(state).filter(([one, was]) => now[one] !== was)) {
    const file = fileUri(name).fsPath;
    if (bytes === '/') await fs.mkdir(file, { recursive: true });
    else await fs.writeFile(file, Buffer.from(bytes, 'base64'));
  }
}

/** The paths of the documents whose files were not there in `state`. */
function documentsOutside(state: State): readonly string[] {
  return vscode.workspace.textDocuments
    .filter(({ uri }) => uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined)
    .map(({ uri }) => uri.fsPath)
    .filter((file) => state[path.relative(workspaceFolder().fsPath, file)] === undefined);
}

/** What is gone already has to be there again to be removed by the editor. */
async function bringBack(files: readonly string[]): Promise<void> {
  for (const file of files) {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.appendFile(file, '');
  }
}

/**
 * Removes files and folders as the editor does, which forgets their documents then. When another program removes them, it keeps for
 * minutes the text of those that it does not show; and what comes in a folder that was removed and made again, its watcher may miss.
 */
async function remove(names: readonly string[]): Promise<void> {
  const tops = names.filter((name) => !names.includes(path.dirname(name)));
  if (tops.length === 0) return;
  const edit = new vscode.WorkspaceEdit();
  for (const name of tops) edit.deleteFile(fileUri(name), { recursive: true, ignoreIfNotExists: true });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`The editor did not remove ${tops.join(', ')}.`);
}
