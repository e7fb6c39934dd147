import type { WrittenEndpoint } from '../../core/mcp/serverDefinition.ts';
import { tokenVariable } from '../../core/mcp/token.ts';
import type { ServerRegistry } from '../../services/projections/liveRegistration.ts';

/** What of Cursor's own API is used. Source: Cursor documentation, "MCP Extension API Reference". */
export interface CursorMcp {
  registerServer(config: {
    readonly name: string;
    readonly server: { readonly url: string; readonly headers?: Readonly<Record<string, string>> };
  }): void;
  unregisterServer(name: string): void;
}

/** Cursor's API as it hangs on the `vscode` module there; undefined in every other editor. */
export function cursorMcpOf(api: object): CursorMcp | undefined {
  const cursor: unknown = Reflect.get(api, 'cursor');
  const mcp: unknown = typeof cursor === 'object' && cursor !== null ? Reflect.get(cursor, 'mcp') : undefined;
  return isCursorMcp(mcp) ? mcp : undefined;
}

function isCursorMcp(mcp: unknown): mcp is CursorMcp {
  return (
    typeof mcp === 'object' &&
    mcp !== null &&
    typeof Reflect.get(mcp, 'registerServer') === 'function' &&
    typeof Reflect.get(mcp, 'unregisterServer') === 'function'
  );
}

/** Cursor has no event for a change of URL: the server is taken away and registered anew. */
export class CursorRegistry implements ServerRegistry {
  readonly title = 'Live registration in Cursor';
  readonly serverName: string;
  readonly #mcp: CursorMcp;
  #registered = false;

  constructor(mcp: CursorMcp, name: string) {
    this.#mcp = mcp;
    this.serverName = name;
  }

  register(endpoint: WrittenEndpoint | undefined): void {
    if (this.#registered) this.#mcp.unregisterServer(this.serverName);
    this.#registered = false;
    if (endpoint === undefined) return;
    const headers =
      endpoint.wantsToken === true ? { headers: { Authorization: `Bearer \${env:${tokenVariable}}` } } : {};
    this.#mcp.registerServer({ name: this.serverName, server: { url: endpoint.url, ...headers } });
    // Only then: what is unregistered must be ours, and not a server of that name which the user has.
    this.#registered = true;
  }

  dispose(): void {
    this.register(undefined);
  }
}
