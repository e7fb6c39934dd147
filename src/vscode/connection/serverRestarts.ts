import * as vscode from 'vscode';

import { escapeLinks } from '../../core/views/escape.ts';
import type { ServerRestart } from '../../services/health/endpointWatch.ts';
import type { Event } from '../../services/event.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { Connection } from './connection.ts';

export interface RestartParts {
  readonly onDidRestart: Event<ServerRestart>;
  readonly connection: Connection;
  readonly snapshots: SnapshotSource;
  readonly editorName: string;
}

/** After a restart of the selected server: this editor is reconnected, or its user is offered that, where only they can do it. */
export function followServerRestarts({ onDidRestart, connection, snapshots, editorName }: RestartParts): {
  dispose(): void;
} {
  return onDidRestart(() => {
    void connection.followRestart().then((isDone) => {
      const { selection } = snapshots.current;
      if (!isDone && selection !== undefined) void offerReconnect(selection.label, editorName);
    });
  });
}

/** Cursor keeps using the ended session: cursor/cursor#3640. */
async function offerReconnect(label: string, editorName: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    `ClawQL on ${escapeLinks(label)} was restarted. ${editorName} may still use the session that ended with it, and its calls then fail.`,
    'Reconnect',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('clawql.reconnect');
}
