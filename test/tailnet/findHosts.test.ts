import assert from 'node:assert/strict';

import { defaultSettings } from '../../src/core/settings.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { Product } from './support/product.ts';

const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
const suffix = managed ? 'tail0a1b2c.ts.net' : 'clawql.test';

describe(`a host without the tag under ${managed ? 'managed' : 'headscale'}`, function () {
  this.timeout(60_000);
  let lab: TailnetLab;
  let product: Product;

  before(async () => {
    lab = await TailnetLab.attach();
    await lab.clawql('plain').start();
    product = new Product();
    await product.until('the tailnet is known', ({ tailnet }) => tailnet.kind === 'running');
  });
  after(async () => {
    product.dispose();
    await lab.clawql('plain').stop();
  });

  const row = (label: string): string | undefined => product.words.rows.find((one) => one.includes(`) ${label} |`));
  const answers = (label: string) =>
    product.until(`${label} answers`, ({ hosts }) =>
      hosts.some(({ host, answeredAt }) => host.label === label && answeredAt !== undefined),
    );

  it('is not in the list by itself', () => {
    assert.equal(row('plain'), undefined);
  });

  it("is found by a search of the user's own machines, remembered by its node, and forgotten when the user says so", async () => {
    const found = await product.services.findOnMyMachines(() => undefined, new AbortController().signal);
    assert.deepEqual(
      found?.map(({ hostName }) => hostName),
      ['plain'],
    );
    await answers('plain');
    assert.match(row('plain') ?? '', /7 tools/);
    const host = product.snapshot.hosts.find(({ host: { label } }) => label === 'plain')?.host;
    assert.equal(host?.evidence.kind, 'found');
    await product.services.forget({ kind: 'found', id: host.id });
    assert.equal(row('plain'), undefined);
  });

  it('is found by its name in clawql.hosts, at the port that stands there', async () => {
    product.services.updateSettings({ ...defaultSettings, hosts: ['plain:8080'] });
    await answers('plain');
    assert.match(row('plain') ?? '', new RegExp(`http://plain\\.${suffix.replaceAll('.', '\\.')}:8080/mcp`));
    product.services.updateSettings(defaultSettings);
    assert.equal(row('plain'), undefined);
  });

  it('is found behind a mount of Tailscale Serve, which strips it', async () => {
    await lab.tailscale('plain', 'serve', '--bg', '--http=80', '--set-path=/team/clawql', 'http://127.0.0.1:8080');
    try {
      product.services.updateSettings({ ...defaultSettings, ports: [9], hosts: ['http://plain/team/clawql/mcp'] });
      await answers('plain');
      const [report] = product.snapshot.hosts.filter(({ host }) => host.label === 'plain');
      assert.deepEqual(
        report?.outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? [outcome.url] : [])),
        [`http://plain.${suffix}/team/clawql/mcp`],
      );
    } finally {
      product.services.updateSettings(defaultSettings);
      await lab.tailscale('plain', 'serve', 'reset');
    }
  });

  it('is used by a URL that the user entered', async () => {
    const url = `http://plain.${suffix}:8080/mcp`;
    const outcome = await product.services.askEntered(url, new AbortController().signal);
    assert.equal(outcome.kind, 'answered');
    await product.services.addEntered(url);
    await answers(`plain.${suffix}:8080`);
    await product.services.forget({ kind: 'entered', id: url });
  });
});
