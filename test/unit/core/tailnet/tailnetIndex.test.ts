import assert from 'node:assert/strict';

import type { Tailnet, TailnetNode } from '../../../../src/core/tailnet/tailnet.ts';
import { parseAddress } from '../../../../src/core/tailnet/address.ts';
import { holderOfAddress, holderOfName, routerOf } from '../../../../src/core/tailnet/tailnetIndex.ts';
import { laptop, node, tailnet } from '../../support/builders.ts';

const clawql = node('clawql-1', { addresses: ['100.90.0.11', 'fd7a:115c:a1e0::5a01:b'] });
const shared = node('shared', { name: 'shared.tailffff.ts.net', addresses: ['100.90.0.20'] });
const nameless = node('nameless', { name: '', addresses: ['100.90.0.40'] });
const peers = [clawql, shared, nameless];

function nodeNamed(name: string, net: Tailnet): TailnetNode | undefined {
  const holder = holderOfName(name, net);
  return holder?.kind === 'node' ? holder.node : undefined;
}

describe('holderOfName', () => {
  it('finds a node by its full name, and by the first label below the own suffix', () => {
    const net = tailnet(peers);
    assert.equal(nodeNamed('clawql-1.tail1a2b3.ts.net', net), clawql);
    assert.equal(nodeNamed('clawql-1', net), clawql);
    assert.equal(nodeNamed('laptop', net), laptop);
    assert.equal(nodeNamed('shared', net), undefined);
    assert.equal(nodeNamed('shared.tailffff.ts.net', net), shared);
  });

  it('never finds a node without a name', () => {
    assert.equal(nodeNamed('', tailnet(peers)), undefined);
    assert.equal(nodeNamed('', tailnet(peers, { suffix: '' })), undefined);
    assert.equal(nodeNamed('nameless', tailnet(peers)), undefined);
  });
});

describe('TailnetIndex', () => {
  it('lets a node go before a Service, and that before a record', () => {
    const service = { name: 'svc:web', dnsName: 'web.tail1a2b3.ts.net', addresses: ['100.88.0.9'], ports: [] };
    const extraRecords = new Map([
      ['web.tail1a2b3.ts.net', ['100.88.0.9']],
      ['clawql-1.tail1a2b3.ts.net', ['100.88.0.10']],
    ]);
    const net = tailnet(peers, { services: [service], extraRecords });
    assert.deepEqual(holderOfName('web', net), { kind: 'service', service });
    assert.deepEqual(holderOfAddress(parseAddress('100.88.0.9')!, net), { kind: 'service', service });
    assert.equal(nodeNamed('clawql-1', net), clawql);
    assert.equal(holderOfAddress(parseAddress('100.88.0.10')!, net)?.kind, 'record');
  });

  it('routes by the longest prefix, and not by a default route', () => {
    const wide = node('wide', { routes: ['10.0.0.0/8', '0.0.0.0/0'] });
    const narrow = node('narrow', { routes: ['10.1.0.0/16'] });
    for (const routers of [
      [wide, narrow],
      [narrow, wide],
    ]) {
      assert.equal(routerOf(parseAddress('10.1.2.3')!, tailnet(routers)), narrow);
      assert.equal(routerOf(parseAddress('10.2.2.3')!, tailnet(routers)), wide);
      assert.equal(routerOf(parseAddress('8.8.8.8')!, tailnet(routers)), undefined);
    }
  });
});
