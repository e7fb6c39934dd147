import assert from 'node:assert/strict';

import { openPolicy } from '../support/tailnet/headscaleConfig.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { until } from '../support/tailnet/until.ts';
import { assertNothingLeft, resources } from './support/leftovers.ts';
import { Product } from './support/product.ts';
import { say } from './support/say.ts';
import { witness } from './support/witness.ts';

const well = { bar: '$(pass) ClawQL: clawql-1', tooltip: /clawql-mcp 5\.0\.0 answers at .* with 7 tools\./ };
const policyOf = (destination: string) => `{ "tagOwners": { "tag:clawql-mcp": ["dev@"], "tag:other": ["dev@"] },
  "acls": [ { "action": "accept", "src": ["dev@"], "dst": [${destination}] } ] }`;

if (process.env['CLAWQL_LAB_CONTROL'] === 'headscale') {
  describe('what the product says under headscale, when in the tailnet', function () {
    this.timeout(60_000);
    let lab: TailnetLab;
    let product: Product;
    let atFirst: readonly string[];
    let id: string;

    before(async () => {
      lab = await TailnetLab.attach();
      atFirst = await resources();
      id = await lab.controlServer.nodeId('clawql-1');
      product = new Product();
      await product.select('clawql-1');
    });

    after('nothing of it is left', async () => {
      product.dispose();
      await assertNothingLeft(atFirst);
    });

    it('the selected host is renamed, and back: the selection follows', async () => {
      const chosen = product.snapshot.selection;
      try {
        await witness(product, 'renamed', () => lab.headscale('nodes', 'rename', '-i', id, 'archive'), {
          bar: '$(pass) ClawQL: archive',
          tooltip: /answers at http:\/\/archive\.clawql\.test:8080\/mcp/,
          row: /^\$\(pass\) archive \| selected · /,
          noRow: /clawql-1/,
          within: 4_500,
        });
        assert.deepEqual(product.snapshot.selection, {
          ...chosen,
          label: 'archive',
          url: 'http://archive.clawql.test:8080/mcp',
        });
      } finally {
        await witness(product, 'named as before', () => lab.headscale('nodes', 'rename', '-i', id, 'clawql-1'), {
          ...well,
          within: 4_500,
        });
      }
      assert.deepEqual(product.snapshot.selection, chosen);
    });

    it('the selected host gets another tag, and the old one', async () => {
      const retag = (tag: string) => () => lab.headscale('nodes', 'tag', '-i', id, '-t', tag);
      await lab.policy(policyOf('"*:*"'));
      try {
        const untilKnown = () =>
          retag('tag:other')().then(
            () => true,
            () => undefined,
          );
        await witness(product, 'retagged', () => until('headscale knows the tag', untilKnown), {
          bar: '$(warning) ClawQL: clawql-1',
          tooltip: /carries tag:clawql-mcp no more, so it is not asked\.\n\nWhat to do: Have it tagged again/,
          noRow: /clawql-1/,
          within: 9_000,
        });
        assert.doesNotMatch(product.words.tooltip, /offline/);
      } finally {
        await witness(product, 'tagged as before', retag('tag:clawql-mcp'), { ...well, within: 9_000 });
        await lab.policy(openPolicy);
      }
    });

    it('the policy hides the selected host, and shows it', async () => {
      try {
        await witness(product, 'policy hides it', () => lab.policy(policyOf('"dev@:*"')), {
          bar: '$(error) ClawQL: clawql-1',
          tooltip:
            /is not among the nodes with tag:clawql-mcp .*\n\nWhat to do: It was removed, or the tailnet policy hides it/,
          noRow: /clawql-1/,
          notice: /No node in 10\.99\.0\.1 carries tag:clawql-mcp/,
          within: 3_000,
        });
        assert.doesNotMatch(product.words.tooltip, /offline/);
      } finally {
        await witness(product, 'policy shows it', () => lab.policy(openPolicy), { ...well, within: 6_000 });
      }
    });

    it("the selected host's key expires, and is extended", async () => {
      try {
        await witness(product, 'key expired there', () => lab.headscale('nodes', 'expire', '-i', id), {
          bar: '$(error) ClawQL: clawql-1',
          tooltip: /Its node key expired on .* UTC\.\n\nWhat to do: Its owner must log the node in again\./,
          row: /^\$\(error\) clawql-1 \| selected · expired \| Its node key expired on /,
          within: 3_000,
        });
      } finally {
        await witness(product, 'key extended there', () => lab.headscale('nodes', 'expire', '-d', '-i', id), {
          ...well,
          within: 15_000,
        });
      }
    });

    it("this machine's key expires, and it logs in again", async () => {
      const laptop = await lab.controlServer.nodeId('laptop');
      try {
        await witness(product, 'key expired here', () => lab.headscale('nodes', 'expire', '-i', laptop), {
          bar: '$(error) ClawQL: clawql-1',
          tooltip: /This machine is logged out of Tailscale\.|key.*expired/,
          within: 3_000,
        });
      } finally {
        await witness(product, 'logged in again', () => lab.join('laptop', { tagged: false }), {
          ...well,
          within: 10_000,
        });
      }
    });

    it('a host joins, and leaves', async () => {
      const join = async () => {
        await lab.leave('plain');
        await lab.clawql('plain').start();
        await lab.join('plain', { tagged: true });
      };
      try {
        await witness(product, 'a host joined', join, { ...well, row: /^\$\(pass\) plain \| /, within: 12_000 });
      } finally {
        const leave = () => lab.leave('plain');
        await witness(product, 'the host left', leave, { ...well, noRow: /plain/, within: 12_000 });
        await lab.clawql('plain').stop();
        await lab.join('plain', { tagged: false });
      }
    });

    it('headscale stops and comes back: what is known stays', async () => {
      const said = product.words;
      const { length } = product.moments;
      await lab.controlServer.stop();
      try {
        await product.refresh();
        const { bar, rows } = product.words;
        assert.equal(bar, said.bar);
        assert.match(product.words.tooltip, well.tooltip);
        assert.deepEqual(
          rows.map((row) => row.split(' ')[1]),
          said.rows.map((row) => row.split(' ')[1]),
        );
        assert.ok(product.moments.slice(length).every(({ snapshot }) => snapshot.health.kind === 'ok'));
        say(`headscale down\n    ${bar}: ${product.words.tooltip.split('\n\n')[1] ?? ''}`);
      } finally {
        await lab.controlServer.start();
      }
      await product.until('all is well', ({ health }) => health.kind === 'ok');
    });
  });
}
