import * as vscode from 'vscode';

import { errorText } from '../../services/log.ts';
import { commandIds } from './commandIds.ts';
import type { CommandHandlers } from './commandHandlers.ts';

/**
 * Registers all commands at once; their handlers are loaded after activation, and a command that comes before waits for them. What a
 * handler throws is a bug: it is logged and shown once, with the way to the log.
 */
export function registerCommands(
  handlers: () => Promise<CommandHandlers>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...values: unknown[]) => {
        try {
          const loaded = await handlers();
          return await loaded[id](...values);
        } catch (error) {
          log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : errorText(error)}`);
          void offerLog(errorText(error), log);
          return undefined;
        }
      }),
    ),
  );
}

/** The command has ended; the message waits for its user alone. */
async function offerLog(reason: string, log: vscode.LogOutputChannel): Promise<void> {
  const choice = await vscode.window.showErrorMessage(`ClawQL: ${reason}`, 'Show Log');
  if (choice !== undefined) log.show();
}
