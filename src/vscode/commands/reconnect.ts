import * as vscode from 'vscode';

import { notReconnectedText } from '../../core/views/notReconnectedText.ts';
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
  const reconnection = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `ClawQL: reconnecting to ${escapeIcons(selection.label)}…` },
    () => connection.reconnect(),
  );
  if (reconnection.kind === 'reconnected') {
    const said = `Reconnected to ClawQL on ${selection.label}. ${proofText(reconnection.proof, editorName)}`;
    void vscode.window.showInformationMessage(escapeLinks(said));
    return;
  }
  const said = notReconnectedText(reconnection, editorName, selection.label);
  void vscode.window.showWarningMessage(`ClawQL: ${escapeLinks(said)}`);
}
