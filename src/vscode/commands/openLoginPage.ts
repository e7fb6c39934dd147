import * as vscode from 'vscode';

import type { LoginPage } from '../../core/tailnet/join/loginPage.ts';
import { escapeLinks } from '../../core/views/escape.ts';

const open = 'Open the Page';
const copy = 'Copy Its Address';

/**
 * Opens a page at which this machine is let in, by the editor's own way, which asks where the user does not trust the host. A page of
 * another host than the login server's is opened only when the user says so; `onLeave` is called when they do not.
 */
export async function openLoginPage(page: LoginPage, onLeave?: () => void): Promise<void> {
  if (page.isExpected) {
    const isOpened = await vscode.env.openExternal(vscode.Uri.parse(page.url, true));
    if (!isOpened) await offer(page, undefined, `the login waits at ${page.host}.`, {});
    return;
  }
  const warning = `the login page is one of ${page.host}, which is not the login server itself. Open it only if you know that host.`;
  await offer(page, onLeave, warning, { modal: true, detail: page.url });
}

async function offer(
  page: LoginPage,
  onLeave: (() => void) | undefined,
  text: string,
  options: vscode.MessageOptions,
): Promise<void> {
  const choice = await vscode.window.showWarningMessage(`ClawQL: ${escapeLinks(text)}`, options, open, copy);
  if (choice === open) await vscode.env.openExternal(vscode.Uri.parse(page.url, true));
  else if (choice === copy) await vscode.env.clipboard.writeText(page.url);
  else onLeave?.();
}
