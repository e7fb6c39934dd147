import assert from 'node:assert/strict';

import { servePlan, type ServePlan, type ServeSituation } from '../../../../src/core/serve/servePlan.ts';
import { laptop, tailnet } from '../../support/builders.ts';

const { name } = laptop;
const server = { port: 8080, path: '/mcp', name: 'clawql-mcp 5.0.0' };
const managed = tailnet([], { certDomains: [name] });
const headscale = tailnet([], { suffix: 'clawql.test' });

function plan(document: unknown, parts: Partial<ServeSituation> = {}): ServePlan {
  return servePlan({ document, tailnet: managed, server, busy: new Set(), ...parts });
}

/** A port that is served, with what each path of it leads to. */
function web(port: number, handlers: Readonly<Record<string, string>>, kind: 'HTTPS' | 'HTTP' = 'HTTPS'): object {
  const proxies = Object.entries(handlers).map(([mount, Proxy]) => [mount, { Proxy }] as const);
  return { TCP: { [port]: { [kind]: true } }, Web: { [`${name}:${port}`]: { Handlers: Object.fromEntries(proxies) } } };
}

/** The arguments of a plan that serves, or what else it is. */
function argsOf(made: ServePlan): string {
  return made.kind === 'serve' ? made.change.args.join(' ') : JSON.stringify(made);
}

describe('servePlan', () => {
  it('serves by HTTPS at 443 where the tailnet has certificates, and says what then stands there', () => {
    const made = plan(null);
    assert.ok(made.kind === 'serve');
    assert.equal(made.support, 'certificates');
    assert.deepEqual(made.change, {
      place: { protocol: 'https', host: name, port: 443, mount: '/' },
      target: 'http://127.0.0.1:8080',
      url: `https://${name}/mcp`,
      args: ['serve', '--bg', '--https=443', 'http://127.0.0.1:8080'],
      before: {},
      after: web(443, { '/': 'http://127.0.0.1:8080' }),
    });
  });

  it('serves by HTTP at 80 where the control server gives no certificates, whatever is wished', () => {
    const made = plan({}, { tailnet: headscale, protocol: 'https' });
    assert.ok(made.kind === 'serve');
    assert.equal(made.support, 'none');
    assert.equal(argsOf(made), 'serve --bg --http=80 http://127.0.0.1:8080');
    assert.equal(made.change.url, `http://${name}/mcp`);
  });

  it("proposes HTTPS where Tailscale's own service has it to be enabled first, and HTTP to who wants that", () => {
    const made = plan(null, { tailnet: tailnet([]) });
    assert.ok(made.kind === 'serve');
    assert.equal(made.support, 'to-enable');
    assert.equal(argsOf(made), 'serve --bg --https=443 http://127.0.0.1:8080');
    const plain = plan(null, { tailnet: tailnet([]), protocol: 'http' });
    assert.equal(argsOf(plain), 'serve --bg --http=80 http://127.0.0.1:8080');
  });

  for (const [what, document, args] of [
    [
      'shares a port of which only another path is taken',
      web(443, { '/blog': 'http://127.0.0.1:3000' }),
      '--https=443',
    ],
    ['goes to 8443 where the root is taken', web(443, { '/': 'http://127.0.0.1:3000' }), '--https=8443'],
    ['goes to 8443 where the MCP path is taken', web(443, { '/mcp': 'http://127.0.0.1:3000' }), '--https=8443'],
    ['goes to 8443 where healthz is taken', web(443, { '/healthz/': 'http://127.0.0.1:3000' }), '--https=8443'],
    ['goes to 8443 where the port is plain HTTP', web(443, {}, 'HTTP'), '--https=8443'],
    ['goes to 8443 where TCP is forwarded', { TCP: { '443': { TCPForward: '127.0.0.1:9000' } } }, '--https=8443'],
    [
      'goes to 8443 where a program in a terminal has the port',
      { Foreground: { a1: web(443, { '/x': 'http://127.0.0.1:3000' }) } },
      '--https=8443',
    ],
  ] as const) {
    it(what, () => {
      assert.equal(argsOf(plan(document)), `serve --bg ${args} http://127.0.0.1:8080`);
    });
  }

  it('hides no other program of this machine from the tailnet, but the server itself', () => {
    assert.equal(argsOf(plan(null, { busy: new Set([443]) })), 'serve --bg --https=8443 http://127.0.0.1:8080');
    const own = plan(null, { tailnet: headscale, server: { ...server, port: 80 }, busy: new Set([80]) });
    assert.equal(argsOf(own), 'serve --bg --http=80 http://127.0.0.1:80');
  });

  const roots = [443, 8443, 10_443].map(
    (port) => web(port, { '/': 'http://127.0.0.1:3000' }) as Record<string, object>,
  );
  const full = {
    TCP: Object.assign({}, ...roots.map(({ TCP }) => TCP)) as object,
    Web: Object.assign({}, ...roots.map(({ Web }) => Web)) as object,
  };

  it('goes below a path of its own where each root is taken, and leaves the rest as it is', () => {
    const made = plan(full);
    assert.ok(made.kind === 'serve');
    assert.equal(argsOf(made), 'serve --bg --https=443 --set-path=/clawql http://127.0.0.1:8080');
    assert.equal(made.change.url, `https://${name}/clawql/mcp`);
    const { Web } = made.change.after as typeof full;
    assert.deepEqual(Web, {
      ...full.Web,
      [`${name}:443`]: {
        Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' }, '/clawql': { Proxy: 'http://127.0.0.1:8080' } },
      },
    });
  });

  it('puts nothing below what Funnel publishes, and gives up where nothing is left', () => {
    const funnels = { ...full, AllowFunnel: { [`${name}:443`]: true } };
    assert.match(argsOf(plan(funnels)), /--https=8443 --set-path=\/clawql /);
    assert.deepEqual(plan(null, { busy: new Set([443, 8443, 10_443]) }), { kind: 'refused', reason: 'no-place' });
  });

  for (const [what, document, url] of [
    ['at the root', web(443, { '/': 'http://127.0.0.1:8080' }), `https://${name}/mcp`],
    ['by localhost', web(8443, { '/': 'http://localhost:8080/' }), `https://${name}:8443/mcp`],
    ['below a mount', web(80, { '/clawql': 'http://127.0.0.1:8080' }, 'HTTP'), `http://${name}/clawql/mcp`],
    ['by its MCP path alone', web(443, { '/mcp': 'http://127.0.0.1:8080/mcp' }), `https://${name}/mcp`],
    ['as forwarded TCP', { TCP: { '9000': { TCPForward: '127.0.0.1:8080' } } }, `http://${name}:9000/mcp`],
    [
      'as forwarded TCP with TLS ended here',
      { TCP: { '443': { TCPForward: '127.0.0.1:8080', TerminateTLS: name } } },
      `https://${name}/mcp`,
    ],
  ] as const) {
    it(`sees that it is served already ${what}`, () => {
      assert.deepEqual(plan(document), { kind: 'served', url });
    });
  }

  it('does not take a way for one that leads elsewhere', () => {
    const shadowed = web(443, { '/': 'http://127.0.0.1:8080', '/mcp': 'http://127.0.0.1:3000' });
    assert.match(argsOf(plan(shadowed)), /--https=8443 /);
    const beside = web(443, { '/x': 'http://127.0.0.1:8080/graphql' });
    assert.match(argsOf(plan(beside)), /--https=443 http/);
    const former = {
      TCP: { '443': { HTTPS: true } },
      Web: { 'old.ts.net:443': { Handlers: { '/': { Proxy: '8080' } } } },
    };
    assert.match(argsOf(plan(former)), /--https=443 http/);
  });

  it('says where Funnel publishes it, or would', () => {
    const on = { AllowFunnel: { [`${name}:443`]: true } };
    const served = { ...web(443, { '/': 'http://127.0.0.1:8080' }), ...on };
    assert.deepEqual(plan(served), { kind: 'published', port: 443, isServed: true });
    const forwarded = { TCP: { '8443': { TCPForward: 'localhost:8080' } }, AllowFunnel: { [`${name}:8443`]: true } };
    assert.deepEqual(plan(forwarded), { kind: 'published', port: 8443, isServed: true });
    const blog = { ...web(443, { '/blog': 'http://127.0.0.1:3000' }), ...on };
    assert.deepEqual(plan(blog), { kind: 'published', port: 443, isServed: false });
    const site = { ...web(443, { '/': 'http://127.0.0.1:3000' }), ...on };
    assert.match(argsOf(plan(site)), /--https=8443 /);
  });

  it('refuses where nobody could reach it by name, and what it does not know', () => {
    const nameless = tailnet([], { self: { ...laptop, name: '' } });
    assert.deepEqual(plan(null, { tailnet: nameless }), { kind: 'refused', reason: 'no-name' });
    assert.deepEqual(plan(null, { tailnet: tailnet([], { magicDns: false }) }), {
      kind: 'refused',
      reason: 'no-magic-dns',
    });
    for (const document of ['', 7, [], { Web: [] }]) {
      assert.deepEqual(plan(document), { kind: 'refused', reason: 'unreadable' });
    }
  });
});
