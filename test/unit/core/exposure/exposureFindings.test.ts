import assert from 'node:assert/strict';

import type { ExposureEvidence } from '../../../../src/core/exposure/evidence.ts';
import { exposureFindings } from '../../../../src/core/exposure/exposureFindings.ts';
import { reachOf } from '../../../../src/core/exposure/reachOf.ts';
import { address, evidence, funnel, open, refused, tailnetAddress } from './exposures.ts';

function lines(parts: Partial<ExposureEvidence> = {}): readonly string[] {
  return exposureFindings(evidence(parts)).map(({ title, state, seen }) => `${state} ${title}: ${seen}`);
}

function failedTitles(parts: Partial<ExposureEvidence>): readonly string[] {
  return exposureFindings(evidence(parts)).flatMap(({ title, state }) => (state === 'failed' ? [title] : []));
}

describe('exposureFindings', () => {
  it('is content with a server that only the tailnet gets to', () => {
    assert.deepEqual(lines(), [
      'passed ClawQL: answers on this machine itself, at port 8080',
      'passed 100.64.0.1:8080 (tailscale0): listens there, for those whom the policy of the tailnet lets through',
      'passed Pages of other origins (CORS): none is allowed to call',
      'noted /graphql without sign-in: is answered, at the same port as MCP: for whom the policy of the tailnet lets through',
      'passed gRPC, port 50051: nothing listens there on this machine',
      'passed Funnel: does not publish ClawQL to the internet',
    ]);
  });

  it('says of each address who gets to it, and that a firewall is not seen from here', () => {
    const addresses = [
      address(),
      address({ address: '2001:db8::5', reach: 'public' }),
      address({ address: '10.0.0.1', http: refused }),
      address({ address: '10.0.0.2', http: { kind: 'silent', afterMs: 4000 } }),
      { ...tailnetAddress, http: refused },
    ];
    assert.deepEqual(lines({ addresses }).slice(1, 6), [
      'failed 192.168.1.5:8080 (eth0): listens there: the local network gets to it unless a firewall stops it, which cannot be seen from here',
      'failed [2001:db8::5]:8080 (eth0): listens there: the internet gets to it unless a firewall stops it, which cannot be seen from here',
      'passed 10.0.0.1:8080 (eth0): nothing listens there',
      'noted 10.0.0.2:8080 (eth0): not known: no answer came, not even from here',
      'noted 100.64.0.1:8080 (tailscale0): nothing listens there',
    ]);
    assert.ok(failedTitles({ addresses }).includes('/graphql without sign-in'));
    assert.match(lines({ addresses: [] })[1] ?? '', /^noted Addresses: /);
  });

  it('tells what pages may call', () => {
    assert.deepEqual(failedTitles({ cors: { kind: 'answered', allowed: '*' } }), ['Pages of other origins (CORS)']);
    assert.deepEqual(failedTitles({ cors: { kind: 'answered', allowed: 'https://app.example' } }), []);
    assert.match(lines({ cors: { kind: 'failed', detail: 'reset' } })[2] ?? '', /^noted .*not known: reset$/);
  });

  it('says of the gRPC port where it listens, also where that is not loopback', () => {
    const lan = address({ http: refused, grpc: open('192.168.1.5') });
    assert.deepEqual(failedTitles({ addresses: [lan] }), ['192.168.1.5:50051 (eth0)']);
    assert.match(lines({ addresses: [lan] }).join('\n'), /noted gRPC, port 50051: listens at some addresses/);
    assert.doesNotMatch(lines({ addresses: [address()] }).join('\n'), /192\.168\.1\.5:50051/);
    assert.deepEqual(failedTitles({ addresses: [lan], grpc: 'http2' }), ['192.168.1.5:50051 (eth0)']);
  });

  it('knows what Funnel publishes, and the port at which that can be ended', () => {
    const [finding] = exposureFindings(evidence({ funnels: [funnel] })).filter(({ title }) => title === 'Funnel');
    assert.equal(finding?.state, 'failed');
    assert.equal(finding.seen, 'publishes ClawQL to the internet at https://clawql-1.tail0.ts.net');
    assert.equal(finding.funnelPort, 443);
    const other = { ...funnel, backend: { port: 3000, path: '/' } };
    assert.deepEqual(failedTitles({ funnels: [other] }), []);
    const { funnels, ...unknown } = evidence();
    assert.deepEqual(funnels, []);
    assert.equal(exposureFindings(unknown).at(-1)?.state, 'noted');
  });

  it('gives no all-clear over more of ClawQL than it looked at, and knows what Funnel publishes of each', () => {
    assert.match(lines({ otherPorts: [9090] })[1] ?? '', /^noted More of ClawQL: answers at port 9090 too/);
    const another = { ...funnel, backend: { port: 9090, path: '/' } };
    assert.ok(failedTitles({ otherPorts: [9090], funnels: [another] }).includes('Funnel'));
  });

  it('says of /graphql who gets to it: the internet by Funnel, the tailnet, or this machine alone', () => {
    const graphql = (parts: Partial<ExposureEvidence>): string =>
      lines(parts).find((line) => line.includes('/graphql without sign-in')) ?? '';
    const here = { ...tailnetAddress, http: refused };
    assert.match(graphql({ addresses: [here] }), /^noted .*only this machine gets to by itself$/);
    assert.match(graphql({ addresses: [tailnetAddress] }), /^noted .*policy of the tailnet/);
    assert.match(graphql({ addresses: [here], funnels: [funnel] }), /^failed /);
  });

  it('tells the reach of an address by its range and the tailnet', () => {
    const own = ['100.64.0.1', 'fd7a:115c:a1e0::1'];
    const reaches = ['100.64.0.1', 'fd7a:115c:a1e0::1', '10.1.2.3', 'fd00::1', '8.8.8.8', '100.64.0.9', '203.0.113.5'];
    assert.deepEqual(
      reaches.map((one) => reachOf(one, own)),
      ['tailnet', 'tailnet', 'lan', 'lan', 'public', 'other', 'other'],
    );
  });
});
