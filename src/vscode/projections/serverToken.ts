import * as vscode from 'vscode';

import { decodeStoredToken, type StoredToken } from '../../core/mcp/token.ts';
import { escapeLinks } from '../../core/views/escape.ts';

const key = 'clawql.token';

/**
 * The token for the selected server, where that wants one: asked for when VS Code starts the server, kept in the editor's secret storage,
 * and given to that server alone.
 */
export class ServerToken {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /**
   * Undefined when the user does not want the server to start; empty when it shall start without a token of the user's, because VS Code
   * can sign in by itself.
   */
  async tokenFor(url: string): Promise<string | undefined> {
    const { origin, host } = new URL(url);
    const stored = decodeStoredToken(await this.#secrets.get(key));
    if (stored?.origin === origin) return stored.token;
    const token = await vscode.window.showInputBox({
      title: `ClawQL: Token for ${escapeLinks(host)}`,
      prompt:
        'The server wants a sign-in. It gets this token as "Authorization: Bearer …". Leave it empty to let VS Code sign in.',
      password: true,
      ignoreFocusOut: true,
    });
    if (token !== undefined && token !== '') await this.#keep({ origin, token });
    return token;
  }

  async #keep(token: StoredToken): Promise<void> {
    await this.#secrets.store(key, JSON.stringify(token));
  }

  async forget(): Promise<void> {
    await this.#secrets.delete(key);
  }
}
