import assert from 'node:assert/strict';

import { CursorRegistry, cursorMcpOf } from '../../../src/vscode/projections/cursorRegistry.ts';

/** Cursor's API as its documentation has it, on a module as it hangs there; Cursor itself cannot be run here. */
function cursor() {
  const servers = new Map<string, string>();
  const calls: string[] = [];
  const mcp = {
    registerServer({ name, server }: { readonly name: string; readonly server: { readonly url: string } }): void {
      calls.push(`register ${name}`);
      servers.set(name, server.url);
    },
    unregisterServer(name: string): void {
      calls.push(`unregister ${name}`);
      servers.delete(name);
    },
  };
  return { api: { cursor: { mcp } }, servers, calls };
}

describe('CursorRegistry', () => {
  it('is there where the API is whole, and nowhere else', () => {
    assert.ok(cursorMcpOf(cursor().api) !== undefined);
    for (const api of [
      {},
      { cursor: undefined },
      { cursor: {} },
      { cursor: { mcp: { registerServer: () => undefined } } },
    ]) {
      assert.equal(cursorMcpOf(api), undefined);
    }
  });

  it('holds one server, which a change of URL replaces and the end takes away', () => {
    const { api, servers, calls } = cursor();
    const registry = new CursorRegistry(cursorMcpOf(api)!, 'clawql');
    registry.register('http://clawql-1.example.ts.net:8080/mcp');
    registry.register('http://clawql-2.example.ts.net:8080/mcp');
    assert.deepEqual([...servers], [['clawql', 'http://clawql-2.example.ts.net:8080/mcp']]);
    assert.deepEqual(calls, ['register clawql', 'unregister clawql', 'register clawql']);
    registry.dispose();
    assert.deepEqual([...servers], []);
  });

  it("takes nothing away that it did not register: a user's own server may have the name", () => {
    const { api, calls } = cursor();
    new CursorRegistry(cursorMcpOf(api)!, 'clawql').dispose();
    assert.deepEqual(calls, []);
  });
});
