import * as vscode from 'vscode';

import { statOf } from '../files/fileTree.ts';

/** A work tree, and the folder in which git keeps its index; both may be far apart. */
export interface Repository {
  readonly top: vscode.Uri;
  readonly gitFolder: vscode.Uri;
}

export type RepositoryAnswer = Repository | 'none' | 'unknown';

/** Enough for any path that a file system allows to be typed. */
const mostLevels = 100;
const mostPointerBytes = 4096;

/** The repository round a file: the nearest folder upwards with a `.git` in it. Source: git, `Documentation/gitrepository-layout.adoc`. */
export async function repositoryOf(file: vscode.Uri): Promise<RepositoryAnswer> {
  let folder = vscode.Uri.joinPath(file, '..');
  for (let level = 0; level < mostLevels; level++) {
    const marker = vscode.Uri.joinPath(folder, '.git');
    const found = await statOf(marker);
    if (found === 'unreadable') return 'unknown';
    if (found !== 'missing') return repositoryAt(folder, marker, found);
    const parent = vscode.Uri.joinPath(folder, '..');
    if (parent.path === folder.path) return 'none';
    folder = parent;
  }
  return 'unknown';
}

async function repositoryAt(
  top: vscode.Uri,
  marker: vscode.Uri,
  { type, size }: vscode.FileStat,
): Promise<RepositoryAnswer> {
  if ((type & vscode.FileType.Directory) !== 0) return { top, gitFolder: marker };
  // In a linked work tree and in a submodule `.git` is a file that says where the folder is.
  if (size > mostPointerBytes) return 'unknown';
  const bytes = await bytesOf(marker);
  const path = /^gitdir: (.+?)\r?\n?$/s.exec(bytes === undefined ? '' : new TextDecoder().decode(bytes))?.[1];
  return path === undefined ? 'unknown' : { top, gitFolder: folderAt(top, path) };
}

/** Where a path leads that git wrote into a file in `base`: relative to it, or from the root, also as Windows has it. */
export function folderAt(base: vscode.Uri, path: string): vscode.Uri {
  const slashed = path.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(slashed)) return base.with({ path: `/${slashed}` });
  return slashed.startsWith('/') ? base.with({ path: slashed }) : vscode.Uri.joinPath(base, slashed);
}

/** Undefined when the file cannot be read, be it only at this moment. */
export async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
