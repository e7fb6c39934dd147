import assert from 'node:assert/strict';

import { CursorRegistry, cursorMcpOf } from '../../../src/vscode/projections/cursorRegistry.ts';

/** A server as `registerServer` takes it. */
interface Server {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Cursor's API as its documentation has it, on a module as it hangs there; Cursor itself cannot be run here. */
function cursor() {
  const servers = new Map<string, Server>();
  const calls: string[] = [];
  const mcp = {
    registerServer({ name, server }: { readonly name: string; readonly server: Server }): void {
      calls.push(`register ${name}`);
      servers.set(name, server);
    },
    unregisterServer(name: string): void {
      calls.push(`unregister ${name}`);
      servers.delete(name);
    },
  };
  return { api: { cursor: { mcp } }, servers, calls };
}

const first = 'http://clawql-1.example.ts.net:8080/mcp';
const second = 'http://clawql-2.example.ts.net:8080/mcp';

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
    assert.equal(registry.serverName, 'clawql');
    registry.register({ url: first });
    registry.register({ url: second });
    assert.deepEqual([...servers], [['clawql', { url: second }]]);
    assert.deepEqual(calls, ['register clawql', 'unregister clawql', 'register clawql']);
    registry.dispose();
    assert.deepEqual([...servers], []);
  });

  it('takes the server away when there is none any more', () => {
    const { api, servers, calls } = cursor();
    const registry = new CursorRegistry(cursorMcpOf(api)!, 'clawql');
    registry.register({ url: first });
    registry.register(undefined);
    assert.deepEqual([...servers], []);
    registry.dispose();
    assert.deepEqual(calls, ['register clawql', 'unregister clawql']);
  });

  it('names the variable of the token for a server that wants one, never for the next one', () => {
    const { api, servers } = cursor();
    const registry = new CursorRegistry(cursorMcpOf(api)!, 'clawql');
    registry.register({ url: first, wantsToken: true });
    const headers = { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' };
    assert.deepEqual(servers.get('clawql'), { url: first, headers });
    for (const wantsToken of [false, undefined]) {
      registry.register({ url: second, wantsToken });
      assert.deepEqual(servers.get('clawql'), { url: second });
    }
  });

  it("takes nothing away that it did not register: a user's own server may have the name", () => {
    const { api, calls } = cursor();
    new CursorRegistry(cursorMcpOf(api)!, 'clawql').dispose();
    assert.deepEqual(calls, []);
  });
});
