import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod/mini';

import { nftables } from '../../src/core/exposure/firewallLines.ts';
import { findProgram } from '../support/editor/findProgram.ts';
import { run } from '../support/tailnet/command.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { clawqlPort } from '../support/tailnet/labDescription.ts';
import { peerSeen, tcpSeen } from './support/laptopView.ts';

const host = 'clawql-1';

const Seen = z.object({ kind: z.string() });
const Exposure = z.object({
  kind: z.literal('seen'),
  evidence: z.object({
    port: z.number(),
    addresses: z.array(
      z.object({ interfaceName: z.string(), address: z.string(), reach: z.string(), http: Seen, grpc: Seen }),
    ),
    cors: z.looseObject({ kind: z.string(), allowed: z.optional(z.string()) }),
    graphql: Seen,
    grpc: z.string(),
    funnels: z.array(z.unknown()),
    name: z.string(),
    tailnetInterface: z.string(),
  }),
});

describe('what an MCP host exposes', function () {
  this.timeout(60_000);
  let lab: TailnetLab;
  let tailnetAddress: string;

  before(async () => {
    lab = await TailnetLab.attach();
    tailnetAddress = (await peerSeen(host))?.TailscaleIPs[0] ?? '';
  });

  const onHost = (...argv: string[]): Promise<string> => run(lab.inside(host, argv));
  const check = async () => {
    const program = path.join(import.meta.dirname, 'support/exposureHere.ts');
    return Exposure.parse(JSON.parse(await onHost(process.execPath, program))).evidence;
  };
  /** In the network between the nodes, which is their local network. */
  const lanAddress = ({ addresses }: Awaited<ReturnType<typeof check>>): string =>
    addresses.find(({ interfaceName }) => interfaceName === 'eth0')?.address ?? '';

  it('is seen on the host itself', async () => {
    const evidence = await check();
    assert.equal(evidence.port, clawqlPort);
    assert.equal(evidence.tailnetInterface, 'tailscale0');
    const listening = evidence.addresses.map(({ interfaceName, reach, http, grpc }) =>
      [interfaceName, reach, http.kind, grpc.kind].join(' '),
    );
    assert.deepEqual([...new Set(listening)].toSorted(), ['eth0 lan open refused', 'tailscale0 tailnet open refused']);
    assert.deepEqual(
      [evidence.cors, evidence.graphql.kind, evidence.grpc],
      [{ kind: 'answered' }, 'answered', 'closed'],
    );
    assert.deepEqual(evidence.funnels, []);
  });

  if (process.env['CLAWQL_LAB_CONTROL'] === 'managed') {
    it('is on the internet where Funnel publishes it, until that is ended', async () => {
      const funnels = async () => (await check()).funnels.length;
      await lab.tailscale(host, 'funnel', '--bg', String(clawqlPort));
      try {
        assert.equal(await funnels(), 1);
      } finally {
        // To serve the same anew ends Funnel, and leaves what the lab serves there.
        await lab.tailscale(host, 'serve', '--bg', '--https=443', String(clawqlPort));
      }
      assert.equal(await funnels(), 0);
    });
  }

  it('is closed by the lines for nftables to the local network, and not to the tailnet', async function () {
    if (findProgram(['nft']) === undefined) this.skip();
    const evidence = await check();
    const lan = lanAddress(evidence);
    assert.match(lan, /^10\.99\.0\./);
    const { lines } = nftables({ ports: [evidence.port], tailnetInterface: evidence.tailnetInterface });
    const file = path.join(lab.description.directory, host, 'clawql.nft');
    await writeFile(file, `${lines.join('\n')}\n`);
    const view = async () => ({
      lan: await tcpSeen(lan, clawqlPort),
      otherPort: await tcpSeen(lan, clawqlPort + 1),
      tailnet: await tcpSeen(tailnetAddress, clawqlPort),
    });
    assert.deepEqual(await view(), { lan: 'open', otherPort: 'refused', tailnet: 'open' });
    try {
      await onHost('nft', '-f', file);
      // A second time is no fault, and leaves one table.
      await onHost('nft', '-f', file);
      assert.deepEqual(await view(), { lan: 'silent', otherPort: 'refused', tailnet: 'open' });
      // The machine itself passes by: what the check sees there is as before, as it says.
      assert.deepEqual((await check()).addresses, evidence.addresses);
    } finally {
      await onHost('nft', 'delete', 'table', 'inet', 'clawql');
    }
    assert.deepEqual(await view(), { lan: 'open', otherPort: 'refused', tailnet: 'open' });
    assert.equal(await onHost('nft', 'list', 'ruleset'), '');
  });
});
