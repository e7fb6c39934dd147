import * as vscode from 'vscode';

import { proofText } from '../../core/mcp/proof.ts';
import { resolutionOf } from '../../core/mcp/resolution.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import type { ConfigurationPlace } from '../files/configurationPlaces.ts';
import type { Connection } from '../connection/connection.ts';
import type { WriteTarget } from './writeTargets.ts';

export interface Written {
  readonly target: WriteTarget;
  readonly selection: Selection;
  readonly platform: string;
  /** The user's own variables in this window that beat the pick, as `NAME=value`. */
  readonly own: readonly string[];
}

/** Says how the client of a file that was just written will resolve it, and offers what is left to do. */
export async function announceWritten(
  { target, selection, platform, own }: Written,
  connection: Connection,
): Promise<void> {
  const { client, label, form, key, scope } = target;
  if (client === undefined) {
    void vscode.window.showInformationMessage(`Written to ${label}: scripts that read it find ${key} there.`);
    return;
  }
  const { place, dialect } = client;
  const { reader } = place;
  const { text, command } = resolutionOf(dialect, {
    endpoint: selection,
    form,
    platform,
    reader,
    own,
    isShared: scope === 'window',
  });
  const said = `Written to ${label}. ${text}`;
  if (command !== undefined) {
    const choice = await vscode.window.showInformationMessage(said, 'Copy the Command');
    if (choice !== undefined) await vscode.env.clipboard.writeText(command);
  } else if (reader.kind === 'this-window') {
    const choice = await vscode.window.showInformationMessage(said, 'Start the Server');
    if (choice !== undefined) await start(connection, place, key);
  } else {
    void vscode.window.showInformationMessage(said);
  }
}

async function start(connection: Connection, place: ConfigurationPlace, key: string): Promise<void> {
  const proof = await connection.startFromFile(place, key);
  const started = proof.kind === 'observed';
  const text = `${started ? 'Started' : 'Not started yet'}: "${key}" of ${place.label}. ${proofText(proof, 'VS Code')}`;
  void (started ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
}
