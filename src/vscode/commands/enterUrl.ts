import * as vscode from 'vscode';

import { enteredEndpoint } from '../../core/clawql/enteredEndpoint.ts';
import { outcomeVerdict } from '../../core/diagnosis/verdicts/outcomeVerdict.ts';
import { wantsSignIn } from '../../core/mcp/probeOutcome.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { escapeIcons, escapeLinks } from '../../core/views/escape.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import { cancellable } from '../cancellable.ts';

/**
 * *ClawQL: Enter a URL…*: asks the endpoint that the user types, and keeps it as a host. Resolves with the choice, or undefined when the
 * user leaves. What does not answer is kept only when the user says so.
 */
export async function enterUrl(
  snapshots: SnapshotSource,
  services: Pick<TailnetServices, 'askEntered' | 'addEntered'>,
): Promise<Selection | undefined> {
  if (!snapshots.current.trusted) {
    await vscode.commands.executeCommand('clawql.selectServer');
    return undefined;
  }
  const typed = await vscode.window.showInputBox({
    title: 'ClawQL: Enter a URL',
    prompt: 'Where ClawQL answers. Enter asks it once.',
    placeHolder: 'http://clawql-1.example.ts.net:8080/mcp',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const entered = enteredEndpoint(text);
      return entered.kind === 'problem' && text !== '' ? entered.text : undefined;
    },
  });
  const entered = enteredEndpoint(typed ?? '');
  if (entered.kind === 'problem') return undefined;
  const { url, label } = entered;
  const outcome = await cancellable(`ClawQL: asking ${escapeIcons(label)}…`, async (signal) => {
    const answer = await services.askEntered(url, signal);
    return signal.aborted ? undefined : answer;
  });
  if (outcome === undefined) return undefined;
  const wantsToken = wantsSignIn(outcome);
  if (outcome.kind === 'failed' && !wantsToken) {
    const { cause, remedy = '' } = outcomeVerdict(outcome);
    const keep = 'Use It Anyway';
    const choice = await vscode.window.showWarningMessage(`ClawQL: ${escapeLinks(`${cause} ${remedy}`)}`, keep);
    if (choice !== keep) return undefined;
  }
  const answered = outcome.url;
  await services.addEntered(url);
  return { hostId: url, label, url: outcome.kind === 'answered' ? answered : url, ...(wantsToken && { wantsToken }) };
}
