import * as vscode from 'vscode';

import type { TextFiles } from '../services/textFiles.ts';
import { workspaceEdit } from './workspaceEdit.ts';

/** The workspace's files through the editor: an open document and a closed file are read and changed alike, and then saved. */
export const workspaceTextFiles: TextFiles = {
  async read(uri) {
    const target = vscode.Uri.parse(uri, true);
    if (!(await exists(target))) return undefined;
    const document = await vscode.workspace.openTextDocument(target);
    return document.getText();
  },

  async create(uri, text) {
    const target = vscode.Uri.parse(uri, true);
    const folder = await topmostMissingFolder(target);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    return folder?.toString();
  },

  async edit(uri, before, edits) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    if (document.getText() !== before) return false;
    if (!(await vscode.workspace.applyEdit(workspaceEdit(document, edits)))) return false;
    if (!(await document.save()))
      throw new Error('the change was made, but the file could not be saved: save it yourself');
    return true;
  },

  async remove(uri, folder) {
    const target = vscode.Uri.parse(uri, true);
    // An editor that stays open on a file that is gone shows its text struck through.
    await vscode.window.tabGroups.close(tabsOf(target));
    await vscode.workspace.fs.delete(target);
    if (folder !== undefined) await removeEmptyFolders(parentOf(target), vscode.Uri.parse(folder, true));
  },
};

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}

function tabsOf(uri: vscode.Uri): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

function parentOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

async function topmostMissingFolder(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  let missing: vscode.Uri | undefined;
  for (let folder = parentOf(file); folder.path !== '/' && !(await exists(folder)); folder = parentOf(folder)) {
    missing = folder;
  }
  return missing;
}

/** From `folder` upwards to `last`, as long as nothing else lies in them. */
async function removeEmptyFolders(folder: vscode.Uri, last: vscode.Uri): Promise<void> {
  for (let next = folder; next.path.startsWith(last.path); next = parentOf(next)) {
    if ((await vscode.workspace.fs.readDirectory(next)).length > 0) return;
    await vscode.workspace.fs.delete(next);
  }
}
