import { TailnetLab } from '../support/tailnet/lab.ts';
import { editorFaults } from './support/faults/editorFaults.ts';
import { machineFaults } from './support/faults/machineFaults.ts';
import { nameFaults } from './support/faults/nameFaults.ts';
import { nodeFaults } from './support/faults/nodeFaults.ts';
import { serverFaults } from './support/faults/serverFaults.ts';
import { tlsFaults } from './support/faults/tlsFaults.ts';
import { wayFaults } from './support/faults/wayFaults.ts';
import { peerSeen } from './support/laptopView.ts';
import { Product } from './support/product.ts';
import { VerdictBench } from './support/verdictBench.ts';

const control = process.env['CLAWQL_LAB_CONTROL'] === 'managed' ? 'managed' : 'headscale';
const suffix = control === 'managed' ? 'tail0a1b2c.ts.net' : 'clawql.test';
const home = control === 'managed' ? `https://clawql-1.${suffix}/mcp` : `http://clawql-1.${suffix}:8080/mcp`;
const groups = {
  'this machine': machineFaults,
  'the node': nodeFaults,
  'the name': nameFaults,
  'the way': wayFaults,
  TLS: tlsFaults,
  'the server': serverFaults,
  'the editor': editorFaults,
};

describe(`the verdict under ${control} on`, function () {
  this.timeout(120_000);
  let product: Product;
  let bench: VerdictBench;

  before(async () => {
    const lab = await TailnetLab.attach();
    const [address = ''] = (await peerSeen('clawql-1'))?.TailscaleIPs ?? [];
    product = new Product();
    bench = new VerdictBench(product, { lab, address, nameOf: (node) => `${node}.${suffix}` }, home);
    await product.select('clawql-1');
  });
  after(() => {
    bench.print();
    product.dispose();
  });

  for (const [what, faults] of Object.entries(groups)) {
    describe(what, () => {
      for (const fault of faults.filter(({ under }) => under === undefined || under === control))
        it(fault.what, () => bench.judge(fault));
    });
  }
});
