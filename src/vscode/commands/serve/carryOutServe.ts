import * as vscode from 'vscode';

import { reportOn } from '../../../core/clawql/hostReport.ts';
import { doorAt, endpointUrl } from '../../../core/clawql/hostEntry.ts';
import type { LocalServer } from '../../../core/serve/localServer.ts';
import { placeUrl } from '../../../core/serve/servePlace.ts';
import { wantsSignIn, type ProbeOutcome } from '../../../core/mcp/probeOutcome.ts';
import type { ServeChange } from '../../../core/serve/servePlan.ts';
import { servedText } from '../../../core/serve/serveText.ts';
import { shortName, type Tailnet } from '../../../core/tailnet/tailnet.ts';
import { vantageText } from '../../../core/vantage.ts';
import { escapeLinks, escapedSentences } from '../../../core/views/escape.ts';
import type { ServeLook } from '../../../services/serve/serveEnds.ts';
import { cancellable } from '../../cancellable.ts';
import { type ServeParts } from './serveParts.ts';
import { showTrouble } from './serveTrouble.ts';

/** What is served, by whom. */
interface Served {
  readonly url: string;
  readonly tailnet: Tailnet;
  readonly server: LocalServer;
  readonly wantsToken: boolean;
  /** Whether a call got an answer there. */
  readonly isWell: boolean;
}

/** Runs the change that the user has confirmed, says what came of it, and offers what comes next. */
export async function carryOutServe(
  change: ServeChange,
  { tailnet, server }: Pick<Served, 'tailnet' | 'server'>,
  parts: ServeParts,
): Promise<void> {
  const { services, snapshots } = parts;
  const { url } = change;
  const end = await cancellable(`ClawQL: serving it at ${escapeLinks(url)} and calling it there…`, (signal) =>
    services.serve.serve(change, (page) => void offerPage(page), signal),
  );
  switch (end.kind) {
    case 'cancelled':
      sayCancelled(end.left && placeUrl(end.left));
      return;
    case 'trouble':
      await showTrouble('nothing is served', end.trouble, parts);
      return;
    case 'served': {
      void services.refresh();
      const { outcome, othersChanged } = end;
      const others = othersChanged
        ? ' Something else that this machine serves was changed at the same moment, by somebody else.'
        : '';
      const message = `${escapedSentences(servedText(url, outcome, vantageText(snapshots.current.vantage)))}${others}`;
      await offerServed({ ...servedBy(url, outcome), tailnet, server }, parts, { message, isOurs: true });
    }
  }
}

/** For a server that is on the tailnet already, and was called there. */
export async function offerPresent(
  { url, outcome, tailnet }: Extract<ServeLook, { kind: 'served' }>,
  server: LocalServer,
  parts: ServeParts,
): Promise<void> {
  const served = servedBy(url, outcome);
  const sentences = servedText(url, outcome, vantageText(parts.snapshots.current.vantage));
  const message = escapedSentences(served.isWell ? ['Nothing to be done.', ...sentences] : sentences);
  await offerServed({ ...served, tailnet, server }, parts, { message, isOurs: false });
}

function servedBy(url: string, outcome: ProbeOutcome): Pick<Served, 'url' | 'wantsToken' | 'isWell'> {
  const wantsToken = wantsSignIn(outcome);
  const isAnswer = outcome.kind === 'answered';
  return { url: isAnswer ? outcome.url : url, wantsToken, isWell: isAnswer || wantsToken };
}

/** Says where it is, and offers to select it, to copy its URL, and to take back what is ours. */
async function offerServed(
  served: Served,
  parts: ServeParts,
  { message, isOurs }: { readonly message: string; readonly isOurs: boolean },
): Promise<void> {
  const { isWell } = served;
  const [select, copy, undo] = ['Select It', 'Copy URL', 'Undo…'];
  const actions = [...(isWell ? [select] : []), copy, ...(isOurs ? [undo] : [])];
  const choice = await (isWell
    ? vscode.window.showInformationMessage(message, ...actions)
    : vscode.window.showWarningMessage(message, ...actions));
  if (choice === select) await selectServed(served, parts);
  else if (choice === copy) await vscode.env.clipboard.writeText(served.url);
  else if (choice === undo) await vscode.commands.executeCommand('clawql.unserveMcp');
}

/** As an endpoint of this machine where that is asked for it by itself, so that it follows the machine's name; else as one that the user entered. */
async function selectServed({ url, tailnet, server, wantsToken }: Served, parts: ServeParts): Promise<void> {
  const { services, snapshots, connect } = parts;
  const { self, name } = tailnet;
  const { hosts, settings } = snapshots.current;
  const own =
    reportOn(self.id, hosts)?.host.candidates ?? settings.ports.map((port) => endpointUrl(self.name, doorAt(port)));
  const isAsked =
    own.some((one) => new URL(one).origin === new URL(url).origin) && new URL(url).pathname === server.path;
  if (!isAsked) await services.addEntered(url);
  else if (reportOn(self.id, hosts) === undefined) await services.addOwnMachine(tailnet);
  const host = isAsked
    ? { tailnet: name, hostId: self.id, label: shortName(self) }
    : { hostId: url, label: new URL(url).host };
  await connect({ ...host, url, ...(wantsToken && { wantsToken }) });
}

/** The program waits for it, and goes on by itself. */
async function offerPage(page: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    "ClawQL: HTTPS has to be enabled for the tailnet first, on a page of Tailscale's. Once an administrator has done so, this goes on by itself.",
    'Open the Page',
  );
  if (choice !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

function sayCancelled(left: string | undefined): void {
  if (left === undefined) {
    void vscode.window.showInformationMessage('ClawQL: cancelled. What this machine serves is as it was.');
    return;
  }
  void vscode.window.showWarningMessage(
    `ClawQL: cancelled, but it may still be served at ${escapeLinks(left)}. "ClawQL: Stop Serving This Machine's MCP" takes it away.`,
  );
}
