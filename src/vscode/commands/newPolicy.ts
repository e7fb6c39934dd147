import * as vscode from 'vscode';

import { starterName, starterPolicy } from '../../core/policy/starterPolicy.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

/**
 * *ClawQL: New ClawQL Policy*: opens a policy to begin with, which is not saved anywhere. `refresh` asks the hosts; that is done where one
 * has not been asked yet, so that the policy opens the ports at which they answer.
 */
export async function newPolicy(snapshots: SnapshotSource, refresh: () => Promise<void>): Promise<void> {
  if (isUnasked(snapshots.current)) {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'ClawQL: asking the hosts for their ports…' },
      refresh,
    );
  }
  const uri = freeUri();
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), starterPolicy(snapshots.current));
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // The editor has looked at the document while it was empty.
  editor.options = { insertSpaces: true, tabSize: 2 };
}

/** A host that is offline is not asked. */
function isUnasked({ tailnet, hosts }: Snapshot): boolean {
  const isWaitedFor = hosts.some(({ host: { node }, outcomes }) => node?.online !== false && outcomes.length === 0);
  return tailnet.kind === 'checking' || isWaitedFor;
}

/** A document without a file whose name the editor offers when it is saved; another one where such a document is open already. */
function freeUri(): vscode.Uri {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? starterName : starterName.replace('.', `-${number}.`);
    const uri = vscode.Uri.from({ scheme: 'untitled', path: name });
    if (!open.has(uri.toString())) return uri;
  }
}
