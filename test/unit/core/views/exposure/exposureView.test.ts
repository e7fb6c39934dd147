import assert from 'node:assert/strict';

import type { Exposure } from '../../../../../src/core/exposure/evidence.ts';
import { exposureView } from '../../../../../src/core/views/exposure/exposureView.ts';
import { address, evidence, funnel, tailnetAddress } from '../../exposure/exposures.ts';

function view(exposure: Exposure) {
  return exposureView({ exposure, vantage: {}, platform: 'linux', about: 'about' });
}

function seen(parts: Parameters<typeof evidence>[0] = {}) {
  return view({ kind: 'seen', evidence: evidence(parts) });
}

describe('exposureView', () => {
  it('says that it is to be run on the MCP host where ClawQL does not answer', () => {
    const { verdict, sections } = view({ kind: 'not-here', asked: [8080, 80] });
    assert.equal(verdict.kind, 'unknown');
    assert.match(`${verdict.cause} ${verdict.remedy}`, /at the ports 8080, 80\..*Run this on the MCP host itself/);
    assert.deepEqual(sections, []);
  });

  it('always says what a connection to itself does not tell', () => {
    for (const parts of [{}, { addresses: [address()] }]) {
      assert.match(seen(parts).verdict.notes[0] ?? '', /does not pass the firewall .* whether others get to it is not/);
    }
  });

  it('puts the worst first', () => {
    const headings = [
      {},
      { otherPorts: [9090] },
      { cors: { kind: 'answered', allowed: '*' } as const },
      { addresses: [tailnetAddress, address()] },
      { addresses: [tailnetAddress, address()], funnels: [funnel] },
    ].map((parts) => `${seen(parts).verdict.kind}: ${seen(parts).verdict.heading}`);
    assert.deepEqual(headings, [
      'ok: ClawQL listens for this machine and the tailnet only',
      'unknown: Only one ClawQL of several was looked at',
      'warning: ClawQL lets every page call it',
      'warning: ClawQL listens for more than the tailnet',
      'error: Funnel publishes ClawQL to the internet',
    ]);
  });

  it('tells the internet from a network', () => {
    const addresses = [address(), address({ address: '2001:db8::5', reach: 'public' })];
    assert.equal(
      seen({ addresses }).verdict.cause,
      'It listens at 2001:db8::5 too, on the internet: everybody gets to it, unless a firewall stops it. ' +
        'It listens at 192.168.1.5 too: who is in that network gets to it, unless a firewall stops it.',
    );
  });

  it('gives each advice once, with all to which it belongs', () => {
    const addresses = [address(), address({ address: '192.168.1.6' })];
    const [advice] = seen({ addresses }).sections;
    assert.deepEqual(
      advice?.blocks.map(({ lead }) => lead),
      ['192.168.1.5:8080 (eth0), 192.168.1.6:8080 (eth0):', 'What to do:', '/graphql without sign-in:', 'What to do:'],
    );
    assert.match(advice.blocks[1]?.text ?? '', /^Close the port with the firewall/);
  });

  it('shows the lines of each firewall, to be copied and never run', () => {
    const section = seen().sections.at(-1);
    assert.equal(section?.title, 'Firewall: port 8080 for this machine and the tailnet only');
    const links = section.blocks.flatMap((block) => block.links ?? []);
    assert.ok(links.length > 0);
    assert.ok(links.every(({ command }) => command === 'clawql.copyText'));
    assert.match(links[0]?.arguments[0] ?? '', /^table inet clawql\n/);
    assert.match(seen({ grpc: 'http2' }).sections.at(-1)?.title ?? '', /port 8080 and 50051/);
  });
});
