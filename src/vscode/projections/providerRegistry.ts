import * as vscode from 'vscode';

import type { WrittenEndpoint } from '../../core/mcp/serverDefinition.ts';
import type { ServerRegistry } from '../../services/projections/liveRegistration.ts';
import type { ServerToken } from './serverToken.ts';

/** The provider's id in `package.json`. */
const providerId = 'clawql.tailnet';

/**
 * The label under which VS Code lists the server. Constant, or VS Code would see another server; and unlike the keys that people give
 * their entries, because 1.139 switches off all but one of the servers whose labels differ in case only (`chat.mcp.collisionBehavior`).
 */
export const serverLabel = 'ClawQL Tailnet';

/** That VS Code took the server up: at which URL, and when (epoch milliseconds). */
export interface ServerStart {
  readonly url: string;
  readonly at: number;
}

/**
 * VS Code's server definition provider. It answers from memory, because the editor waits for it, and tells of a change by its event.
 * Source: `vscode.d.ts`, McpServerDefinitionProvider.
 */
export class ProviderRegistry implements ServerRegistry, vscode.Disposable {
  readonly title = 'Live registration in VS Code';
  readonly serverName = serverLabel;
  readonly #version: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #started = new vscode.EventEmitter<ServerStart>();
  #registration: vscode.Disposable | undefined;
  readonly #token: ServerToken;
  #endpoint: WrittenEndpoint | undefined;

  constructor(version: string, token: ServerToken) {
    this.#version = version;
    this.#token = token;
  }

  /** VS Code asks for the definition once more at each start of the server. */
  get onDidStart(): vscode.Event<ServerStart> {
    return this.#started.event;
  }

  register(endpoint: WrittenEndpoint | undefined): void {
    this.#endpoint = endpoint;
    // Never taken away again before the end: VS Code 1.105 keeps the servers of a provider that is gone.
    this.#registration ??= this.#registerProvider();
    this.#changed.fire();
  }

  dispose(): void {
    this.#registration?.dispose();
    this.#changed.dispose();
    this.#started.dispose();
  }

  #registerProvider(): vscode.Disposable {
    return vscode.lm.registerMcpServerDefinitionProvider(providerId, {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: () => this.#definitions(),
      resolveMcpServerDefinition: (server) => this.#resolve(server),
    });
  }

  #definitions(): vscode.McpHttpServerDefinition[] {
    if (this.#endpoint === undefined) return [];
    const uri = vscode.Uri.parse(this.#endpoint.url, true);
    return [new vscode.McpHttpServerDefinition(serverLabel, uri, {}, this.#version)];
  }

  async #resolve(server: vscode.McpServerDefinition): Promise<vscode.McpServerDefinition | undefined> {
    if (!(server instanceof vscode.McpHttpServerDefinition)) return server;
    const url = server.uri.toString(true);
    if (this.#endpoint?.wantsToken === true) {
      const token = await this.#token.tokenFor(url);
      if (token === undefined) return undefined;
      if (token !== '') server.headers = { Authorization: `Bearer ${token}` };
    }
    this.#started.fire({ url, at: Date.now() });
    return server;
  }
}
