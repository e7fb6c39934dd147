import assert from 'node:assert/strict';

import type { Host } from '../../../../src/core/clawql/host.ts';
import { sameEndpoint } from '../../../../src/core/clawql/sameEndpoint.ts';
import { host, node, report } from '../../support/builders.ts';

const addresses = ['100.64.0.2', 'fd7a:115c:a1e0::2'];
const service: Host = {
  id: 'svc:clawql',
  label: 'svc:clawql',
  name: 'clawql.tail1a2b3.ts.net',
  evidence: { kind: 'service', service: 'svc:clawql' },
  addresses: ['100.64.0.9'],
  candidates: ['https://clawql.tail1a2b3.ts.net/mcp'],
};
const entered: Host = {
  id: 'http://box:8080/mcp',
  label: 'box:8080',
  name: 'box',
  evidence: { kind: 'entered', url: 'http://box:8080/mcp' },
  candidates: ['http://box:8080/mcp'],
};
const hosts = [
  report(host(node('clawql-1', { addresses })), []),
  report(host(node('clawql-2', { addresses: ['100.64.0.3'] })), []),
  report(host(node('nameless', { name: '', addresses: ['100.64.0.4'] }), ['http://100.64.0.4:8080/mcp']), []),
  report(service, []),
  report(entered, []),
];

const full = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const table: readonly (readonly [one: string, other: string, same: boolean])[] = [
  [full, full, true],
  [full, 'HTTP://CLAWQL-1.Tail1a2b3.ts.net:8080/mcp', true],
  [full, 'http://clawql-1.tail1a2b3.ts.net.:8080/mcp', true],
  [full, 'http://clawql-1:8080/mcp', true],
  [full, 'http://100.64.0.2:8080/mcp', true],
  [full, 'http://0x64400002:8080/mcp', true],
  [full, 'http://[fd7a:115c:a1e0::2]:8080/mcp', true],
  [full, 'http://[fd7a:115c:a1e0:0:0:0:0:2]:8080/mcp', true],
  ['http://100.64.0.2:8080/mcp', 'http://clawql-1:8080/mcp/', true],
  ['http://100.64.0.2:8080/mcp', 'http://[fd7a:115c:a1e0::2]:8080/mcp', true],
  ['https://clawql-1/mcp', 'https://clawql-1.tail1a2b3.ts.net:443/mcp', true],
  ['http://elsewhere.example:8080/mcp', 'http://ELSEWHERE.example:8080/mcp/', true],
  [full, 'http://clawql-1.tail1a2b3.ts.net:8080/', false],
  [full, 'http://clawql-1.tail1a2b3.ts.net:9090/mcp', false],
  [full, 'https://clawql-1.tail1a2b3.ts.net:8080/mcp', false],
  [full, 'http://clawql-1.tail1a2b3.ts.net/mcp', false],
  [full, 'http://clawql-2:8080/mcp', false],
  [full, 'http://100.64.0.3:8080/mcp', false],
  [full, 'http://clawql-1.example.com:8080/mcp', false],
  [full, 'http://clawql:8080/mcp', false],
  [full, 'http://localhost:8080/mcp', false],
  ['http://stranger:8080/mcp', 'http://100.64.0.2:8080/mcp', false],
  ['https://clawql.tail1a2b3.ts.net/mcp', 'https://100.64.0.9/mcp', true],
  ['https://clawql.tail1a2b3.ts.net/mcp', 'https://clawql/mcp', true],
  ['https://clawql.tail1a2b3.ts.net/mcp', 'https://100.64.0.2/mcp', false],
  ['http://box:8080/mcp', 'http://box:8080/mcp/', true],
  ['http://box:8080/mcp', 'http://box.tail1a2b3.ts.net:8080/mcp', false],
  ['http://100.64.0.4:8080/mcp', 'http://nameless:8080/mcp', false],
  ['no URL', full, false],
  ['no URL', 'no URL', false],
  ['', '', false],
];

describe('sameEndpoint', () => {
  for (const [one, other, same] of table) {
    it(`${JSON.stringify(one)} and ${JSON.stringify(other)} are ${same ? 'the same' : 'two'}`, () => {
      assert.equal(sameEndpoint(one, other, hosts), same);
      assert.equal(sameEndpoint(other, one, hosts), same);
    });
  }

  it('knows no other name of a host that is not known', () => {
    assert.equal(sameEndpoint(full, 'http://100.64.0.2:8080/mcp', []), false);
    assert.equal(sameEndpoint(full, full, []), true);
  });
});
