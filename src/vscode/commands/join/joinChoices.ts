import * as vscode from 'vscode';

import { authKey } from '../../../core/tailnet/join/authKey.ts';
import { loginServer } from '../../../core/tailnet/join/loginCommand.ts';
import type { LoginPage } from '../../../core/tailnet/join/loginPage.ts';
import { isTailscales, tailscaleServer } from '../../../core/tailnet/join/upArguments.ts';
import { escapeIcons } from '../../../core/views/escape.ts';
import { placeOf } from '../../../core/views/join/placeOf.ts';
import type { LoginServers } from '../../../services/tailnet/loginServers.ts';

const title = 'ClawQL: Join a Tailnet';

/** A page that is to be opened, and nothing else done. */
interface Page {
  readonly page: LoginPage;
}
type ServerItem = vscode.QuickPickItem & { readonly choice: Page | { readonly server: string | undefined } };
type WayItem = vscode.QuickPickItem & { readonly choice: Page | Way };

interface Way {
  readonly server: string;
  readonly byKey: boolean;
}

const forgetButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Forget this login server',
};

/** Asks where this machine is to be logged in; undefined when the user leaves. `waiting` is the page of a login that is under way already. */
export async function chooseServer(
  servers: LoginServers,
  waiting: LoginPage | undefined,
): Promise<Page | { readonly server: string } | undefined> {
  const choice = await pickServer(servers, waiting);
  if (choice === undefined || 'page' in choice) return choice;
  const server = choice.server ?? (await askForServer());
  return server === undefined ? undefined : { server };
}

function pickServer(servers: LoginServers, waiting: LoginPage | undefined): Promise<ServerItem['choice'] | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<ServerItem>();
    pick.title = title;
    pick.placeholder = 'Where is this machine to be logged in?';
    let choice: ServerItem['choice'] | undefined;
    const draw = (): void => {
      pick.items = [...pageRow(waiting), ...serverRows(servers.known)];
    };
    pick.onDidTriggerItemButton(({ item: { choice: of } }) => {
      if ('server' in of && of.server !== undefined) void servers.forget(of.server).then(draw);
    });
    pick.onDidAccept(() => {
      choice = pick.selectedItems[0]?.choice;
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(choice);
    });
    draw();
    pick.show();
  });
}

function pageRow(waiting: LoginPage | undefined): readonly (vscode.QuickPickItem & { readonly choice: Page })[] {
  if (waiting === undefined) return [];
  const detail = escapeIcons(`The daemon waits for it: ${waiting.host}`);
  return [{ label: '$(link-external) Open the login page', detail, choice: { page: waiting } }];
}

function serverRows(known: readonly string[]): readonly ServerItem[] {
  const own = known.map((server) => ({
    label: `$(server) ${placeOf(server)}`,
    detail: server,
    buttons: [forgetButton],
    choice: { server },
  }));
  return [
    ...own,
    {
      label: "$(cloud) Tailscale's own service",
      detail: 'With the account of your tailnet, or a key of its admin console',
      choice: { server: tailscaleServer },
    },
    {
      label: '$(add) Headscale…',
      detail: 'A login server of your own, whose address you enter',
      choice: { server: undefined },
    },
  ];
}

async function askForServer(): Promise<string | undefined> {
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

/** Asks how; undefined when the user leaves. */
export async function chooseWay(server: string, waiting: LoginPage | undefined): Promise<Page | Way | undefined> {
  const place = placeOf(server);
  const rows: readonly WayItem[] = [
    ...pageRow(waiting),
    {
      label: '$(globe) In the browser',
      detail: `Opens a login page of ${place}`,
      choice: { server, byKey: false },
    },
    {
      label: '$(key) With a pre-auth key…',
      detail: "Tailscale's program reads it from a file that is removed afterwards; it is kept nowhere",
      choice: { server, byKey: true },
    },
  ];
  const chosen = await vscode.window.showQuickPick(rows, {
    title,
    placeHolder: `How is it to be logged in at ${place}?`,
  });
  return chosen?.choice;
}

/** Asks for a key, which is shown nowhere; undefined when the user leaves. */
export async function askForKey(server: string): Promise<string | undefined> {
  const isTailscale = isTailscales(server);
  const typed = await vscode.window.showInputBox({
    title,
    prompt: `A pre-auth key of ${placeOf(server)}. It is not shown and not kept.`,
    placeHolder: isTailscale ? 'tskey-auth-…' : 'hskey-auth-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const key = authKey(text, isTailscale);
      return key.kind === 'problem' && text !== '' ? key.text : undefined;
    },
  });
  const key = authKey(typed ?? '', isTailscale);
  return key.kind === 'key' ? key.key : undefined;
}
