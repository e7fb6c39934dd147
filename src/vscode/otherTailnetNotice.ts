import * as vscode from 'vscode';

import { otherTailnetMessage } from '../core/views/otherTailnetMessage.ts';
import type { Disposable } from '../services/event.ts';
import type { SnapshotSource } from '../services/snapshotStore.ts';

/** Says once for each switch that the selected server belongs to another tailnet than the one in which this machine is now. */
export function registerOtherTailnetNotice(snapshots: SnapshotSource): Disposable {
  let said: string | undefined;
  return snapshots.onDidChange((snapshot) => {
    // A daemon that is being asked, or is off for a moment, is no switch.
    if (snapshot.tailnet.kind !== 'running') return;
    const message = otherTailnetMessage(snapshot);
    if (message !== undefined && message !== said) void offerChoice(message);
    said = message;
  });
}

async function offerChoice(message: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(message, 'Select Another Server…');
  if (choice !== undefined) await vscode.commands.executeCommand('clawql.selectServer');
}
