import assert from 'node:assert/strict';

import fc from 'fast-check';

import { hasHandler, readableConfig, withHandler, withoutHandler } from '../../../../src/core/serve/configChange.ts';
import { servePlan } from '../../../../src/core/serve/servePlan.ts';
import type { ServePlace } from '../../../../src/core/serve/servePlace.ts';
import { tailnet } from '../../support/builders.ts';

const host = 'clawql-1.tail0a1b2c.ts.net';
const place: ServePlace = { protocol: 'https', host, port: 443, mount: '/' };
const target = 'http://127.0.0.1:8080';
const situation = { tailnet: tailnet([]), server: { port: 8080, path: '/mcp' }, busy: new Set<number>() };
/** As `tailscale serve --bg --https=443 http://127.0.0.1:8080` of 1.102.3 leaves it. */
const served = {
  TCP: { '443': { HTTPS: true } },
  Web: { [`${host}:443`]: { Handlers: { '/': { Proxy: target } } } },
};

/** What others may have there: some of it of versions to come. */
const handler = fc.oneof(
  fc.record({ Proxy: fc.constantFrom('http://127.0.0.1:3000', 'unix:/run/x.sock') }),
  fc.record({ Text: fc.string() }),
  fc.record({ Proxy: fc.constant('http://127.0.0.1:3000'), AcceptAppCaps: fc.array(fc.string(), { minLength: 1 }) }),
  fc.record({ New: fc.integer() }),
);
const others = fc
  .record({
    mounts: fc.dictionary(fc.constantFrom('/blog', '/files/', '/x'), handler, { minKeys: 1, noNullPrototype: true }),
    port: fc.constantFrom(443, 8443),
    forward: fc.option(fc.constantFrom('127.0.0.1:22', '10.0.0.1:5432'), { nil: undefined }),
    services: fc.option(fc.constant({ 'svc:docs': { TCP: { '443': { HTTPS: true } } } }), { nil: undefined }),
  })
  .map(({ mounts, port, forward, services }) => ({
    TCP: { [port]: { HTTPS: true }, ...(forward === undefined ? {} : { '9000': { TCPForward: forward } }) },
    Web: { [`${host}:${port}`]: { Handlers: mounts } },
    ...(services === undefined ? {} : { Services: services }),
  }));

describe('a change of the Serve configuration', () => {
  it('is the one that the program makes', () => {
    assert.deepEqual(withHandler({}, place, target), served);
    assert.deepEqual(withoutHandler(served, place), {});
    const mounted = withHandler(served, { ...place, mount: '/x' }, 'http://127.0.0.1:3000');
    assert.deepEqual(mounted['Web'], {
      [`${host}:443`]: { Handlers: { '/': { Proxy: target }, '/x': { Proxy: 'http://127.0.0.1:3000' } } },
    });
    assert.deepEqual(withoutHandler(mounted, { ...place, mount: '/x' }), served);
  });

  it('ends Funnel where it serves anew, and where nothing is left at the port', () => {
    const published = { ...served, AllowFunnel: { [`${host}:443`]: true } };
    assert.deepEqual(withHandler(published, place, target), served);
    assert.deepEqual(withoutHandler(published, place), {});
  });

  it('and the one that takes it back leave everything else as it was', () => {
    fc.assert(
      fc.property(others, (config) => {
        const then = withHandler(config, place, target);
        assert.ok(hasHandler(then, place, target));
        assert.deepEqual(withoutHandler(then, place), config);
      }),
    );
  });

  it('finds its own handler only where it is as it was written', () => {
    assert.ok(hasHandler(served, place, target));
    const { TCP, Web } = served;
    for (const other of [
      {},
      { TCP },
      { TCP: { '443': { HTTP: true } }, Web },
      { TCP, Web: { [`${host}:443`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' } } } } },
      { TCP, Web: { [`${host}:443`]: { Handlers: { '/': { Proxy: target, AcceptAppCaps: ['a.example/cap'] } } } } },
    ]) {
      assert.equal(hasHandler(other, place, target), false);
    }
  });

  it('takes nothing, null and empty parts for the same, and nothing else for a configuration', () => {
    for (const document of [null, undefined, {}, { TCP: null, Web: {} }]) {
      assert.deepEqual(readableConfig(document), {});
    }
    for (const document of ['', 7, []]) assert.equal(readableConfig(document), undefined);
    // Whatever it is, it throws nothing.
    fc.assert(fc.property(fc.anything(), (document) => void servePlan({ document, ...situation })));
  });
});
