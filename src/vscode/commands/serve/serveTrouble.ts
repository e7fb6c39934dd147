import * as vscode from 'vscode';

import { troubleText } from '../../../core/serve/serveText.ts';
import type { ServeTrouble } from '../../../core/serve/serveTrouble.ts';
import { describeTailnet } from '../../../core/tailnet/describe.ts';
import { escapeLinks } from '../../../core/views/escape.ts';
import { escapedSentences, operatorCommand, type ServeParts } from './serveParts.ts';

/** Says why Tailscale's program did not do it, with the one thing that helps. `done` is what did not happen, such as `nothing is served`. */
export async function showTrouble(done: string, trouble: ServeTrouble, parts: ServeParts): Promise<void> {
  const { sentences, remedy } = troubleText(trouble, await operatorCommand(parts));
  const action =
    remedy === undefined ? (trouble.kind === 'to-enable' ? 'Open the Page' : undefined) : 'Copy the Command';
  const message = `ClawQL: ${done}: ${escapedSentences(sentences)}`;
  const choice = await vscode.window.showErrorMessage(message, ...(action === undefined ? [] : [action]));
  if (choice === undefined) return;
  if (remedy !== undefined) await vscode.env.clipboard.writeText(remedy);
  else if (trouble.kind === 'to-enable') await vscode.env.openExternal(vscode.Uri.parse(trouble.page, true));
}

/** Says why there is no tailnet on which anything could be served. */
export function showNotRunning({ snapshots }: ServeParts): void {
  const { tailnet, vantage } = snapshots.current;
  const isKnown = tailnet.kind === 'off' || tailnet.kind === 'unavailable';
  const { cause, remedy } = isKnown
    ? describeTailnet(tailnet, vantage)
    : { cause: 'The Tailscale status is still being read.', remedy: 'Run this again in a moment.' };
  void vscode.window.showErrorMessage(`ClawQL: nothing can be served. ${escapeLinks(`${cause} ${remedy}`)}`);
}
