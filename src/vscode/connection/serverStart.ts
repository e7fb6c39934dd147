import * as vscode from 'vscode';

import { clawqlTools } from '../../core/mcp/proof.ts';
import type { Log } from '../../services/log.ts';
import { errorText } from '../../services/log.ts';
import type { ConfigurationPlace } from '../files/configurationPlaces.ts';
import { serverLabel } from '../projections/providerRegistry.ts';

/** VS Code's id of the live registration: extension and label. Source: VS Code `extHostMcp.ts` (registerMcpConfigurationProvider). */
const liveServerId = `clawql.clawql-tailnet/${serverLabel}`;

/** An entry of a file that VS Code reads: which file, and what VS Code calls the server. */
export interface FileServer {
  readonly uri: vscode.Uri;
  readonly id: string;
  /** Whether VS Code draws lenses above the entries of the file: in a `.code-workspace` it does not. */
  readonly hasLenses: boolean;
}

/**
 * What VS Code calls the entry of a file. Source: VS Code `mcpWorkbenchManagementService.ts` (getConfigId), seen in the lenses of
 * 1.105.1 and 1.139.1.
 */
export function fileServer({ place, folder, uri }: ConfigurationPlace, key: string, isRemote: boolean): FileServer {
  const file =
    place.scope === 'folder'
      ? `ws${folder?.index ?? 0}`
      : place.scope === 'workspace-file'
        ? 'workspace'
        : isRemote
          ? 'usrremote'
          : 'usrlocal';
  return { uri, id: `mcp.config.${file}.${key}`, hasLenses: place.scope !== 'workspace-file' };
}

/**
 * Asks VS Code to take the live registration up now rather than with the next chat message. The command is VS Code's own and not
 * documented: where it is missing nothing happens, and the server starts with the next message.
 */
export function startLiveServer(log: Log): Promise<boolean> {
  return tryCommand(log, 'workbench.mcp.startServer', liveServerId, { waitForLiveTools: true });
}

/** Ends the live registration's server and starts it anew, with a new session and what tools the server has now. */
export async function restartLiveServer(log: Log): Promise<boolean> {
  if (!(await tryCommand(log, 'workbench.mcp.stopServer', liveServerId))) return false;
  return startLiveServer(log);
}

/**
 * A running server of a file keeps the host with which it was started until it is started anew. Not by `workbench.mcp.restartServer`,
 * which opens the Output panel each time and takes the focus.
 */
export async function restartFileServer(log: Log, { id }: FileServer): Promise<boolean> {
  if (!(await tryCommand(log, 'workbench.mcp.stopServer', id))) return false;
  return tryCommand(log, 'workbench.mcp.startServer', id, { waitForLiveTools: true });
}

/** Starts an entry that the user has just let be written and asked to start: like VS Code's own Start above the entry, that is trust. */
export function startFileServer(log: Log, { id }: FileServer): Promise<boolean> {
  return tryCommand(log, 'workbench.mcp.startServer', id, { waitForLiveTools: true, autoTrustChanges: true });
}

/** The tools of ClawQL that VS Code holds. */
export function heldTools(): readonly string[] {
  return clawqlTools(vscode.lm.tools.map((tool) => tool.name));
}

/**
 * Whether VS Code runs the entry now, told by the lenses above it that stop it and start it anew. Where there are none, by the tools that
 * it holds; these are the poorer sign: another of our servers may be theirs, and 1.105 keeps the tools of servers that are gone.
 */
export async function isFileServerRunning({ uri, id, hasLenses }: FileServer): Promise<boolean> {
  if (!hasLenses) return heldTools().length > 0;
  const lenses = (await Promise.all(spellings(uri).map(lensesOf))).flat();
  const commands = lenses.flatMap(({ command }) => (command?.arguments?.[0] === id ? [command.command] : []));
  // One that is still starting can be stopped too, but not started anew.
  return ['workbench.mcp.stopServer', 'workbench.mcp.restartServer'].every((one) => commands.includes(one));
}

/** On the desktop the user's own files have a scheme of their own, by which VS Code knows them. */
function spellings(uri: vscode.Uri): readonly vscode.Uri[] {
  return uri.scheme === 'file' ? [uri, uri.with({ scheme: 'vscode-userdata' })] : [uri];
}

async function lensesOf(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  try {
    const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri);
    return Array.isArray(lenses) ? lenses.filter((lens) => lens instanceof vscode.CodeLens) : [];
  } catch {
    // No document of that spelling.
    return [];
  }
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
