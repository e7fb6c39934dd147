import * as vscode from 'vscode';

import { errorText, type Log } from '../../services/log.ts';

/** Every command that the extension registers: those of `package.json`, and those that only its own quick fixes and links call. */
export type CommandId =
  | 'clawql.selectServer'
  | 'clawql.disconnect'
  | 'clawql.writeMcpJson'
  | 'clawql.diagnose'
  | 'clawql.refresh'
  | 'clawql.showLog'
  | 'clawql.copyText'
  | 'clawql.allowHost';

/** One handler a command: a missing one does not compile. Arguments come from anywhere and are decoded by the handler. */
export type CommandHandlers = Readonly<Record<CommandId, (...values: readonly unknown[]) => unknown>>;

/** Registers all of them. What a handler throws is a bug: it is logged and shown once, with the way to the log. */
export function registerCommands(handlers: CommandHandlers, log: Log): vscode.Disposable {
  const ids = Object.keys(handlers) as CommandId[];
  return vscode.Disposable.from(
    ...ids.map((id) =>
      vscode.commands.registerCommand(id, async (...values: unknown[]) => {
        try {
          return await handlers[id](...values);
        } catch (error) {
          log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : errorText(error)}`);
          void offerLog(errorText(error));
          return undefined;
        }
      }),
    ),
  );
}

/** The command has ended; the message waits for its user alone. */
async function offerLog(reason: string): Promise<void> {
  const choice = await vscode.window.showErrorMessage(`ClawQL: ${reason}`, 'Show Log');
  if (choice !== undefined) await vscode.commands.executeCommand('clawql.showLog');
}
