import * as vscode from 'vscode';

import type { ServerRegistry } from '../../services/liveRegistration.ts';

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
  readonly #version: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #started = new vscode.EventEmitter<ServerStart>();
  #registration: vscode.Disposable | undefined;
  #url: string | undefined;

  constructor(version: string) {
    this.#version = version;
  }

  /** VS Code asks for the definition once more at each start of the server. */
  get onDidStart(): vscode.Event<ServerStart> {
    return this.#started.event;
  }

  register(url: string | undefined): void {
    this.#url = url;
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
      resolveMcpServerDefinition: (server) => {
        if (server instanceof vscode.McpHttpServerDefinition) {
          this.#started.fire({ url: server.uri.toString(true), at: Date.now() });
        }
        return server;
      },
    });
  }

  #definitions(): vscode.McpHttpServerDefinition[] {
    if (this.#url === undefined) return [];
    return [new vscode.McpHttpServerDefinition(serverLabel, vscode.Uri.parse(this.#url, true), {}, this.#version)];
  }
}
