import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';

import { describeEvidence } from '../../src/core/clawql/host.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Zone } from '../../src/core/tailnet/zone.ts';
import { zoneOf } from '../../src/core/tailnet/zoneOf.ts';
import { Product } from './support/product.ts';

const suffix = 'tail0a1b2c.ts.net';

/** headscale knows no Services, and Tailscale's own control server tells them of itself. */
if (process.env['CLAWQL_LAB_CONTROL'] === 'managed') {
  describe('a Tailscale Service and a record, as a real daemon tells them', function () {
    this.timeout(30_000);
    let product: Product;

    before(async () => {
      product = new Product();
      await product.until(
        'the Service is told',
        ({ tailnet }) => tailnet.kind === 'running' && tailnet.tailnet.services.length > 0,
      );
    });
    after(() => product.dispose());

    const service = { name: 'svc:docs', dnsName: `docs.${suffix}`, addresses: ['100.100.7.1'], ports: ['tcp:443'] };
    const zone = (host: string): Zone => zoneOf(host, { ...product.snapshot, lookups: new Map() });

    it('is decoded from the capabilities of the own node', () => {
      const { tailnet } = product.snapshot;
      assert.ok(tailnet.kind === 'running');
      assert.deepEqual(tailnet.tailnet.services, [service]);
      assert.deepEqual(tailnet.tailnet.problems, []);
      assert.deepEqual(
        [...tailnet.tailnet.extraRecords],
        [
          [`docs.${suffix}`, ['100.100.7.1']],
          ['wiki.corp.example', ['100.100.7.1']],
        ],
      );
    });

    it('is the tailnet by its name, its short name, its address, and by a name of the administrator', async () => {
      const holder = { kind: 'service', service };
      assert.deepEqual(zone(`docs.${suffix}`), { kind: 'tailnet', holder, by: 'name' });
      assert.deepEqual(zone('docs'), { kind: 'tailnet', holder, by: 'name' });
      assert.deepEqual(zone('100.100.7.1'), { kind: 'tailnet', holder, by: 'address' });
      assert.deepEqual(zone('wiki.corp.example'), { kind: 'tailnet', holder, by: 'name' });
      assert.equal((await lookup(`docs.${suffix}`)).address, '100.100.7.1');
      assert.equal((await lookup('wiki.corp.example')).address, '100.100.7.1');
    });

    it('is a host when clawql.hosts names it, asked at its own address', async () => {
      product.services.updateSettings({ ...defaultSettings, hosts: ['svc:docs'] });
      const { snapshot } = await product.until('it is a host', ({ hosts }) =>
        hosts.some(({ host }) => host.id === 'svc:docs'),
      );
      const host = snapshot.hosts.find(({ host: { id } }) => id === 'svc:docs')?.host;
      assert.deepEqual(host?.addresses, ['100.100.7.1']);
      assert.equal(describeEvidence(host.evidence), 'named in clawql.hosts');
      assert.equal(host.candidates[0], `https://docs.${suffix}/mcp`);
    });
  });
}
