import * as vscode from 'vscode';

import { proofText } from '../../core/mcp/proof.ts';
import { escapeIcons, escapeLinks } from '../../core/views/escape.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { bestSelection } from '../../core/views/hosts/hostPick.ts';
import type { HostPickRow } from '../../core/views/hosts/hostPickRow.ts';
import { atMost, systemClock } from '../../services/clock.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { Connection } from '../connection/connection.ts';
import { pickServer } from './selectServer.ts';

export interface ConnectParts {
  readonly connection: Connection;
  readonly snapshots: SnapshotSource;
  readonly refresh: () => void;
  /** Asks those hosts of which nothing fresh is known. */
  readonly freshen: () => void;
  /** Takes a host that the user made known out of the list. */
  readonly forget: (host: NonNullable<HostPickRow['forget']>) => void;
  /** Resolves when the most wanted endpoint of a host that answers is known. */
  readonly decided: (hostId: string) => Promise<void>;
  readonly editorName: string;
  /** Whether something written for an earlier choice is still to be taken back. */
  readonly leftovers: () => Promise<boolean>;
  /** Writes a file's URI as people read it. */
  readonly placeOf: (uri: string) => string;
}

/** Milliseconds for which a pick waits for endpoints that are more wanted than the one that has answered: as long as a connection may take. */
const decideLimit = 4_000;

/** *ClawQL: Select Tailnet MCP Server…*: true when a server was chosen. */
export async function selectServer({
  connection,
  snapshots,
  refresh,
  freshen,
  forget,
  ...parts
}: ConnectParts): Promise<boolean> {
  freshen();
  const selection = await pickServer({ snapshots, refresh, forget, clock: systemClock });
  if (selection === undefined) return false;
  await connectTo(selection, { ...parts, connection, snapshots });
  return true;
}

/** Makes this editor use a choice, and says how it is known that it does. With `exactly` no other endpoint of the host is taken. */
export async function connectTo(
  selection: Selection,
  {
    connection,
    snapshots,
    decided,
    editorName,
  }: Pick<ConnectParts, 'connection' | 'snapshots' | 'decided' | 'editorName'>,
  exactly = false,
): Promise<void> {
  const proof = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `ClawQL: connecting to ${escapeIcons(selection.label)}…` },
    async () => {
      if (exactly) return connection.connect(selection);
      // Picked before its best endpoint had answered: the choice is the host, and the best of its endpoints is taken.
      await atMost(systemClock, decideLimit, decided(selection.hostId));
      return connection.connect(bestSelection(snapshots.current, selection));
    },
  );
  const done = proof.kind === 'observed' ? 'Connected to' : `${editorName} now knows`;
  void announce(`${done} ClawQL on ${escapeLinks(selection.label)}. ${escapeLinks(proofText(proof, editorName))}`);
}

/** Said once and left to itself: the command is done whether or not the user takes the offer. */
async function announce(message: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(message, 'Write It to mcp.json…');
  if (choice !== undefined) await vscode.commands.executeCommand('clawql.writeMcpJson');
}

/** *ClawQL: Disconnect*. */
export async function disconnect({ connection, snapshots, leftovers, placeOf }: ConnectParts): Promise<void> {
  const { selection } = snapshots.current;
  const from = selection === undefined ? 'ClawQL' : `ClawQL on ${escapeLinks(selection.label)}`;
  if (selection === undefined && !(await leftovers())) {
    void vscode.window.showInformationMessage('ClawQL: no server is selected, so there is nothing to disconnect.');
    return;
  }
  const left = await connection.disconnect(placeOf);
  if (left.length === 0) {
    void vscode.window.showInformationMessage(
      `Disconnected from ${from}. Everything that was set for it is taken back.`,
    );
    return;
  }
  void vscode.window.showWarningMessage(
    `Disconnected from ${from}, but something stayed: ${left.join(' ')} Mend that, then run ClawQL: Disconnect again.`,
  );
}
