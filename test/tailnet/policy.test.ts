import assert from 'node:assert/strict';

import { lint } from '../../src/core/diagnostics/lint.ts';
import { fixAll } from '../../src/core/diagnostics/fixAll.ts';
import { starterPolicy } from '../../src/core/policy/starterPolicy.ts';
import { applyEdits } from '../../src/core/text.ts';
import { openPolicy } from '../support/tailnet/headscaleConfig.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { clawqlPort } from '../support/tailnet/labDescription.ts';
import { until } from '../support/tailnet/until.ts';
import { policyShapes } from '../unit/core/diagnostics/shapes/policyShapes.ts';
import { read } from '../unit/core/diagnostics/world.ts';
import { peerSeen, pingSeen, tcpSeen } from './support/laptopView.ts';
import { Product } from './support/product.ts';
import { say } from './support/say.ts';

const otherPort = 9998;

if (process.env['CLAWQL_LAB_CONTROL'] === 'headscale') {
  describe('tailnet policies and headscale', function () {
    this.timeout(60_000);
    let lab: TailnetLab;

    before(async () => {
      lab = await TailnetLab.attach();
    });

    it('headscale policy check refuses what is found, but for what it cannot know', async () => {
      for (const { name, text, refused, finds, because = '' } of policyShapes) {
        const refusal = await lab.controlServer.refusal(text);
        if (refused === undefined) assert.equal(refusal, undefined, name);
        else assert.match(refusal ?? 'it is taken', refused, name);
        const words = refusal === undefined ? `takes it${because && ` (${because})`}` : 'refuses it';
        say(`    ${name}: headscale ${words}; found: ${finds.join(', ') || 'nothing'}`);
      }
    });

    describe('a policy of the real tailnet', () => {
      let product: Product;
      let address: string;
      const port = (number = clawqlPort) => tcpSeen(address, number);
      const becomes = (number: number, wanted: Awaited<ReturnType<typeof tcpSeen>>) =>
        until(`port ${number} is ${wanted}`, async () => ((await port(number)) === wanted ? true : undefined), 40_000);
      const found = (text: string, path = '/w/policy.hujson') => lint(read(path, text), product.snapshot);

      before(async () => {
        address = (await peerSeen('clawql-1'))?.TailscaleIPs[0] ?? '';
        product = new Product();
        await product.select('clawql-1');
        await product.until('clawql-2 answers', ({ hosts }) =>
          hosts.some(({ host, answeredAt }) => host.label === 'clawql-2' && answeredAt !== undefined),
        );
      });
      afterEach(async () => {
        await lab.policy(openPolicy);
        await becomes(clawqlPort, 'open');
      });
      after(() => product.dispose());

      it('the one that the lab begins with opens everything, and that is what is found', () => {
        assert.deepEqual(
          found(openPolicy).map(({ ruleId }) => ruleId),
          ['policy-allow-all'],
        );
      });

      it('the starter is taken, opens the port of ClawQL that was shut, and no other', async () => {
        const starter = starterPolicy(product.snapshot);
        assert.match(starter, /"group:clawql-operators": \["dev@"\]/);
        assert.match(
          starter,
          /at the port at which clawql-1, clawql-2 answered\.\n[^}]*"dst": \["tag:clawql-mcp:8080"\]/,
        );
        assert.equal(await lab.controlServer.refusal(starter), undefined);
        assert.deepEqual(found(starter), []);
        assert.equal(await port(otherPort), 'refused', 'with everything open the machine itself answers');

        await lab.policy(starter.replace('tag:clawql-mcp:8080', 'tag:clawql-mcp:443'));
        await becomes(clawqlPort, 'silent');
        await lab.policy(starter);
        await becomes(clawqlPort, 'open');
        assert.equal(await port(otherPort), 'silent', 'the policy shuts it');
        assert.equal(await pingSeen(address, 'ICMP'), 'direct');
        const answer = await fetch(`http://clawql-1.clawql.test:${clawqlPort}/healthz`);
        assert.equal(answer.status, 200);
        say(`    the starter:\n${starter}`);
      });

      it('the port that a policy lacks is found, and with the fix in it the connection works', async () => {
        const lacking = starterPolicy(product.snapshot).replace('tag:clawql-mcp:8080', 'tag:clawql-mcp:443,50051');
        const [problem] = found(lacking);
        assert.match(
          problem?.message ?? '',
          /nobody reaches clawql-1, clawql-2: ClawQL answers there at port 8080, which no rule opens to tag:clawql-mcp/,
        );
        await lab.policy(lacking);
        await becomes(clawqlPort, 'silent');
        const fix = problem?.fixes().find(({ title }) => title === 'Open port 8080 to group:clawql-operators');
        assert.ok(fix?.kind === 'edit');
        const mended = applyEdits(lacking, fix.edits);
        assert.equal(mended, lacking.replace(':443,50051', ':443,50051,8080'));
        assert.equal(await lab.controlServer.refusal(mended), undefined);
        await lab.policy(mended);
        await becomes(clawqlPort, 'open');
      });

      it('users without "@" are refused, and taken when all is mended', async () => {
        const bare = starterPolicy(product.snapshot).replaceAll('dev@', 'dev');
        assert.match((await lab.controlServer.refusal(bare)) ?? '', /username must contain @/);
        const mended = applyEdits(bare, fixAll(found(bare)));
        assert.equal(await lab.controlServer.refusal(mended), undefined);
        assert.deepEqual(found(mended), []);
        await lab.policy(mended);
        await becomes(otherPort, 'silent');
        await becomes(clawqlPort, 'open');
      });
    });
  });
}
