import * as vscode from 'vscode';

import type { Vantage } from '../../core/vantage.ts';
import type { JoinMessage } from '../../core/views/join/joinMessage.ts';

const toTerminal = 'Put It into a Terminal';
const toClipboard = 'Copy the Command';

/** Says what the extension cannot do, and offers the command that does it, where there is one. It holds no key, and is run by the user. */
export async function offerLoginCommand(
  text: string,
  { command, isLogin }: Pick<JoinMessage, 'command' | 'isLogin'>,
  vantage: Vantage,
): Promise<void> {
  if (command === undefined) {
    void vscode.window.showWarningMessage(text);
    return;
  }
  // The terminals of a remote window are on the remote machine, and this one may be another.
  const isElsewhere = vscode.env.remoteName !== undefined && vantage.remote === undefined;
  const ways = isLogin === true && !isElsewhere ? [toTerminal, toClipboard] : [toClipboard];
  const choice = await vscode.window.showWarningMessage(text, ...ways);
  if (choice === toTerminal) putIntoTerminal(command);
  if (choice === toClipboard) await vscode.env.clipboard.writeText(command);
}

function putIntoTerminal(command: string): void {
  const terminal = vscode.window.createTerminal({ name: 'Join a Tailnet' });
  terminal.show();
  // Without a line end: the user reads it, adds what this machine needs, such as sudo, and runs it.
  terminal.sendText(command, false);
}
