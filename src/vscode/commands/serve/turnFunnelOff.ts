import * as vscode from 'vscode';

import { changeText } from '../../../core/serve/serveText.ts';
import { escapedLines } from '../../../core/views/escape.ts';
import type { FunnelLook } from '../../../services/serve/serveEnds.ts';
import { cancellable } from '../../cancellable.ts';
import { shownCommand, type ServeParts } from './serveParts.ts';
import { sayWhyNot, showTrouble } from './serveTrouble.ts';

type Seen = Extract<FunnelLook, { kind: 'funnel' }>;

/** *Turn Funnel Off…*: ends what the internet reaches at a port of this machine, and keeps it for the tailnet. */
export async function turnFunnelOff(value: unknown, parts: ServeParts): Promise<void> {
  if (typeof value !== 'string' || !/^\d{1,5}$/.test(value)) return;
  const port = Number(value);
  const look = await cancellable('ClawQL: looking at what this machine serves…', (signal) =>
    parts.services.serve.planFunnelOff(port, signal),
  );
  if (look.kind === 'funnel') await turnOff(port, look, parts);
  else await sayWhyNot('Funnel was left as it is', look, parts);
}

async function turnOff(port: number, { off, tailnet }: Seen, parts: ServeParts): Promise<void> {
  switch (off.kind) {
    case 'off':
      void vscode.window.showInformationMessage(`ClawQL: Funnel is off for port ${port} by now.`);
      return;
    case 'unreadable':
      void vscode.window.showErrorMessage(
        'ClawQL: Funnel was left as it is: what this machine serves is in a form that this extension does not know. Update ClawQL Tailnet.',
      );
      return;
    case 'foreground':
      void vscode.window.showWarningMessage(
        'ClawQL: a "tailscale funnel" that runs in a terminal publishes it. End that program.',
      );
      return;
    case 'all-or-nothing': {
      const command = await shownCommand(parts, off.args);
      const choice = await vscode.window.showWarningMessage(
        `ClawQL: no command ends Funnel for port ${port} alone. "${command}" ends all that is served there, for the tailnet too.`,
        'Copy the Command',
      );
      if (choice !== undefined) await vscode.env.clipboard.writeText(command);
      return;
    }
    case 'change':
      await confirm(port, off.change, tailnet.self.name, parts);
  }
}

async function confirm(
  port: number,
  change: Extract<Seen['off'], { kind: 'change' }>['change'],
  host: string,
  parts: ServeParts,
): Promise<void> {
  const turn = 'Turn Funnel Off';
  const detail = [
    changeText(await shownCommand(parts, change.args), change, host, ' (tailnet only)'),
    'To serve the same anew ends Funnel there and leaves the rest as it is.',
  ].join('\n\n');
  const choice = await vscode.window.showWarningMessage(
    `Turn Funnel off for port ${port}, so that only the tailnet reaches what is served there?`,
    { modal: true, detail: escapedLines(detail) },
    turn,
  );
  if (choice !== turn) return;
  const result = await parts.services.serve.turnFunnelOff(change);
  void parts.services.refresh();
  if (result.kind === 'trouble') {
    await showTrouble('Funnel is still on', result.trouble, parts);
    return;
  }
  const serve = 'Serve…';
  const next = await vscode.window.showInformationMessage(
    `ClawQL: Funnel is off for port ${port}. Only the tailnet reaches what is served there.`,
    serve,
  );
  if (next !== undefined) await vscode.commands.executeCommand('clawql.serveMcp');
}
