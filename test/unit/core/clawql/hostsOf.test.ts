import assert from 'node:assert/strict';

import { hostsOf, unmatchedEntries, type WantedHosts } from '../../../../src/core/clawql/hostsOf.ts';
import type { TailnetService, TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import { laptop, node, running, tailnet, wanted } from '../../support/builders.ts';

const off: TailnetState = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] };

function service(label: string): TailnetService {
  return {
    name: `svc:${label}`,
    dnsName: `${label}.tail1a2b3.ts.net`,
    addresses: ['100.100.7.1', 'fd7a:115c:a1e0::7:1'],
    ports: ['tcp:443'],
  };
}

function urls(state: TailnetState, of: WantedHosts = wanted()): readonly string[] {
  return hostsOf(state, of).flatMap(({ candidates }) => candidates);
}

/** Each host's id with the kind of its evidence. */
function found(state: TailnetState, of: WantedHosts = wanted()): readonly string[] {
  return hostsOf(state, of).map(({ id, evidence }) => `${id} by ${evidence.kind}`);
}

describe('hostsOf by tag', () => {
  it('finds the nodes with the tag, in the order of their names', () => {
    const state = running([
      node('zeta'),
      node('printer', { tags: ['tag:printer'] }),
      node('alpha'),
      node('bare', { tags: [] }),
    ]);
    assert.deepEqual(found(state), ['alpha by tag', 'zeta by tag']);
  });

  it('finds this machine too, also at the loopback addresses that its name may have here', () => {
    const self = { ...laptop, tags: ['tag:clawql-mcp'] };
    const [host] = hostsOf(running([], { self }), wanted());
    assert.ok(host?.node?.isSelf);
    assert.deepEqual(host.addresses, [...laptop.addresses, '127.0.0.1', '127.0.1.1', '::1']);
  });

  it('finds offline and expired nodes: they are there, and the reason is shown', () => {
    assert.equal(hostsOf(running([node('a', { online: false }), node('b', { expired: true })]), wanted()).length, 2);
  });

  it('says by which of several tags a node was found', () => {
    const state = running([node('a', { tags: ['tag:prod', 'tag:staging', 'tag:clawql-mcp'] })]);
    const [host] = hostsOf(state, wanted({ tags: ['tag:clawql-mcp', 'tag:staging'] }));
    assert.deepEqual(host?.evidence, { kind: 'tag', tag: 'tag:staging' });
  });

  it('puts those that are shared in from another tailnet behind its own', () => {
    const state = running([node('alpha', { sharedBy: 'bob@example.org' }), node('zeta')]);
    assert.deepEqual(found(state), ['zeta by tag', 'alpha by tag']);
  });
});

describe('hostsOf: where they may answer', () => {
  it('tries 443, 8080 and 80 unless the settings say otherwise', () => {
    assert.deepEqual(urls(running([node('a')])), [
      'https://a.tail1a2b3.ts.net/mcp',
      'http://a.tail1a2b3.ts.net:8080/mcp',
      'http://a.tail1a2b3.ts.net/mcp',
    ]);
  });

  it('tries the ports in the order of the settings: HTTPS on 443, HTTP on every other, the usual one unwritten', () => {
    assert.deepEqual(urls(running([node('a')]), wanted({ ports: [8080, 443, 80, 9000, 8080] })), [
      'http://a.tail1a2b3.ts.net:8080/mcp',
      'https://a.tail1a2b3.ts.net/mcp',
      'http://a.tail1a2b3.ts.net/mcp',
      'http://a.tail1a2b3.ts.net:9000/mcp',
    ]);
  });

  it('uses the first address where the tailnet has no MagicDNS or the node no name', () => {
    const v4 = node('a', { addresses: ['100.64.0.2', 'fd7a:115c:a1e0::2'] });
    const v6 = node('b', { addresses: ['fd7a:115c:a1e0::3'], name: '' });
    const ports = wanted({ ports: [443, 8080] });
    assert.deepEqual(urls(running([v4], { magicDns: false }), wanted({ ports: [8080] })), [
      'http://100.64.0.2:8080/mcp',
    ]);
    assert.deepEqual(urls(running([v6]), ports), [
      'https://[fd7a:115c:a1e0::3]/mcp',
      'http://[fd7a:115c:a1e0::3]:8080/mcp',
    ]);
  });

  it('leaves out a node that has neither a name nor an address', () => {
    assert.deepEqual(hostsOf(running([node('a', { name: '' })]), wanted()), []);
  });
});

describe('hostsOf by the settings', () => {
  const state = running([node('box', { tags: [], addresses: ['100.64.0.9'] }), node('clawql-1')], {
    services: [service('tools')],
    extraRecords: new Map([['alias.example.com', ['100.64.0.9']]]),
  });
  const by = (...hosts: string[]): WantedHosts => wanted({ tags: ['tag:none'], ports: [8080], hosts });

  for (const entry of ['box', 'BOX', 'box.tail1a2b3.ts.net', 'box.tail1a2b3.ts.net.', '100.64.0.9', ' box ']) {
    it(`finds a node by ${JSON.stringify(entry)}`, () => {
      assert.deepEqual(found(state, by(entry)), ['box by setting']);
      assert.deepEqual(urls(state, by(entry)), ['http://box.tail1a2b3.ts.net:8080/mcp']);
    });
  }

  it('asks first where the entry itself says: at a port, or at a URL with a mount', () => {
    assert.deepEqual(urls(state, by('box:9000')), [
      'http://box.tail1a2b3.ts.net:9000/mcp',
      'http://box.tail1a2b3.ts.net:8080/mcp',
    ]);
    assert.deepEqual(urls(state, by('https://box/clawql/mcp')), [
      'https://box.tail1a2b3.ts.net/clawql/mcp',
      'http://box.tail1a2b3.ts.net:8080/mcp',
    ]);
    assert.deepEqual(urls(state, by('box:443')).slice(0, 1), ['https://box.tail1a2b3.ts.net/mcp']);
  });

  it('finds a Tailscale Service, at its own addresses', () => {
    const [host] = hostsOf(state, by('svc:tools'));
    assert.deepEqual(
      [host?.id, host?.evidence.kind, host?.candidates, host?.addresses],
      ['svc:tools', 'setting', ['http://tools.tail1a2b3.ts.net:8080/mcp'], ['100.100.7.1', 'fd7a:115c:a1e0::7:1']],
    );
  });

  it('asks nobody outside the tailnet, whatever a workspace names', () => {
    const strangers = ['api.example.com', 'https://evil.example/mcp', '192.0.2.1', 'localhost', '127.0.0.1:8080', ''];
    assert.deepEqual(hostsOf(state, by(...strangers)), []);
    assert.deepEqual(unmatchedEntries(tailnetOf(state), strangers), strangers);
  });

  it('takes no host from an extra record, which only leads to somebody', () => {
    assert.deepEqual(found(state, by('alias.example.com')), []);
  });

  it('has a host once that is known in two ways, by the stronger of them, with all of its endpoints', () => {
    const both = wanted({ ports: [8080], hosts: ['clawql-1:9000'] });
    assert.deepEqual(found(state, both), ['clawql-1 by tag']);
    assert.deepEqual(urls(state, both), [
      'http://clawql-1.tail1a2b3.ts.net:9000/mcp',
      'http://clawql-1.tail1a2b3.ts.net:8080/mcp',
    ]);
  });
});

describe('hostsOf by Service', () => {
  it('finds a Service that is called as a tag or as ClawQL, and no other', () => {
    const services = ['clawql', 'clawql-mcp', 'team-tools', 'printer'].map(service);
    const state = running([], { services });
    assert.deepEqual(found(state, wanted({ tags: ['tag:team-tools'] })), [
      'svc:clawql by service',
      'svc:team-tools by service',
    ]);
  });
});

describe('hostsOf what the user made known', () => {
  it('finds the nodes that a search found, by their ids', () => {
    const state = running([node('box', { tags: [] }), node('other', { tags: [] })]);
    assert.deepEqual(found(state, wanted({}, { found: ['box', 'gone'] })), ['box by found']);
  });

  it('has an endpoint that the user entered also where there is no tailnet, under any address', () => {
    const [host, ...more] = hostsOf(off, wanted({}, { entered: ['https://clawql.example.com/mcp'] }));
    assert.deepEqual(host, {
      id: 'https://clawql.example.com/mcp',
      label: 'clawql.example.com',
      name: 'clawql.example.com',
      evidence: { kind: 'entered', url: 'https://clawql.example.com/mcp' },
      candidates: ['https://clawql.example.com/mcp'],
    });
    assert.deepEqual(more, []);
  });

  it('holds an entered endpoint to the addresses of its node where the tailnet knows it, and keeps its identity', () => {
    const url = 'http://box.tail1a2b3.ts.net:9000/mcp';
    const box = node('box', { tags: [], addresses: ['100.64.0.9'], online: false });
    const [host] = hostsOf(running([box]), wanted({}, { entered: [url] }));
    assert.deepEqual([host?.id, host?.addresses, host?.node?.online], [url, ['100.64.0.9'], false]);
  });
});

describe('hostsOf at size', () => {
  it('does not depend on the order in which the daemon lists peers', () => {
    const peers = Array.from({ length: 20 }, (_, index) => node(`n${index}`));
    assert.deepEqual(urls(running(peers)), urls(running(peers.toReversed())));
  });

  it('gives URLs that can be parsed', () => {
    for (const url of urls(running([node('a'), node('b', { name: 'weird name', addresses: ['100.64.0.1'] })]))) {
      assert.ok(URL.canParse(url), url);
    }
  });
});

function tailnetOf(state: TailnetState) {
  return state.kind === 'running' ? state.tailnet : tailnet([]);
}
