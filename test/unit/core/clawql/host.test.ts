import assert from 'node:assert/strict';

import { hostsOf } from '../../../../src/core/clawql/host.ts';
import { laptop, node, tailnet } from '../../support/builders.ts';

const plain = { tags: ['tag:clawql-mcp'], ports: [443, 8080] };

function urls(...of: Parameters<typeof hostsOf>): readonly string[] {
  return hostsOf(...of).flatMap(({ candidates }) => candidates.map(({ url }) => url));
}

describe('hostsOf', () => {
  it('finds the nodes with the tag, in the order of their names', () => {
    const net = tailnet([
      node('zeta'),
      node('printer', { tags: ['tag:printer'] }),
      node('alpha'),
      node('bare', { tags: [] }),
    ]);
    assert.deepEqual(
      hostsOf(net, plain).map((host) => host.node.id),
      ['alpha', 'zeta'],
    );
  });

  it('finds this machine too: it may be the host itself', () => {
    const self = { ...laptop, tags: ['tag:clawql-mcp'] };
    assert.deepEqual(
      hostsOf(tailnet([], { self }), plain).map(({ node: { isSelf } }) => isSelf),
      [true],
    );
  });

  it('finds offline and expired nodes: they are there, and the reason is shown', () => {
    const net = tailnet([node('a', { online: false }), node('b', { expired: true })]);
    assert.equal(hostsOf(net, plain).length, 2);
  });

  it('says by which of several tags a node was found', () => {
    const net = tailnet([node('a', { tags: ['tag:prod', 'tag:staging', 'tag:clawql-mcp'] })]);
    const found = hostsOf(net, { ...plain, tags: ['tag:clawql-mcp', 'tag:staging'] });
    assert.deepEqual(
      found.map(({ tag }) => tag),
      ['tag:staging'],
    );
  });

  it('tries the ports in the order of the settings: HTTPS on 443, HTTP on every other, the usual one unwritten', () => {
    const net = tailnet([node('a')]);
    assert.deepEqual(urls(net, { ...plain, ports: [8080, 443, 80, 9000] }), [
      'http://a.tail1a2b3.ts.net:8080/mcp',
      'https://a.tail1a2b3.ts.net/mcp',
      'http://a.tail1a2b3.ts.net/mcp',
      'http://a.tail1a2b3.ts.net:9000/mcp',
    ]);
  });

  it('uses the first address where the tailnet has no MagicDNS or the node no name', () => {
    const v4 = node('a', { addresses: ['100.64.0.2', 'fd7a:115c:a1e0::2'] });
    const v6 = node('b', { addresses: ['fd7a:115c:a1e0::3'], name: '' });
    assert.deepEqual(urls(tailnet([v4], { magicDns: false }), { ...plain, ports: [8080] }), [
      'http://100.64.0.2:8080/mcp',
    ]);
    assert.deepEqual(urls(tailnet([v6]), plain), [
      'https://[fd7a:115c:a1e0::3]/mcp',
      'http://[fd7a:115c:a1e0::3]:8080/mcp',
    ]);
  });

  it('leaves out a node that has neither a name nor an address', () => {
    assert.deepEqual(hostsOf(tailnet([node('a', { name: '' })]), plain), []);
  });

  it('gives URLs that can be parsed, and each candidate the id of its node', () => {
    for (const { node: of, candidates } of hostsOf(tailnet([node('a'), node('b')]), plain)) {
      for (const { url, nodeId } of candidates) {
        assert.ok(URL.canParse(url));
        assert.equal(nodeId, of.id);
      }
    }
  });
});
