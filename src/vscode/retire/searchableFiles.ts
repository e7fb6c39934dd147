import * as vscode from 'vscode';

import { withToken } from '../cancellationToken.ts';
import { parentOf } from '../files/fileTree.ts';
import { existingPlaces, type ConfigurationPlace, type PlaceRoots } from '../files/configurationPlaces.ts';
import { withoutIgnoredFolders } from '../diagnostics/workspaceFiles.ts';
import type { TrackingReader } from '../diagnostics/tracking.ts';

/** More than most workspaces have outside of the folders that are left out; the search ends there. */
const mostFiles = 5_000;

export interface SearchableFiles {
  /** Each once. Those of clients come with their place. */
  readonly files: readonly { readonly uri: vscode.Uri; readonly place?: ConfigurationPlace }[];
  readonly isCut: boolean;
}

/**
 * All files of the workspace, without those that `files.exclude` and `search.exclude` hide and those in folders that git ignores; the files
 * of clients, wherever they lie; and what is open in this window.
 */
export async function searchableFiles(
  roots: PlaceRoots,
  reader: TrackingReader,
  signal: AbortSignal,
): Promise<SearchableFiles> {
  const found = await withToken(signal, (token) =>
    vscode.workspace.findFiles('**/*', excludePattern(), mostFiles + 1, token),
  );
  const kept = await withoutIgnoredFolders(found.slice(0, mostFiles), reader);
  const open = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === 'file' && !isClosed);
  const files = new Map<string, { readonly uri: vscode.Uri; readonly place?: ConfigurationPlace }>();
  for (const uri of [...kept, ...open.map((document) => document.uri)]) {
    // What the editor keeps of a window of its own, such as its settings, is open without anybody having opened it.
    if (!parentOf(uri).path.startsWith(`${roots.userData.path}/`)) files.set(uri.toString(), { uri });
  }
  for (const place of await existingPlaces(roots)) files.set(place.uri.toString(), { uri: place.uri, place });
  const sorted = [...files.values()].toSorted((one, other) => one.uri.path.localeCompare(other.uri.path));
  return { files: sorted, isCut: found.length > mostFiles };
}

/** The editor adds `files.exclude` itself. A pattern with a condition is left out: what it hides is searched all the same. */
function excludePattern(): string | undefined {
  const setting: unknown = vscode.workspace.getConfiguration('search', null).get('exclude');
  const patterns = Object.entries(typeof setting === 'object' && setting !== null ? setting : {})
    .filter(([, value]) => value === true)
    .map(([pattern]) => pattern);
  return patterns.length === 0 ? undefined : `{${patterns.join(',')}}`;
}
