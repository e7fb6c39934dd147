import assert from 'node:assert/strict';

import { readDocument } from '../../src/core/diagnostics/documentModel.ts';
import { lint } from '../../src/core/diagnostics/lint.ts';
import type { Funnel } from '../../src/core/tailnet/funnel.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { Product } from './support/product.ts';

/** headscale has no Funnel. */
if (process.env['CLAWQL_LAB_CONTROL'] === 'managed') {
  describe('Funnel on this machine', function () {
    this.timeout(30_000);
    let lab: TailnetLab;
    let product: Product;

    before(async () => {
      lab = await TailnetLab.attach();
      product = new Product();
      await product.until('the tailnet is there', ({ tailnet }) => tailnet.kind === 'running');
    });
    after(async () => {
      product.dispose();
      await lab.tailscale('laptop', 'funnel', 'reset');
    });

    /** What is published, after a command and *Look Again*. */
    async function funnelsAfter(...args: string[]): Promise<readonly Funnel[] | undefined> {
      await lab.tailscale('laptop', ...args);
      await product.refresh();
      const { tailnet } = product.snapshot;
      assert.ok(tailnet.kind === 'running');
      return tailnet.tailnet.funnels;
    }

    function findings(url: string): readonly string[] {
      const text = `CLAWQL_MCP_URL=${url}\n`;
      const place = { tracking: 'ignored', besideCompose: false, inWorkspace: true, isHere: true } as const;
      const model = readDocument({ path: '/w/.env', text, ...place });
      assert.ok(model);
      return lint(model, product.snapshot)
        .filter(({ ruleId }) => ruleId === 'funnel-exposed')
        .map(({ message }) => message);
    }

    const backend = { port: 8080, path: '/' };
    const https: Funnel = { port: 443, mount: '/', type: 'https', isForeground: false, backend };
    const urls = ['http://localhost:8080/mcp', 'https://laptop.tail0a1b2c.ts.net/mcp'];

    it('is not there at first', async () => {
      assert.deepEqual(await funnelsAfter('serve', '--bg', '8080'), []);
      assert.deepEqual(urls.flatMap(findings), []);
    });

    it('is seen and warned of, by the name and on localhost, until it is ended', async () => {
      assert.deepEqual(await funnelsAfter('funnel', '--bg', '8080'), [https]);
      assert.equal(urls.flatMap(findings).length, 2);
      assert.deepEqual(await funnelsAfter('funnel', '--https=443', 'off'), []);
      assert.deepEqual(urls.flatMap(findings), []);
    });

    it('ends when the same is served for the tailnet alone', async () => {
      assert.deepEqual(await funnelsAfter('funnel', '--bg', '8080'), [https]);
      assert.deepEqual(await funnelsAfter('serve', '--bg', '8080'), []);
      await lab.tailscale('laptop', 'serve', 'reset');
    });

    it('is seen for forwarded TCP, until it is ended', async () => {
      const type = 'tls-terminated-tcp';
      const forwarded = await funnelsAfter('funnel', '--bg', `--${type}=8443`, 'tcp://localhost:8080');
      assert.deepEqual(forwarded, [{ ...https, port: 8443, type }]);
      assert.match(findings(urls[0]!).join(), /:8443: whoever is outside/);
      assert.deepEqual(await funnelsAfter('funnel', `--${type}=8443`, 'off'), []);
    });
  });
}
