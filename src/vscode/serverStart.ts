import * as vscode from 'vscode';

import type { Log } from '../services/log.ts';
import { errorText } from '../services/log.ts';
import { serverLabel } from './projections/providerRegistry.ts';

/** VS Code's id of the live registration: extension and label. Source: VS Code `extHostMcp.ts` (registerMcpConfigurationProvider). */
const liveServerId = `clawql.clawql-tailnet/${serverLabel}`;

/** VS Code's id of an entry in a folder's `.vscode/mcp.json`. Source: `mcpWorkspaceDiscovery` (`mcp.config.ws<index>`). */
function fileServerId(folderIndex: number, key: string): string {
  return `mcp.config.ws${folderIndex}.${key}`;
}

/**
 * Asks VS Code to take the live registration up now rather than with the next chat message. The command is VS Code's own and not
 * documented: where it is missing nothing happens, and the server starts with the next message.
 */
export function startLiveServer(log: Log): Promise<boolean> {
  return tryCommand(log, 'workbench.mcp.startServer', liveServerId, { waitForLiveTools: true });
}

/** A running server of a file keeps the host with which it was started until it is restarted. */
export function restartFileServer(log: Log, folderIndex: number, key: string): Promise<boolean> {
  return tryCommand(log, 'workbench.mcp.restartServer', fileServerId(folderIndex, key));
}

/** Starts an entry that the user has just let be written and asked to start: like VS Code's own Start above the entry, that is trust. */
export function startFileServer(log: Log, folderIndex: number, key: string): Promise<boolean> {
  const options = { waitForLiveTools: true, autoTrustChanges: true };
  return tryCommand(log, 'workbench.mcp.startServer', fileServerId(folderIndex, key), options);
}

/**
 * Whether VS Code runs the entry now, told by the lens above it that stops it. `vscode.lm.tools` cannot tell: 1.105 keeps the tools
 * of servers that are gone.
 */
export async function isFileServerRunning(uri: vscode.Uri, folderIndex: number, key: string): Promise<boolean> {
  const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri);
  const id = fileServerId(folderIndex, key);
  return (
    Array.isArray(lenses) &&
    lenses.some(
      (lens) =>
        lens instanceof vscode.CodeLens &&
        lens.command?.command === 'workbench.mcp.stopServer' &&
        lens.command.arguments?.[0] === id,
    )
  );
}

async function tryCommand(log: Log, command: string, ...values: readonly unknown[]): Promise<boolean> {
  try {
    await vscode.commands.executeCommand(command, ...values);
    return true;
  } catch (error) {
    log.debug(`${command} ${String(values[0])}: ${errorText(error)}`);
    return false;
  }
}
