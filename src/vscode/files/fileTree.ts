import * as vscode from 'vscode';

/** What is there; told apart from a file that is not and one that cannot be looked at. */
export async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | 'missing' | 'unreadable'> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound' ? 'missing' : 'unreadable';
  }
}

/** Throws where that cannot be told. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}

export function parentOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

/** The topmost of the folders that have to be made for a file; undefined when its folder is there. */
export async function topmostMissingFolder(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  let missing: vscode.Uri | undefined;
  for (let folder = parentOf(file); folder.path !== '/' && !(await exists(folder)); folder = parentOf(folder)) {
    missing = folder;
  }
  return missing;
}

/** From `folder` upwards to `last`, as long as nothing else lies in them. */
export async function removeEmptyFolders(folder: vscode.Uri, last: vscode.Uri): Promise<void> {
  for (let next = folder; next.path.startsWith(last.path); next = parentOf(next)) {
    if ((await vscode.workspace.fs.readDirectory(next)).length > 0) return;
    await vscode.workspace.fs.delete(next);
  }
}

export async function closeTabsOf(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
}
