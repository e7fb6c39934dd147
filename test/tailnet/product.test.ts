import assert from 'node:assert/strict';
import { cp, readFile, rm } from 'node:fs/promises';

import { TailnetLab } from '../support/tailnet/lab.ts';
import { stateDirectory } from '../support/tailnet/daemon.ts';
import { until } from '../support/tailnet/until.ts';
import { Product } from './support/product.ts';
import { assertNothingLeft, resources } from './support/leftovers.ts';
import { say } from './support/say.ts';
import { witness } from './support/witness.ts';

const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
const suffix = managed ? 'tail0a1b2c.ts.net' : 'clawql.test';
const url = managed ? `https://clawql-1.${suffix}/mcp` : `http://clawql-1.${suffix}:8080/mcp`;
const well = { bar: '$(pass) ClawQL: clawql-1', tooltip: /clawql-mcp 5\.0\.0 answers at .* with 7 tools\./ };

describe(`what the product says under ${managed ? 'managed' : 'headscale'}, when`, function () {
  this.timeout(60_000);
  let lab: TailnetLab;
  let product: Product;
  let atFirst: readonly string[];

  before(async () => {
    lab = await TailnetLab.attach();
    atFirst = await resources();
    product = new Product();
    await product.select('clawql-1');
    assert.equal(product.snapshot.selection?.url, url);
  });

  after('nothing of it is left', async () => {
    product.dispose();
    await assertNothingLeft(atFirst);
  });

  it('everything is well', () => {
    const { bar, tooltip, rows } = product.words;
    assert.equal(bar, well.bar);
    assert.match(tooltip, well.tooltip);
    assert.match(rows.join('\n'), /^\$\(pass\) clawql-1 \| selected · /m);
    assert.match(
      rows.join('\n'),
      /^\$\(circle-slash\) asleep \| offline \| The node is offline, last seen .* UTC\. Wake it/m,
    );
  });

  it('Tailscale is switched off here, and on again', async () => {
    await witness(product, 'tailscale down', () => lab.tailscale('laptop', 'down'), {
      bar: '$(error) ClawQL: clawql-1',
      tooltip: /Tailscale is stopped on this machine\.\n\nWhat to do: Run "tailscale up"\./,
      notice: /^\$\(info\) Tailscale is stopped on this machine\. \| Run "tailscale up"\./,
      noRow: /clawql-1/,
      within: 3_000,
    });
    await witness(product, 'tailscale up', () => lab.tailscale('laptop', 'up'), { ...well, within: 3_300 });
  });

  it('the daemon here is stopped, and started', async () => {
    await witness(product, 'daemon stopped', () => lab.daemon('laptop').stop(), {
      bar: '$(error) ClawQL: clawql-1',
      tooltip:
        /No Tailscale daemon is running here.*\n\nWhat to do: Install Tailscale, or start it with "sudo systemctl start tailscaled"\./,
      noRow: /clawql-1/,
      within: 6_000,
    });
    await witness(product, 'daemon started', () => lab.daemon('laptop').start(), { ...well, within: 10_000 });
  });

  it('the daemon here is killed, and started', async () => {
    await witness(product, 'daemon killed', () => lab.daemon('laptop').kill(), {
      bar: '$(error) ClawQL: clawql-1',
      tooltip:
        /The Tailscale daemon was killed: \/var\/run\/tailscale\/tailscaled\.sock is still there, and nobody listens at it\. This machine resolves no name until Tailscale runs again/,
      within: 6_000,
    });
    assert.match(await readFile('/etc/resolv.conf', 'utf8'), /^nameserver 100\.100\.100\.100$/m);
    assert.match(product.words.tooltip, /What to do: Start it again with "sudo systemctl restart tailscaled"\./);
    await witness(product, 'daemon back', () => lab.daemon('laptop').start(), { ...well, within: 10_000 });
  });

  it('this machine is logged out, and in', async () => {
    const state = stateDirectory(lab.description.directory, 'laptop');
    await cp(state, `${state}.kept`, { recursive: true });
    await witness(product, 'tailscale logout', () => lab.tailscale('laptop', 'logout'), {
      bar: '$(error) ClawQL: clawql-1',
      tooltip:
        /This machine is logged out of Tailscale\.\n\nWhat to do: Run "tailscale up" \(under Headscale with --login-server=URL\)\./,
      within: 3_000,
    });
    const logIn = async (): Promise<void> => {
      if (!managed) return lab.join('laptop', { tagged: false });
      // Tailscale's test control server would take it for a second machine.
      await lab.daemon('laptop').stop();
      await cp(`${state}.kept`, state, { recursive: true, force: true });
      await lab.daemon('laptop').start();
    };
    await witness(product, 'logged in again', logIn, { ...well, within: 10_000 });
    await rm(`${state}.kept`, { recursive: true });
  });

  it("Tailscale's DNS is not accepted here, and accepted", async () => {
    const set = (accept: boolean) => () => lab.tailscale('laptop', 'set', `--accept-dns=${accept}`);
    try {
      // Nothing in the status tells of it, so the next probe does: half a minute, and a connection that was open may serve one more.
      await witness(product, 'accept-dns=false', set(false), {
        bar: '$(error) ClawQL: clawql-1',
        tooltip: /This machine's resolver gave no answer for clawql-1\..*/,
        row: /^\$\(error\) clawql-1 \| .*resolver gave no answer/,
        within: 65_000,
      });
    } finally {
      const accept = async () => {
        await set(true)();
        await product.refresh();
      };
      await witness(product, 'accept-dns=true', accept, { ...well, within: 10_000 });
    }
  }).timeout(100_000);

  it('ClawQL is stopped on its host, and started', async () => {
    const then = (act: () => Promise<void>) => async () => {
      await act();
      await product.refresh();
    };
    await witness(
      product,
      'ClawQL stopped',
      then(() => lab.clawql('clawql-1').stop()),
      {
        bar: '$(error) ClawQL: clawql-1',
        tooltip: managed ? /HTTP 502/ : /The node is there, but nothing listens at clawql-1\.clawql\.test:/,
        within: 6_000,
      },
    );
    await witness(
      product,
      'ClawQL started',
      then(() => lab.clawql('clawql-1').start()),
      { ...well, within: 6_000 },
    );
  });

  it("the host's daemon goes, and comes back", async () => {
    await witness(product, "the host's daemon killed", () => lab.daemon('clawql-1').kill(), {
      bar: '$(error) ClawQL: clawql-1',
      tooltip: /The node is offline.*\n\nWhat to do: Wake it, or select another server\./,
      row: /^\$\(circle-slash\) clawql-1 \| selected · offline \| The node is offline/,
      within: 12_000,
    });
    await witness(product, "the host's daemon back", () => lab.daemon('clawql-1').start(), { ...well, within: 10_000 });
  });

  it('the daemon here is restarted at once', async () => {
    const { length } = product.moments;
    const restart = async () => {
      await lab.daemon('laptop').stop();
      await lab.daemon('laptop').start();
    };
    await restart();
    const runs = async () => ((await lab.status('laptop')).BackendState === 'Running' ? performance.now() : undefined);
    const running = await until('the daemon runs', runs);
    await product.refresh();
    const { at } = await product.until(
      'all is well',
      ({ health, tailnet }) => tailnet.kind === 'running' && health.kind === 'ok',
    );
    const took = Math.max(0, at - running);
    say(`daemon restarted: right ${Math.round(took)} ms after it runs, ${product.moments.length - length} snapshots`);
    assert.ok(took < 1_500, `right only ${took} ms after the daemon`);
  });
});
