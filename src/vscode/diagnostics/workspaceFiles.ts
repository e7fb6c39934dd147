import * as vscode from 'vscode';

import { documentKind, policyNames } from '../../core/diagnostics/sourceDocument.ts';
import { dialects } from '../../core/mcp/dialects.ts';
import { withToken } from '../cancellationToken.ts';
import { parentOf } from '../files/fileTree.ts';
import { literalPattern } from '../files/literalPattern.ts';
import type { SpecFiles } from './specFiles.ts';
import type { TrackingReader } from './tracking.ts';

/** More than any workspace has that is one; the search ends there. */
const mostFiles = 5_000;

const placePaths = dialects.flatMap(({ places }) =>
  places.flatMap(({ scope, path }) => (scope === 'folder' || scope === 'workspace-file' ? [path] : [])),
);

/** The API descriptions that are checked in one go; each can be large. */
const mostSpecs = 50;

const kindPaths = ['.env*', '*.env', '*.env.*', ...policyNames, ...placePaths];

/** The files of the workspace that may be checked. */
export interface CheckedFiles {
  /** Of all of them, as one pattern; finer sieving is `documentKind`'s and that of `specs`. */
  readonly pattern: string;
  readonly specs: Pick<SpecFiles, 'fileAt'>;
  /** Whether more API descriptions are named than are looked for. */
  readonly isCut: boolean;
}

export function checkedFiles(specs: Pick<SpecFiles, 'fileAt' | 'uris'>): CheckedFiles {
  const described = specs.uris.filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
  const specPaths = described
    .slice(0, mostSpecs)
    .map((uri) => literalPattern(vscode.workspace.asRelativePath(uri, false)));
  const pattern = `{${[...kindPaths, ...specPaths].map((path) => `**/${path}`).join(',')}}`;
  return { pattern, specs, isCut: described.length > mostSpecs };
}

export interface FoundFiles {
  readonly uris: readonly vscode.Uri[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

/** The files to check, without those that `files.exclude` hides and those in folders that git ignores. */
export async function findCheckedFiles(
  { pattern, specs, isCut }: CheckedFiles,
  reader: TrackingReader,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const found = await withToken(signal, (token) =>
    vscode.workspace.findFiles(pattern, undefined, mostFiles + 1, token),
  );
  const kept = found
    .slice(0, mostFiles)
    .filter((uri) => documentKind(uri.path) !== undefined || specs.fileAt(uri) !== undefined)
    .toSorted((one, other) => one.path.localeCompare(other.path));
  return { uris: await withoutIgnoredFolders(kept, reader), isCut: isCut || found.length > mostFiles };
}

/** Those of some files that lie in no folder that git ignores, in their order. */
export async function withoutIgnoredFolders(
  uris: readonly vscode.Uri[],
  reader: TrackingReader,
): Promise<readonly vscode.Uri[]> {
  const folders = new Map<string, Promise<boolean>>();
  const isIgnored = (folder: vscode.Uri): Promise<boolean> => {
    const answer = folders.get(folder.path) ?? reader.ignoresFolder(folder);
    folders.set(folder.path, answer);
    return answer;
  };
  const kept = uris.map(async (uri) => ((await isIgnored(parentOf(uri))) ? [] : [uri]));
  return (await Promise.all(kept)).flat();
}
