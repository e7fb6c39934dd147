import * as vscode from 'vscode';

import type { LoginPage } from '../../../core/tailnet/join/loginPage.ts';
import { escapeLinks } from '../../../core/views/escape.ts';

const open = 'Open the Page';
const copy = 'Copy Its Address';

/**
 * Opens a page at which this machine is let in, by the editor's own way, which shows the address and asks where the user does not trust the
 * host. A page of another host than the login server's is opened only when the user says so; `onLeave` is called when they do not.
 */
export async function openLoginPage(page: LoginPage, onLeave?: () => void): Promise<void> {
  const uri = vscode.Uri.parse(page.url, true);
  if (page.isExpected) {
    await vscode.env.openExternal(uri);
    return;
  }
  const text = `ClawQL: the login page is one of ${page.host}, which is not the login server. Open it only if you know that host.`;
  const options = { modal: true, detail: page.url };
  const choice = await vscode.window.showWarningMessage(escapeLinks(text), options, open, copy);
  if (choice === open) await vscode.env.openExternal(uri);
  else if (choice === copy) await vscode.env.clipboard.writeText(page.url);
  else onLeave?.();
}
