import * as vscode from 'vscode';

import { proofText } from '../../core/mcp/proof.ts';
import { escapeIcons, escapeLinks } from '../../core/views/escape.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { Connection } from '../connection/connection.ts';

/** *ClawQL: Reconnect*: has this editor take the selected server up anew, and says how it is known that it did. */
export async function reconnect(connection: Connection, snapshots: SnapshotSource, editorName: string): Promise<void> {
  const { selection } = snapshots.current;
  if (selection === undefined) {
    void vscode.window.showInformationMessage('ClawQL: no server is selected, so there is nothing to reconnect.');
    return;
  }
  const proof = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `ClawQL: reconnecting to ${escapeIcons(selection.label)}…` },
    () => connection.reconnect(),
  );
  const said = `Reconnected to ClawQL on ${selection.label}. ${proofText(proof, editorName)}`;
  void vscode.window.showInformationMessage(escapeLinks(said));
}
