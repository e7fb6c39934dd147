import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import fc from 'fast-check';

import { decodeHealthz } from '../../../../src/core/clawql/healthz.ts';
import { degradedVault, noVault } from '../../../support/clawql/vault.ts';

const clawql = { status: 'ok', transport: 'streamable-http', endpoint: '/mcp', vault: noVault };

describe('decodeHealthz', () => {
  it("reads ClawQL's own word", () => {
    assert.deepEqual(decodeHealthz(clawql), { status: 'ok', endpoint: '/mcp' });
  });

  it('reads it with the metrics that can be switched on, and without what older or newer servers lack', () => {
    assert.deepEqual(decodeHealthz({ ...clawql, nativeProtocolMetrics: {} }), { status: 'ok', endpoint: '/mcp' });
    assert.deepEqual(decodeHealthz({ status: 'starting', endpoint: '/clawql' }), {
      status: 'starting',
      endpoint: '/clawql',
    });
  });

  it('tells of a vault that cannot be written, with the command that mends it', () => {
    const { error, fixCommand } = degradedVault('/vault');
    assert.deepEqual(decodeHealthz({ ...clawql, vault: degradedVault('/vault') }), {
      status: 'ok',
      endpoint: '/mcp',
      vaultProblem: { error, fixCommand },
    });
  });

  it('tells of it where the server says neither why nor what to do', () => {
    for (const vault of [
      { configured: true, degraded: true },
      { configured: true, degraded: true, error: null, fixCommand: null },
    ]) {
      assert.deepEqual(decodeHealthz({ ...clawql, vault })?.vaultProblem, { error: '', fixCommand: '' });
    }
  });

  const others: readonly unknown[] = [
    undefined,
    null,
    'ok',
    [],
    {},
    { status: 'ok' },
    { status: 'UP', components: {} },
    { endpoint: '/mcp' },
    { status: true, endpoint: '/mcp' },
    { status: 'ok', endpoint: 'mcp' },
    { status: 'ok', endpoint: 'https://elsewhere.example/mcp' },
    { status: 'ok', endpoint: '' },
    { status: 'ok', endpoint: 8080 },
    { status: 'ok', endpoint: '/mcp', vault: 'none' },
  ];
  for (const document of others) {
    it(`takes ${inspect(document)} for another server's`, () => assert.equal(decodeHealthz(document), undefined));
  }

  it('takes nothing for a path that leads to another host', () => {
    // The WHATWG URL parser reads each of these as `//host`, seen from any http URL.
    for (const endpoint of ['//evil.example/mcp', '/\\evil.example/mcp', '/\t/evil.example/mcp', '/\n/evil.example']) {
      const decoded = decodeHealthz({ ...clawql, endpoint });
      const target = decoded && new URL(decoded.endpoint, 'http://clawql-1.tail1a2b3.ts.net:8080/mcp').host;
      assert.equal(
        target ?? 'clawql-1.tail1a2b3.ts.net:8080',
        'clawql-1.tail1a2b3.ts.net:8080',
        JSON.stringify(endpoint),
      );
    }
  });

  it('keeps words to what can be shown, and gives no half of a command', () => {
    const long = 'x'.repeat(60_000);
    const vault = { configured: true, degraded: true, error: long, fixCommand: `mkdir ${long}` };
    const decoded = decodeHealthz({ ...clawql, status: long, vault });
    assert.deepEqual(
      [decoded?.status.length, decoded?.vaultProblem?.error.length, decoded?.vaultProblem?.fixCommand],
      [300, 300, ''],
    );
    assert.equal(decodeHealthz({ ...clawql, endpoint: `/${long}` }), undefined);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (document) => void decodeHealthz(document)));
    fc.assert(fc.property(fc.jsonValue(), (vault) => void decodeHealthz({ ...clawql, vault })));
  });
});
