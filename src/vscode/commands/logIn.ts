import * as vscode from 'vscode';

import { describeTailnet } from '../../core/tailnet/describe.ts';
import { loginCommand, loginServer } from '../../core/tailnet/loginCommand.ts';
import { escapeIcons, escapeLinks } from '../../core/views/escape.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

const title = 'ClawQL: Log In to the Tailnet';

type Way = vscode.QuickPickItem & { readonly way: 'page' | 'tailscale' | 'headscale' };

/**
 * *ClawQL: Log In to the Tailnet…*: opens the page that the daemon names, or puts the command line into a terminal, where the user runs
 * it. Asks for no key.
 */
export async function logIn(snapshots: SnapshotSource): Promise<void> {
  const { tailnet, vantage } = snapshots.current;
  if (tailnet.kind !== 'off' || tailnet.backendState !== 'NeedsLogin') {
    void vscode.window.showInformationMessage(`ClawQL: ${escapeLinks(whyNot(snapshots))}`);
    return;
  }
  const page = loginPage(tailnet.authUrl);
  const keyExpired = tailnet.keyExpired === true;
  const chosen = await vscode.window.showQuickPick(waysOf(page, keyExpired), {
    title,
    placeHolder: 'Where is this machine to be logged in?',
  });
  if (chosen === undefined) return;
  if (chosen.way === 'page') {
    if (page !== undefined) await vscode.env.openExternal(page);
    return;
  }
  const server = chosen.way === 'headscale' ? await askServer() : undefined;
  if (chosen.way === 'headscale' && server === undefined) return;
  const command = loginCommand({ ...(server === undefined ? {} : { server }), keyExpired });
  // The terminals of a remote window are on the remote machine, and this one may be another.
  const isElsewhere = vscode.env.remoteName !== undefined && vantage.remote === undefined;
  if (isElsewhere) await copyFor(command);
  else putIntoTerminal(command);
}

function whyNot({ current: { tailnet, vantage } }: SnapshotSource): string {
  switch (tailnet.kind) {
    case 'checking':
      return 'the Tailscale status is still being read.';
    case 'running':
      return `this machine is logged in to ${tailnet.tailnet.name}.`;
    default: {
      const { cause, remedy } = describeTailnet(tailnet, vantage);
      return `${cause} ${remedy}`;
    }
  }
}

/** The daemon's word is no reason to open anything but a page. */
function loginPage(authUrl: string): vscode.Uri | undefined {
  const url = URL.parse(authUrl);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? vscode.Uri.parse(url.href, true) : undefined;
}

function waysOf(page: vscode.Uri | undefined, keyExpired: boolean): readonly Way[] {
  return [
    ...(page === undefined
      ? []
      : [
          {
            way: 'page' as const,
            label: '$(link-external) Open the login page',
            detail: escapeIcons(`The daemon waits for it: ${page.authority}`),
          },
        ]),
    {
      way: 'tailscale',
      label: "$(cloud) Tailscale's own service",
      detail: `Puts "${loginCommand({ keyExpired })}" into a terminal, for you to run`,
    },
    {
      way: 'headscale',
      label: '$(server) Headscale…',
      detail: 'The same with the address of its login server, which you enter',
    },
  ];
}

async function askServer(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: "The login server's URL, as its administrator gives it.",
    placeHolder: 'https://headscale.example.com',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const server = loginServer(text);
      return server.kind === 'problem' && text !== '' ? server.text : undefined;
    },
  });
  const server = loginServer(typed ?? '');
  return server.kind === 'server' ? server.url : undefined;
}

function putIntoTerminal(command: string): void {
  const terminal = vscode.window.createTerminal({ name: 'Log In to the Tailnet' });
  terminal.show();
  // Without a line end: the user reads it, adds what this machine needs, such as sudo, and runs it.
  terminal.sendText(command, false);
}

async function copyFor(command: string): Promise<void> {
  await vscode.env.clipboard.writeText(command);
  void vscode.window.showInformationMessage(
    `ClawQL: copied "${command}". Run it in a terminal of your own machine, which is not the one of this window.`,
  );
}
