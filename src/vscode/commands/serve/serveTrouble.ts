import * as vscode from 'vscode';

import { troubleText } from '../../../core/serve/serveText.ts';
import type { ServeTrouble } from '../../../core/serve/serveTrouble.ts';
import { describeTailnet } from '../../../core/tailnet/describe.ts';
import { escapeLinks, escapedSentences } from '../../../core/views/escape.ts';
import type { Look } from '../../../services/serve/serveEnds.ts';
import { operatorCommand, type ServeParts } from './serveParts.ts';

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

/** Says why a look at this machine came to nothing; of one that the user stopped nothing is to be said. `done` as for `showTrouble`. */
export async function sayWhyNot(done: string, look: Look<never>, parts: ServeParts): Promise<void> {
  if (look.kind === 'not-running') showNotRunning(parts);
  else if (look.kind === 'trouble') await showTrouble(done, look.trouble, parts);
}

/** Says why there is no tailnet on which anything could be served. */
function showNotRunning({ snapshots }: ServeParts): void {
  const { tailnet, vantage } = snapshots.current;
  const isKnown = tailnet.kind === 'off' || tailnet.kind === 'unavailable';
  const { cause, remedy } = isKnown
    ? describeTailnet(tailnet, vantage)
    : { cause: 'The Tailscale status is still being read.', remedy: 'Run this again in a moment.' };
  void vscode.window.showErrorMessage(`ClawQL: nothing can be served. ${escapeLinks(`${cause} ${remedy}`)}`);
}
