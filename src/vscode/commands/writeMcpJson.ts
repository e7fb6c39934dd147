import * as vscode from 'vscode';

import { dialects, type Dialect, type DialectId } from '../../core/mcp/dialect.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { serverDefinition } from '../../core/mcp/serverDefinition.ts';
import type { FileEntries, WriteOutcome } from '../../services/fileEntries.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

export interface WriteParts {
  readonly files: FileEntries;
  readonly snapshots: SnapshotSource;
  /** The dialect of this editor's own file; undefined in an editor whose file is not known. */
  readonly ownDialect: DialectId | undefined;
  /** Lets the user choose a server; false when none was chosen. */
  readonly select: () => Promise<boolean>;
  /** Said of an entry that stands in its file now. */
  readonly written: (entry: WrittenPlace) => Promise<void>;
}

/** Which entry was written, and where. */
export interface WrittenPlace {
  readonly uri: vscode.Uri;
  readonly dialect: Dialect;
  readonly key: string;
  readonly url: string;
  /** Whether the file is this editor's own. */
  readonly here: boolean;
}

interface Target extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly dialect: Dialect;
}

/** *ClawQL: Write It to mcp.json…* */
export async function writeMcpJson(parts: WriteParts): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      'ClawQL: this workspace is not trusted, so nothing is written to it. Trust it first.',
    );
    return;
  }
  if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
    void vscode.window.showWarningMessage(
      'ClawQL: no folder is open, so there is no mcp.json to write to. Open a folder first.',
    );
    return;
  }
  if (parts.snapshots.current.selection === undefined && !(await parts.select())) return;
  const { selection, settings } = parts.snapshots.current;
  if (selection === undefined) return;
  const target = await pickTarget(selection, parts.ownDialect);
  if (target === undefined) return;
  const key = settings.serverName;
  const write = (overwrite: boolean): Promise<WriteOutcome> =>
    parts.files.write({ uri: target.uri.toString(), dialect: target.dialect, key, url: selection.url, overwrite });
  let outcome = await write(false);
  if (outcome.kind === 'taken' && (await mayReplace(target, key, outcome.present))) outcome = await write(true);
  const { uri, dialect } = target;
  await report(
    outcome,
    target.label,
    { uri, dialect, key, url: selection.url, here: dialect.id === parts.ownDialect },
    parts,
  );
}

async function pickTarget(selection: Selection, own: DialectId | undefined): Promise<Target | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const ordered = dialects.toSorted((one, other) => Number(other.id === own) - Number(one.id === own));
  const targets = ordered.flatMap((dialect) =>
    folders.map((folder): Target => {
      const written = serverDefinition(dialect, selection.url, 'variable')?.properties[dialect.urlKey] ?? '';
      return {
        label: folders.length > 1 ? `${folder.name}/${dialect.file}` : dialect.file,
        description: dialect.id === own ? `${dialect.client}, this editor` : dialect.client,
        detail: `${dialect.urlKey}: ${written}`,
        uri: vscode.Uri.joinPath(folder.uri, dialect.file),
        dialect,
      };
    }),
  );
  return vscode.window.showQuickPick(targets, {
    title: `ClawQL: Write ${selection.label} to mcp.json`,
    placeHolder: 'Which file? No host name goes into it: a variable stands for it, so that the file can be shared',
  });
}

async function mayReplace(target: Target, key: string, present: string): Promise<boolean> {
  const choice = await vscode.window.showWarningMessage(
    `${target.label} has a server "${key}" already.`,
    { modal: true, detail: `It says ${present || 'something else'}. Disconnect brings it back.` },
    'Replace It',
  );
  return choice !== undefined;
}

async function report(outcome: WriteOutcome, label: string, place: WrittenPlace, parts: WriteParts): Promise<void> {
  switch (outcome.kind) {
    case 'taken':
      return;
    case 'broken': {
      const where = `${label}, line ${outcome.line}, column ${outcome.column}`;
      const choice = await vscode.window.showErrorMessage(
        `ClawQL: nothing was written, because ${where} cannot be read: ${outcome.reason}. Mend it, then run this again.`,
        'Open It There',
      );
      if (choice !== undefined) await open(place.uri, new vscode.Position(outcome.line - 1, outcome.column - 1));
      return;
    }
    case 'failed':
      void vscode.window.showErrorMessage(`ClawQL: ${label} was not written. ${outcome.reason}`);
      return;
    case 'written':
    case 'unchanged':
      await open(place.uri);
      await parts.written(place);
  }
}

async function open(uri: vscode.Uri, position?: vscode.Position): Promise<void> {
  const selection = position && new vscode.Range(position, position);
  await vscode.window.showTextDocument(uri, { preview: false, ...(selection ? { selection } : {}) });
}
