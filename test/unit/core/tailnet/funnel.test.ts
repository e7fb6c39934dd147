import assert from 'node:assert/strict';

import fc from 'fast-check';

import { funnelsOf } from '../../../../src/core/tailnet/funnel.ts';
import { decodeStatus } from '../../../../src/core/tailnet/status.ts';
import { demoStatus } from '../../../support/demo/demoStatus.ts';

const name = 'clawql-1.tail0a1b2c.ts.net';
const web = (...mounts: readonly (readonly [string, object])[]) => ({
  TCP: { '443': { HTTPS: true } },
  Web: { [`${name}:443`]: { Handlers: Object.fromEntries(mounts) } },
});
const open = { AllowFunnel: { [`${name}:443`]: true } };
/** As `tailscale funnel --bg 8080` of 1.102.3 leaves it. */
const real = { ...web(['/', { Proxy: 'http://127.0.0.1:8080' }]), ...open };
const funnel = { port: 443, mount: '/', type: 'https', isForeground: false, backend: { port: 8080, path: '/' } };

describe('funnelsOf', () => {
  it('reads what "tailscale funnel --bg 8080" leaves', () => {
    assert.deepEqual(funnelsOf(real, name), [funnel]);
  });

  it('finds nothing where Serve alone is on, where it is off, and where nothing is configured', () => {
    for (const config of [
      null,
      {},
      web(['/', { Proxy: 'http://127.0.0.1:8080' }]),
      { ...real, AllowFunnel: { [`${name}:443`]: false } },
      { ...real, AllowFunnel: null },
    ]) {
      assert.deepEqual(funnelsOf(config, name), []);
    }
  });

  it('leaves out a former name, a port where nothing is served, and what is no server behind', () => {
    assert.deepEqual(funnelsOf(real, 'renamed.tail0a1b2c.ts.net'), []);
    assert.deepEqual(funnelsOf(open, name), []);
    assert.deepEqual(funnelsOf({ ...real, AllowFunnel: { [`${name}:8443`]: true } }, name), []);
    assert.deepEqual(funnelsOf({ ...web(['/', { Text: 'hello' }], ['/files', { Path: '/srv' }]), ...open }, name), []);
  });

  it('keeps mounts apart, and knows no port behind another machine or a socket', () => {
    const config = web(
      ['/mcp', { Proxy: 'http://localhost:8080/mcp' }],
      ['/nas', { Proxy: 'http://192.168.1.5:5000' }],
      ['/socket', { Proxy: 'unix:/run/clawql.sock' }],
    );
    const bare = { port: 443, type: 'https', isForeground: false };
    assert.deepEqual(funnelsOf({ ...config, ...open }, name), [
      { ...funnel, mount: '/mcp', backend: { port: 8080, path: '/mcp' } },
      { ...bare, mount: '/nas' },
      { ...bare, mount: '/socket' },
    ]);
  });

  for (const [target, port] of [
    ['3000', 3000],
    ['localhost:3000', 3000],
    ['[::1]:3000', 3000],
    ['https+insecure://127.0.0.1:8443', 8443],
    ['https://localhost', 443],
  ] as const) {
    it(`takes ${target} as the daemon does`, () => {
      const [found] = funnelsOf({ ...web(['/', { Proxy: target }]), ...open }, name) ?? [];
      assert.equal(found?.backend?.port, port);
    });
  }

  it('reads forwarded TCP, with TLS ended here or behind', () => {
    const forward = (parts: object) => ({ TCP: { '443': { TCPForward: '127.0.0.1:50051', ...parts } }, ...open });
    const tcp = { ...funnel, type: 'tcp', backend: { port: 50_051, path: '/' } };
    assert.deepEqual(funnelsOf(forward({}), name), [tcp]);
    assert.deepEqual(funnelsOf(forward({ TerminateTLS: name }), name), [{ ...tcp, type: 'tls-terminated-tcp' }]);
  });

  it('reads what runs in a terminal', () => {
    assert.deepEqual(funnelsOf({ Foreground: { a1b2: real } }, name), [{ ...funnel, isForeground: true }]);
  });

  it('passes over what it does not know, and says nothing of what is no Serve configuration', () => {
    assert.deepEqual(funnelsOf({ ...real, Services: { 'svc:a': {} }, New: 1 }, name), [funnel]);
    for (const config of ['', 7, [], { Web: [] }, { AllowFunnel: { a: 'yes' } }]) {
      assert.equal(funnelsOf(config, name), undefined);
    }
    fc.assert(fc.property(fc.anything(), (document) => void funnelsOf(document, name)));
  });
});

describe('a status with a Serve configuration', () => {
  const self = { name: 'clawql-1', number: 1, os: 'linux' } as const;
  const status = demoStatus({ tailnet: 't', suffix: 'tail0a1b2c.ts.net', self, peers: [] });
  const funnels = (document: unknown, serve: unknown): unknown => {
    const decoded = decodeStatus(document, undefined, serve);
    assert.ok(decoded.ok && decoded.state.kind === 'running');
    return 'funnels' in decoded.state.tailnet ? decoded.state.tailnet.funnels : 'absent';
  };

  it('tells what is published, and nothing where the configuration could not be read', () => {
    assert.deepEqual(funnels(status, real), [funnel]);
    assert.deepEqual(funnels(status, null), []);
    assert.equal(funnels(status, undefined), 'absent');
    assert.equal(funnels(status, 'serve config denied'), 'absent');
  });

  it('publishes nothing without the capability, whatever the configuration says', () => {
    assert.deepEqual(funnels({ ...status, Self: { ...status.Self, CapMap: { https: null } } }, real), []);
  });

  it('is another state once Funnel is on, and the same one as long as nothing changes', () => {
    const decoded = decodeStatus(status, undefined, null);
    assert.ok(decoded.ok);
    const opened = decodeStatus(status, decoded.state, real);
    assert.ok(opened.ok && opened.state !== decoded.state);
    const again = decodeStatus(status, opened.state, JSON.parse(JSON.stringify(real)));
    assert.ok(again.ok && again.state === opened.state);
  });
});
