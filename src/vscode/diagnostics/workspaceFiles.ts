import * as vscode from 'vscode';

import { documentKind } from '../../core/diagnostics/sourceDocument.ts';
import { dialects } from '../../core/mcp/dialects.ts';
import { parentOf } from '../fileTree.ts';
import type { TrackingReader } from './tracking.ts';

/** More than any workspace has that is one; the search ends there. */
const mostFiles = 5_000;

const placePaths = dialects.flatMap(({ places }) =>
  places.flatMap(({ scope, path }) => (scope === 'folder' || scope === 'workspace-file' ? [path] : [])),
);

/** All files of the workspace that may be checked, as one pattern; finer sieving is `documentKind`'s. */
export const checkedFiles = `{${['.env*', '*.env', '*.env.*', ...placePaths].map((path) => `**/${path}`).join(',')}}`;

export interface FoundFiles {
  readonly uris: readonly vscode.Uri[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

/** The files to check, without those that `files.exclude` hides and those in folders that git ignores. */
export async function findCheckedFiles(reader: TrackingReader, token: vscode.CancellationToken): Promise<FoundFiles> {
  const found = await vscode.workspace.findFiles(checkedFiles, undefined, mostFiles + 1, token);
  const folders = new Map<string, Promise<boolean>>();
  const isIgnored = (folder: vscode.Uri): Promise<boolean> => {
    const answer = folders.get(folder.path) ?? reader.ignoresFolder(folder);
    folders.set(folder.path, answer);
    return answer;
  };
  const kept = found
    .slice(0, mostFiles)
    .filter(({ path }) => documentKind(path) !== undefined)
    .toSorted((one, other) => one.path.localeCompare(other.path))
    .map(async (uri) => ((await isIgnored(parentOf(uri))) ? [] : [uri]));
  return { uris: (await Promise.all(kept)).flat(), isCut: found.length > mostFiles };
}
