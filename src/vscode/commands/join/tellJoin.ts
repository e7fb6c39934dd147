import * as vscode from 'vscode';

import { escapeLinks } from '../../../core/views/escape.ts';
import type { JoinMessage } from '../../../core/views/join/joinMessage.ts';
import type { Vantage } from '../../../core/vantage.ts';

const toTerminal = 'Put It into a Terminal';
const toClipboard = 'Copy the Command';
const tryAgain = 'Try Again…';
const lookAgain = 'Look Again';

/**
 * Tells how a login ended, with what can be done about it: the next look or try, or the command that does what the extension cannot, which is run
 * by the user and holds no key. The editor cuts a message without a button to one line.
 */
export async function tellJoin({ severity, text, command, next }: JoinMessage, vantage: Vantage): Promise<void> {
  // The terminals of a remote window are on the remote machine, and this one may be another.
  const isElsewhere = vscode.env.remoteName !== undefined && vantage.remote === undefined;
  const copying = command === undefined ? [] : [toClipboard];
  const running = next === 'run' && !isElsewhere ? [toTerminal] : [];
  const more = next === 'run' ? [] : [next === 'try-again' ? tryAgain : lookAgain];
  const buttons = [...running, ...copying, ...more];
  const told = `ClawQL: ${escapeLinks(text)}`;
  const choice = await (severity === 'info'
    ? vscode.window.showInformationMessage(told, ...buttons)
    : vscode.window.showWarningMessage(told, ...buttons));
  if (command !== undefined && choice === toTerminal) putIntoTerminal(command);
  if (command !== undefined && choice === toClipboard) await vscode.env.clipboard.writeText(command);
  if (choice === tryAgain) await vscode.commands.executeCommand('clawql.joinTailnet');
  if (choice === lookAgain) await vscode.commands.executeCommand('clawql.refresh');
}

function putIntoTerminal(command: string): void {
  const terminal = vscode.window.createTerminal({ name: 'Join a Tailnet' });
  terminal.show();
  // Without a line end: the user reads it, adds what this machine needs, such as sudo, and runs it.
  terminal.sendText(command, false);
}
