import * as vscode from 'vscode';

import type { Tracking } from '../../core/diagnostics/sourceDocument.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { variableUrl } from '../../core/mcp/serverDefinition.ts';
import { escapeIcons } from '../../core/views/escape.ts';
import type { EntryTarget, WriteOutcome } from '../../services/entries/entryWriter.ts';
import type { FileEntries } from '../../services/entries/fileEntries.ts';
import { errorText } from '../../services/log.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { PlaceRoots } from '../files/configurationPlaces.ts';
import { writeTargets, type WriteTarget } from './writeTargets.ts';

export interface WriteParts {
  readonly entries: Readonly<Record<WriteTarget['scope'], FileEntries>>;
  readonly roots: PlaceRoots;
  readonly snapshots: SnapshotSource;
  readonly trackingOf: (uri: vscode.Uri) => Promise<Tracking>;
  /** Lets the user choose a server; false when none was chosen. */
  readonly select: () => Promise<boolean>;
  /** Said of an entry that stands in its file now. */
  readonly written: (target: WriteTarget, selection: Selection) => Promise<void>;
}

/** *ClawQL: Write It to mcp.json…* */
export async function writeMcpJson(parts: WriteParts): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      'ClawQL: this workspace is not trusted, so nothing is written to it. Trust it first.',
    );
    return;
  }
  if (parts.snapshots.current.selection === undefined && !(await parts.select())) return;
  const { selection, settings } = parts.snapshots.current;
  if (selection === undefined) return;
  const targets = await writeTargets(parts.roots, settings.serverName);
  if (targets.length === 0) {
    void vscode.window.showWarningMessage(
      'ClawQL: no folder is open, and no client of this machine is known, so there is no mcp.json to write to. Open a folder first.',
    );
    return;
  }
  const target = await pickTarget(targets, selection);
  if (target === undefined || !(await mayHoldName(target, parts))) return;
  await write(target, selection, parts);
}

async function write(target: WriteTarget, selection: Selection, parts: WriteParts): Promise<void> {
  const { url, wantsToken } = selection;
  const entry = (overwrite: boolean): EntryTarget => {
    return { ...target, uri: target.uri.toString(), endpoint: { url, wantsToken }, overwrite };
  };
  const attempt = (overwrite: boolean): Promise<WriteOutcome> =>
    parts.entries[target.scope].write(entry(overwrite)).catch((error: unknown) => {
      return { kind: 'failed', reason: `${errorText(error)}.` };
    });
  let outcome = await attempt(false);
  if (outcome.kind === 'taken' && (await mayReplace(target, outcome.present))) outcome = await attempt(true);
  await report(outcome, target, selection, parts);
}

async function pickTarget(targets: readonly WriteTarget[], selection: Selection): Promise<WriteTarget | undefined> {
  const rows = targets.flatMap((target, index): (vscode.QuickPickItem & { readonly target?: WriteTarget })[] => {
    const { label, client, form, group, key } = target;
    const separator = { label: group, kind: vscode.QuickPickItemKind.Separator };
    const url = client && form === 'variable' ? variableUrl(client.dialect, selection.url) : selection.url;
    const detail = client === undefined ? `${key}=${url ?? ''}` : `${client.dialect.urlKeys[0]}: ${url ?? ''}`;
    const description = client === undefined ? "ClawQL's workflow scripts" : client.dialect.client;
    const row = { label, description, detail: escapeIcons(detail), target };
    return group === targets[index - 1]?.group ? [row] : [separator, row];
  });
  const row = await vscode.window.showQuickPick(rows, {
    title: `ClawQL: Write ${escapeIcons(selection.label)} to mcp.json`,
    placeHolder: 'Which file? What others get to read names a variable in place of the host',
    matchOnDescription: true,
  });
  return row?.target;
}

/** A `.env` has no form without the host's name: where git does not ignore it, its user is asked. */
async function mayHoldName({ uri, label, client }: WriteTarget, { trackingOf }: WriteParts): Promise<boolean> {
  if (client !== undefined) return true;
  const tracking = await trackingOf(uri);
  if (tracking === 'ignored') return true;
  const detail =
    'The name of the host goes into it, and with a commit to everybody who reads the repository. Better let git ignore it first.';
  const what = { tracked: 'is tracked by git', untracked: 'is not ignored by git', unknown: 'may be tracked by git' };
  const choice = await vscode.window.showWarningMessage(
    `${label} ${what[tracking]}.`,
    { modal: true, detail },
    'Write It All the Same',
  );
  return choice !== undefined;
}

async function mayReplace({ label, key, client }: WriteTarget, present: string): Promise<boolean> {
  const what = client === undefined ? `a value for ${key}` : `a server "${key}"`;
  const choice = await vscode.window.showWarningMessage(
    `${label} has ${what} already.`,
    { modal: true, detail: `It says ${present || 'something else'}. Disconnect brings it back.` },
    'Replace It',
  );
  return choice !== undefined;
}

async function report(
  outcome: WriteOutcome,
  target: WriteTarget,
  selection: Selection,
  { written }: WriteParts,
): Promise<void> {
  const { label, uri } = target;
  switch (outcome.kind) {
    case 'taken':
      return;
    case 'broken': {
      const where = `${label}, line ${outcome.line}, column ${outcome.column}`;
      const choice = await vscode.window.showErrorMessage(
        `ClawQL: nothing was written, because ${where} is not as it should be: ${outcome.reason}. Mend it, then run this again.`,
        'Open It There',
      );
      if (choice !== undefined) await open(uri, new vscode.Position(outcome.line - 1, outcome.column - 1));
      return;
    }
    case 'failed':
      void vscode.window.showErrorMessage(`ClawQL: ${label} was not written: ${outcome.reason}`);
      return;
    case 'written':
    case 'unchanged':
      await open(uri);
      await written(target, selection);
  }
}

async function open(uri: vscode.Uri, position?: vscode.Position): Promise<void> {
  const selection = position && new vscode.Range(position, position);
  await vscode.window.showTextDocument(uri, { preview: false, ...(selection ? { selection } : {}) });
}
