import type { ServerRegistry } from '../../services/liveRegistration.ts';

/** What of Cursor's own API is used. Source: Cursor documentation, "MCP Extension API Reference". */
export interface CursorMcp {
  registerServer(config: { readonly name: string; readonly server: { readonly url: string } }): void;
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
  readonly #mcp: CursorMcp;
  readonly #name: string;
  #registered = false;

  constructor(mcp: CursorMcp, name: string) {
    this.#mcp = mcp;
    this.#name = name;
  }

  register(url: string | undefined): void {
    if (this.#registered) this.#mcp.unregisterServer(this.#name);
    this.#registered = url !== undefined;
    if (url !== undefined) this.#mcp.registerServer({ name: this.#name, server: { url } });
  }

  dispose(): void {
    this.register(undefined);
  }
}
