import * as vscode from 'vscode';

import type { ConfigChange } from '../../../core/serve/configChange.ts';
import { configLines } from '../../../core/serve/configLines.ts';
import { placeUrl } from '../../../core/serve/servePlace.ts';
import { changeText } from '../../../core/serve/serveText.ts';
import { escapeIcons, escapeLinks, escapedLines } from '../../../core/views/escape.ts';
import type { OwnLook, OwnPlace } from '../../../services/serve/serveEnds.ts';
import { cancellable } from '../../cancellable.ts';
import { shownCommand, type ServeParts } from './serveParts.ts';
import { sayWhyNot, showTrouble } from './serveTrouble.ts';

type Own = Extract<OwnLook, { kind: 'own' }>;

/** *ClawQL: Stop Serving This Machine's MCP*: takes away what this extension had Tailscale Serve do here, and nothing else. */
export async function unserveMcp(parts: ServeParts): Promise<void> {
  const look = await cancellable('ClawQL: looking at what this machine serves…', (signal) =>
    parts.services.serve.own(signal),
  );
  if (look.kind === 'own') await takeAwayOne(look, parts);
  else await sayWhyNot('nothing was taken away', look, parts);
}

async function takeAwayOne(own: Own, parts: ServeParts): Promise<void> {
  const place = await choose(own.places);
  if (place !== undefined) {
    const { change } = place;
    await (change === undefined ? sayWhatIsThere(place, own, parts) : confirm({ ...place, change }, parts));
  } else if (own.places.length === 0) {
    const lines = configLines(own.config, own.tailnet.self.name);
    const others =
      lines.length === 0 ? '' : ' What it serves was set by somebody else: "tailscale serve status" shows it.';
    void vscode.window.showInformationMessage(
      `ClawQL: this extension has put nothing on the tailnet from this machine, so there is nothing to take away.${others}`,
    );
  }
}

async function choose(places: readonly OwnPlace[]): Promise<OwnPlace | undefined> {
  if (places.length < 2) return places[0];
  const rows = places.map((own) => ({
    label: escapeIcons(placeUrl(own.entry.place)),
    description: escapeIcons(own.entry.target),
    own,
  }));
  const title = "ClawQL: Stop Serving This Machine's MCP";
  return (await vscode.window.showQuickPick(rows, { title, placeHolder: 'Which of them?' }))?.own;
}

/** It is ours no more: somebody has put another thing there, or taken it away. */
async function sayWhatIsThere({ entry }: OwnPlace, { config, tailnet }: Own, parts: ServeParts): Promise<void> {
  await parts.services.serve.forget(entry);
  const url = placeUrl(entry.place);
  const now = configLines(config, tailnet.self.name).find((line) => line.startsWith(`${url} `));
  const said =
    now === undefined
      ? `nothing is served at ${url} any more, so there is nothing to take away.`
      : `what is served at ${url} is not what this extension put there, so it was left as it is: ${now}.`;
  void vscode.window.showInformationMessage(`ClawQL: ${escapeLinks(said)}`);
}

async function confirm(
  { entry, change }: OwnPlace & { readonly change: ConfigChange },
  parts: ServeParts,
): Promise<void> {
  const url = placeUrl(entry.place);
  const stop = 'Stop Serving';
  const command = await shownCommand(parts, change.args);
  const choice = await vscode.window.showInformationMessage(
    `Stop serving ClawQL at ${escapeLinks(url)}?`,
    { modal: true, detail: escapedLines(changeText(command, change, entry.place.host)) },
    stop,
  );
  if (choice !== stop) return;
  const result = await parts.services.serve.unserve({ entry, change });
  void parts.services.refresh();
  if (result.kind === 'trouble') {
    await showTrouble('it is still served', result.trouble, parts);
    return;
  }
  const others = result.othersChanged
    ? 'Something else that this machine serves was changed at the same moment, by somebody else.'
    : 'Everything else that this machine serves is as it was.';
  void vscode.window.showInformationMessage(`ClawQL: it is not served at ${escapeLinks(url)} any more. ${others}`);
}
