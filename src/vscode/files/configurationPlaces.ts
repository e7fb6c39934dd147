import * as vscode from 'vscode';

import type { EditorKind } from '../../core/editor.ts';
import type { ConfigurationReader } from '../../core/mcp/configuration.ts';
import type { Dialect, Place } from '../../core/mcp/dialect.ts';
import { dialects } from '../../core/mcp/dialects.ts';
import type { EntryForm } from '../../core/mcp/serverDefinition.ts';
import { statOf } from './fileTree.ts';

/** The folders of this machine and of this editor in which configuration files lie. */
export interface PlaceRoots {
  readonly editor: EditorKind;
  readonly home: vscode.Uri;
  /** Holds the editor's `User` folder. */
  readonly userData: vscode.Uri;
  /** The editor's `globalStorage`. */
  readonly storage: vscode.Uri;
  /** Whether the extension runs on another machine than the editor's window. */
  readonly isRemote: boolean;
}

/** A file in which a client looks for servers, there or not. */
export interface ConfigurationPlace {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly dialect: Dialect;
  readonly place: Place;
  readonly reader: ConfigurationReader;
  readonly folder?: vscode.WorkspaceFolder;
}

/** The places of all clients of which the one file is known; not those that a pattern finds. */
export function definitePlaces(roots: PlaceRoots): readonly ConfigurationPlace[] {
  return everywhere(roots, ({ scope, path }) => scope === 'workspace-file' || !path.includes('*'));
}

/** The files that are there, in every place of every client. */
export async function existingPlaces(roots: PlaceRoots): Promise<readonly ConfigurationPlace[]> {
  const spread = await Promise.all(everywhere(roots, () => true).map(spreadOut));
  const found = await Promise.all(
    spread.flat().map(async (place) => {
      const stat = await statOf(place.uri);
      return typeof stat === 'object' && (stat.type & vscode.FileType.Directory) === 0 ? [place] : [];
    }),
  );
  return found.flat();
}

function everywhere(roots: PlaceRoots, wanted: (place: Place) => boolean): readonly ConfigurationPlace[] {
  return dialects.flatMap((dialect) =>
    dialect.places.filter(wanted).flatMap((place) => placesOf(dialect, place, roots)),
  );
}

function placesOf(dialect: Dialect, place: Place, roots: PlaceRoots): readonly ConfigurationPlace[] {
  const { path } = place;
  const at = (uri: vscode.Uri, label: string): ConfigurationPlace => {
    return { uri, label, dialect, place, reader: readerOf(dialect, uri, roots) };
  };
  switch (place.scope) {
    case 'folder':
      return (vscode.workspace.workspaceFolders ?? []).map((folder) => {
        const uri = vscode.Uri.joinPath(folder.uri, path);
        return { ...at(uri, vscode.workspace.asRelativePath(uri)), folder };
      });
    case 'home':
      return [at(vscode.Uri.joinPath(roots.home, path), `~/${path}`)];
    case 'workspace-file': {
      const { workspaceFile } = vscode.workspace;
      // One that was never saved lies in a folder of the editor's own.
      if (workspaceFile === undefined || workspaceFile.scheme === 'untitled') return [];
      return [at(workspaceFile, workspaceFile.path.slice(workspaceFile.path.lastIndexOf('/') + 1))];
    }
    case 'editor-user':
      if (roots.editor !== 'vscode') return [];
      return [at(vscode.Uri.joinPath(roots.userData, path), roots.isRemote ? 'Remote User mcp.json' : 'User mcp.json')];
    case 'editor-storage':
      return [at(vscode.Uri.joinPath(roots.storage, path), path)];
  }
}

/** A file's URI as people read it: by its label where it is one of the known places, else below the workspace or the home folder. */
export function placeText(uri: string, roots: PlaceRoots): string {
  const file = vscode.Uri.parse(uri, true);
  const known = definitePlaces(roots).find((place) => place.uri.toString() === uri);
  if (known !== undefined) return known.label;
  const below = `${roots.home.path}/`;
  const isHome = vscode.workspace.getWorkspaceFolder(file) === undefined && file.path.startsWith(below);
  return isHome ? `~/${file.path.slice(below.length)}` : vscode.workspace.asRelativePath(file);
}

/** How entries are written into a file: whom they follow, and whether they may hold the URL itself. */
export function mannerOf({ scope }: Place): { readonly scope: 'window' | 'user'; readonly form: EntryForm } {
  if (scope === 'folder' || scope === 'workspace-file') return { scope: 'window', form: 'variable' };
  // The user's file of VS Code is carried from machine to machine by Settings Sync: it names no host either.
  return { scope: 'user', form: scope === 'editor-user' ? 'variable' : 'literal' };
}

/** VS Code resolves its own files in the extension host of the machine on which they lie; every other program in a process of its own. */
export function readerOf({ id }: Dialect, uri: vscode.Uri, { editor }: PlaceRoots): ConfigurationReader {
  if (editor !== 'vscode' || !['vscode', 'vscodeWorkspace'].includes(id)) return { kind: 'program' };
  // An extension host calls the files of its own machine `file`, and those of another one by the scheme that leads there.
  if (uri.scheme === 'file') return { kind: 'this-window' };
  return { kind: 'remote-window', machine: vscode.env.remoteName ?? uri.authority };
}

/** A path with `*` in its last but one segment, as the folders there have it. */
async function spreadOut(found: ConfigurationPlace): Promise<readonly ConfigurationPlace[]> {
  const { place, uri } = found;
  // The workspace's own file has a name already.
  if (!place.path.includes('*') || place.scope === 'workspace-file') return [found];
  const segments = place.path.split('/');
  const star = segments.indexOf('*');
  const rest = segments.slice(star + 1);
  const parent = vscode.Uri.joinPath(uri, ...segments.slice(star).map(() => '..'));
  const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(parent)).catch(() => []);
  return entries
    .filter(([, type]) => (type & vscode.FileType.Directory) !== 0)
    .map(([name]) => {
      const label = found.label.replace('*', name);
      return { ...found, uri: vscode.Uri.joinPath(parent, name, ...rest), label };
    });
}
