import * as vscode from 'vscode';

import { proofText } from '../../core/mcp/proof.ts';
import { resolutionOf } from '../../core/mcp/resolution.ts';
import type { Connection } from '../connection.ts';
import type { WrittenPlace } from './writeMcpJson.ts';

export interface WrittenEntry extends WrittenPlace {
  readonly platform: string;
  /** The user's own variables in this window that beat the pick. */
  readonly own: readonly string[];
}

/** Says how the client of a file that was just written will resolve it, and offers what is left to do. */
export async function announceWritten(entry: WrittenEntry, connection: Connection): Promise<void> {
  const { dialect, url, here, platform, own, uri, key } = entry;
  const { text, command } = resolutionOf(dialect, url, platform, here, own);
  const said = `Written to ${vscode.workspace.asRelativePath(uri)}. ${text}`;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (command !== undefined) {
    const choice = await vscode.window.showInformationMessage(said, 'Copy the Command');
    if (choice !== undefined) await vscode.env.clipboard.writeText(command);
  } else if (dialect.id === 'vscode' && here && folder !== undefined) {
    const choice = await vscode.window.showInformationMessage(said, 'Start the Server');
    if (choice !== undefined) await start(connection, uri, folder, key);
  } else {
    void vscode.window.showInformationMessage(said);
  }
}

async function start(
  connection: Connection,
  uri: vscode.Uri,
  folder: vscode.WorkspaceFolder,
  key: string,
): Promise<void> {
  const proof = await connection.startFromFile(uri, folder, key);
  const started = proof.kind === 'observed';
  const text = `${started ? 'Started' : 'Not started yet'}: "${key}" of mcp.json. ${proofText(proof, 'VS Code')}`;
  void (started ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
}
