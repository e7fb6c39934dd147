import assert from 'node:assert/strict';
import type http from 'node:http';
import zlib from 'node:zlib';

import { Agent, fetch as undiciFetch, ProxyAgent } from 'undici';

import type { ProbeOutcome } from '../../../../src/core/mcp/probeOutcome.ts';
import { EndpointProber } from '../../../../src/node/mcp/endpointProber.ts';
import type { Fetch } from '../../../../src/node/mcp/exchange.ts';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../../../support/clawql/server.ts';
import { degradedVault } from '../../../support/clawql/vault.ts';
import { closedPort } from '../../support/closedPort.ts';
import { startHttp, startTcp, type FaultyServer } from '../../support/faultyServer.ts';
import { startMiniMcp, usual } from '../../support/miniMcp.ts';
import { startModern } from '../../support/modernMcp.ts';
import { selfSigned } from '../../support/selfSigned.ts';

const loopback = ['127.0.0.1', '::1'];
const own: Fetch = (url, init) => fetch(url, init);

describe('EndpointProber', () => {
  let agents: (Agent | ProxyAgent)[];
  let servers: { close(): Promise<void> }[];
  beforeEach(() => {
    agents = [];
    servers = [];
  });
  afterEach(async () => {
    await Promise.all([...servers.map((server) => server.close()), ...agents.map((agent) => agent.destroy())]);
  });

  /** undici's `fetch` through an agent: one with its own trust, or through a proxy. */
  function through(agent: Agent | ProxyAgent): Fetch {
    agents.push(agent);
    return (url, init) => undiciFetch(url, { ...init, dispatcher: agent });
  }

  function probe(
    url: string,
    parts: { addresses?: readonly string[]; editor?: Fetch; direct?: Fetch; signal?: AbortSignal } = {},
  ) {
    const { addresses = loopback, editor = own, direct = through(new Agent()), signal } = parts;
    const prober = new EndpointProber(editor, direct, '0.0.0-test');
    return prober.probe({ url, addresses }, signal ?? new AbortController().signal);
  }

  async function clawql(options: ClawqlOptions = {}): Promise<ClawqlServer> {
    const server = await startClawql({ address: '127.0.0.1', ...options });
    servers.push(server);
    return server;
  }

  async function http(...of: Parameters<typeof startHttp>): Promise<FaultyServer> {
    const server = await startHttp(...of);
    servers.push(server);
    return server;
  }

  async function tcp(...of: Parameters<typeof startTcp>): Promise<FaultyServer> {
    const server = await startTcp(...of);
    servers.push(server);
    return server;
  }

  const failedAt = (outcome: ProbeOutcome): string =>
    outcome.kind === 'failed' ? `${outcome.step}: ${outcome.failure.kind}` : 'answered';

  describe('of a name that resolves no more', () => {
    it('does not take a connection that is still open for an answer', async () => {
      const server = await clawql();
      const name = 'kept.invalid';
      let knows = true;
      const agent = new Agent({
        connect: {
          lookup: (_host, _options, callback) =>
            knows
              ? callback(null, [{ address: '127.0.0.1', family: 4 }])
              : callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []),
        },
      });
      const editor = through(agent);
      const url = `http://${name}:${server.port}/mcp`;
      const first = await editor(`http://${name}:${server.port}/healthz`, {
        method: 'GET',
        headers: {},
        redirect: 'manual',
        signal: AbortSignal.timeout(5_000),
      });
      await first.body?.cancel();
      assert.equal(failedAt(await probe(url, { editor })), 'answered', 'as through a proxy that knows the name');
      const again = await editor(`http://${name}:${server.port}/healthz`, {
        method: 'GET',
        headers: {},
        redirect: 'manual',
        signal: AbortSignal.timeout(5_000),
      });
      await new Response(again.body).arrayBuffer();
      knows = false;
      assert.equal(failedAt(await probe(url, { editor })), 'resolve: name-not-found');
    });
  });

  describe('of ClawQL behind a mount', () => {
    /** What `tailscale serve --set-path=/clawql` does: passes on what lies below the mount, without it. */
    const mount: NonNullable<ClawqlOptions['inFront']> = (request, response, next) => {
      if (!request.url.startsWith('/clawql/')) {
        response.statusCode = 404;
        response.end();
        return;
      }
      request.url = request.url.slice('/clawql'.length);
      next();
    };

    it('finds its health beside the path of the endpoint, and MCP below the mount', async () => {
      const server = await clawql({ inFront: mount });
      const { origin } = new URL(server.url);
      const outcome = await probe(`${origin}/clawql/mcp`);
      assert.ok(outcome.kind === 'answered', failedAt(outcome));
      assert.equal(outcome.url, `${origin}/clawql/mcp`);
    });

    it('finds its health at the root where only the path is deep', async () => {
      const server = await clawql({ path: '/team/mcp' });
      const { origin } = new URL(server.url);
      const outcome = await probe(`${origin}/team/mcp`);
      assert.ok(outcome.kind === 'answered', failedAt(outcome));
      assert.equal(outcome.url, `${origin}/team/mcp`);
    });

    it('finds it below the path itself, which may be the whole mount', async () => {
      const server = await clawql({ inFront: mount });
      const { origin } = new URL(server.url);
      for (const path of ['/clawql', '/clawql/']) {
        const outcome = await probe(origin + path);
        assert.ok(outcome.kind === 'answered', failedAt(outcome));
        assert.equal(outcome.url, `${origin}/clawql/mcp`);
      }
    });

    it('looks below the path only where there is nothing beside it nor at the root, and says what the root says', async () => {
      const nowhere = await http((_request, response) => response.writeHead(404).end());
      assert.equal(failedAt(await probe(`${nowhere.origin}/clawql/mcp`)), 'healthz: http-status');
      assert.deepEqual(nowhere.requests, [
        'GET /clawql/healthz',
        'GET /healthz',
        'GET /clawql/mcp/healthz',
        'POST /clawql/mcp',
      ]);
      const shut = await http((request, response) => response.writeHead(request.url === '/healthz' ? 500 : 404).end());
      assert.equal(failedAt(await probe(`${shut.origin}/clawql/mcp`)), 'healthz: http-status');
      assert.deepEqual(shut.requests, ['GET /clawql/healthz', 'GET /healthz']);
    });
  });

  describe('of ClawQL behind something that keeps healthz back', () => {
    const keeping: readonly (readonly [what: string, status: number, headers: http.OutgoingHttpHeaders])[] = [
      ['404', 404, {}],
      ['403', 403, {}],
      ['a login page', 200, { 'content-type': 'text/html' }],
      ['a redirect', 302, { location: 'https://login.example/' }],
    ];
    const passing =
      (status: number, headers: http.OutgoingHttpHeaders): NonNullable<ClawqlOptions['inFront']> =>
      (request, response, next) => {
        if (request.url.endsWith('/healthz')) response.writeHead(status, headers).end('<html>');
        else next();
      };
    for (const [what, status, headers] of keeping) {
      it(`takes MCP's own word where ${what} stands in its place`, async () => {
        const server = await clawql({ inFront: passing(status, headers) });
        const outcome = await probe(server.url);
        assert.ok(outcome.kind === 'answered', failedAt(outcome));
        assert.deepEqual([outcome.url, outcome.tools.length, outcome.healthz], [server.url, 7, undefined]);
        assert.equal(server.requests.at(-1)?.method, 'DELETE');
      });
    }

    it('tells a login page that stands before MCP alone', async () => {
      const server = await clawql({
        inFront(request, response, next) {
          if (request.url.endsWith('/healthz')) next();
          else response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in</title>');
        },
      });
      const outcome = await probe(server.url);
      assert.equal(failedAt(outcome), 'initialize: html-page');
      assert.ok(outcome.kind === 'failed' && outcome.failure.detail === 'a page with the title "Sign in"');
    });

    it('takes no other server for ClawQL, asks it for nothing more, and says what healthz came to', async () => {
      const methods: string[] = [];
      const other = await startMiniMcp((message, response, request) => {
        methods.push(message.method);
        if (request.url?.endsWith('/healthz') === true) response.writeHead(404).end();
        else usual(message, response, request);
      });
      servers.push(other);
      assert.equal(failedAt(await probe(`${other.origin}/mcp`)), 'healthz: http-status');
      assert.ok(!methods.includes('tools/list'), methods.join());
    });
  });

  describe('of a server without sessions', () => {
    it('goes on without one where initialize is refused, and says by which revision', async () => {
      const server = await startModern();
      servers.push(server);
      const outcome = await probe(`${server.origin}/mcp`);
      assert.ok(outcome.kind === 'answered', failedAt(outcome));
      assert.deepEqual(
        [outcome.server, outcome.protocolVersion, outcome.tools.length],
        [{ name: 'clawql-mcp', version: '6.0.0' }, '2026-07-28', 2],
      );
      assert.deepEqual(server.requests, ['GET /healthz', 'POST /mcp', 'POST /mcp', 'POST /mcp']);
    });

    it('speaks to it as to any other where it still takes initialize', async () => {
      const server = await startModern({ legacy: 'stateless' });
      servers.push(server);
      const outcome = await probe(`${server.origin}/mcp`);
      assert.ok(outcome.kind === 'answered', failedAt(outcome));
      assert.equal(outcome.protocolVersion, '2025-06-18');
    });
  });

  describe('of ClawQL', () => {
    it('says what answers, where, with which tools', async () => {
      const server = await clawql();
      const outcome = await probe(server.url);
      assert.ok(outcome.kind === 'answered');
      assert.deepEqual(outcome.server, { name: 'clawql-mcp', version: '5.0.0' });
      assert.deepEqual(
        [outcome.url, outcome.tools.length, outcome.healthz],
        [server.url, 7, { status: 'ok', endpoint: '/mcp' }],
      );
      assert.equal(outcome.protocolVersion, '2025-06-18');
    });

    it('says how long each step took, as far as it came', async () => {
      const slow = await clawql({ healthzDelay: 40 });
      const outcome = await probe(slow.url);
      assert.deepEqual(Object.keys(outcome.times ?? {}), ['resolve', 'healthz', 'initialize', 'tools']);
      const { healthz = 0, tools = 0 } = outcome.times ?? {};
      assert.ok(healthz > 35 && tools > 0, JSON.stringify(outcome.times));
      const closed = await probe(`http://127.0.0.1:${await closedPort()}/mcp`);
      assert.deepEqual(Object.keys(closed.times ?? {}), ['resolve', 'healthz']);
    });

    it('goes to the path that healthz names', async () => {
      const server = await clawql({ path: '/team/clawql' });
      const outcome = await probe(`http://127.0.0.1:${server.port}/mcp`);
      assert.deepEqual([outcome.kind, outcome.url], ['answered', server.url]);
    });

    it('tells of a vault that cannot be written', async () => {
      const outcome = await probe((await clawql({ vault: degradedVault('/nowhere') })).url);
      assert.ok(outcome.kind === 'answered');
      assert.match(outcome.healthz?.vaultProblem?.fixCommand ?? '', /mkdir/);
    });

    it('ends the session that it opened', async () => {
      const server = await clawql();
      await probe(server.url);
      assert.equal(server.requests.at(-1)?.method, 'DELETE');
    });

    it("tells ClawQL's own refusal of a name", async () => {
      const server = await clawql({
        inFront: (request, _response, next) => {
          request.headers.host = 'clawql-1.tail1a2b3.ts.net';
          next();
        },
        mcpHost: '127.0.0.1',
      });
      assert.equal(failedAt(await probe(server.url)), 'healthz: invalid-host');
    });
  });

  describe('of another server', () => {
    const answering = (status: number, body: string, headers: http.OutgoingHttpHeaders = {}): http.RequestListener => {
      return (_request, response) => response.writeHead(status, headers).end(body);
    };
    const html = { 'content-type': 'text/html' };
    const once = ['GET /healthz'];
    /** MCP may be passed on all the same. */
    const andMcp = [...once, 'POST /mcp'];
    const table: readonly (readonly [
      what: string,
      listener: http.RequestListener,
      expected: string,
      requests: readonly string[],
    ])[] = [
      ['401', answering(401, 'log in', { 'www-authenticate': 'Bearer' }), 'healthz: sign-in', once],
      ["403 that is not ClawQL's", answering(403, '<html>Forbidden</html>'), 'healthz: http-status', andMcp],
      [
        '403 with the words of ClawQL',
        answering(403, '{"error":{"message":"Invalid Host: x"}}'),
        'healthz: invalid-host',
        once,
      ],
      [
        '404 in HTML',
        answering(404, '<html>Cannot GET /healthz</html>', html),
        'healthz: http-status',
        ['GET /healthz', 'GET /mcp/healthz', 'POST /mcp'],
      ],
      ['502 of a proxy', answering(502, '<html>Bad Gateway</html>', html), 'healthz: http-status', once],
      ['a login page with 200', answering(200, '<html><form>', html), 'healthz: html-page', andMcp],
      ['a page for bad callers', answering(400, '<!DOCTYPE html>', html), 'healthz: html-page', andMcp],
      [
        'plain HTTP on a port of TLS',
        answering(400, 'Client sent an HTTP request to an HTTPS server.\n'),
        'healthz: https-needed',
        once,
      ],
      [
        "nginx's page for the same",
        answering(400, '<html><center>The plain HTTP request was sent to HTTPS port</center></html>', html),
        'healthz: https-needed',
        once,
      ],
      [
        "Apache's page for the same",
        answering(
          400,
          "<!DOCTYPE html><p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
          html,
        ),
        'healthz: https-needed',
        once,
      ],
      [
        'a health of its own',
        answering(200, '{"status":"UP"}', { 'content-type': 'application/json' }),
        'healthz: not-clawql',
        once,
      ],
      ['nothing with 200', answering(200, ''), 'healthz: not-clawql', once],
      ['204', answering(204, ''), 'healthz: http-status', once],
      ['a page too large', answering(200, 'x'.repeat(100_000)), 'healthz: too-large', once],
    ];
    for (const [what, listener, expected, requests] of table) {
      it(`tells ${what}, and asks no more than it must`, async () => {
        const server = await http(listener);
        assert.equal(failedAt(await probe(`${server.origin}/mcp`)), expected);
        assert.deepEqual(server.requests, requests);
      });
    }

    it('says what the page is called', async () => {
      const title = `Sign in ${'x'.repeat(100)}`;
      const server = await http(answering(200, `<html><head><title lang="en">\n ${title}</title>`, html));
      const outcome = await probe(`${server.origin}/mcp`);
      assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'html-page');
      assert.equal(outcome.failure.detail, `a page with the title "Sign in ${'x'.repeat(71)}…"`);
    });

    it('follows no redirect, neither of healthz nor of MCP: the other place gets no request', async () => {
      const elsewhere = await http((_request, response) => response.end('no'));
      const gate = await http(answering(302, '', { location: `${elsewhere.origin}/login` }));
      const outcome = await probe(`${gate.origin}/mcp`);
      assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'redirect');
      assert.equal(outcome.failure.location, `${elsewhere.origin}/login`);
      const later = await http((request, response) => {
        if (request.method === 'GET') response.end('{"status":"ok","endpoint":"/mcp"}');
        else response.writeHead(307, { location: `${elsewhere.origin}/mcp` }).end();
      });
      assert.equal(failedAt(await probe(`${later.origin}/mcp`)), 'initialize: redirect');
      assert.equal(elsewhere.connections, 0);
    });

    it('tells a redirect that only wants TLS, at the same host alone', async () => {
      const to = async (location: string): Promise<string> => {
        const server = await http(answering(308, '', { location }));
        return failedAt(await probe(`${server.origin}/mcp`));
      };
      assert.equal(await to('https://127.0.0.1/healthz'), 'healthz: https-needed');
      for (const location of ['https://127.0.0.2/', 'http://127.0.0.1/', '/login', 'https://', '']) {
        assert.equal(await to(location), 'healthz: redirect', location);
      }
    });

    it('goes to no other place that healthz names: that place gets no request', async () => {
      const elsewhere = await http((_request, response) => response.end('no'));
      const place = elsewhere.origin.replace('http:', '');
      for (const endpoint of [`${place}/mcp`, `/\\${place.slice(2)}/mcp`, `/\t${place.slice(1)}/mcp`]) {
        const server = await http((_request, response) => response.end(JSON.stringify({ status: 'ok', endpoint })));
        const outcome = await probe(`${server.origin}/mcp`);
        assert.equal(elsewhere.connections, 0, endpoint);
        assert.equal(outcome.kind, 'failed');
      }
    });

    it('goes to no other place that the path of its own URL would be elsewhere: that place gets no request', async () => {
      const elsewhere = await http((_request, response) => response.end('{"status":"ok","endpoint":"/mcp"}'));
      const missing = await http((_request, response) => response.writeHead(404).end());
      const there = await clawql({
        inFront: (request, _response, next) => {
          request.url = request.url.replace(/^\/\/[^/]*/, '');
          next();
        },
      });
      for (const origin of [missing.origin, new URL(there.url).origin]) {
        const outcome = await probe(`${origin}//${new URL(elsewhere.origin).host}/mcp`);
        assert.equal(new URL(outcome.url).origin, origin);
      }
      assert.equal(elsewhere.connections, 0);
    });

    it('stops at a compressed body that unpacks to more than is read', async () => {
      const bomb = zlib.gzipSync(Buffer.alloc(16 * 1024 * 1024));
      const server = await http((_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      );
      assert.equal(failedAt(await probe(`${server.origin}/mcp`)), 'healthz: too-large');
    });

    it('tells a server that is ClawQL by healthz and does not speak MCP', async () => {
      const server = await http((request, response) => {
        if (request.url === '/healthz') response.end('{"status":"ok","endpoint":"/mcp"}');
        else response.writeHead(404).end();
      });
      const outcome = await probe(`${server.origin}/mcp`);
      assert.equal(failedAt(outcome), 'initialize: http-status');
    });
  });

  describe('below HTTP', () => {
    it('tells a closed port', async () => {
      assert.equal(failedAt(await probe(`http://127.0.0.1:${await closedPort()}/mcp`)), 'connect: refused');
    });

    it('tells a certificate that nobody vouches for', async () => {
      const server = await clawql({ tls: selfSigned() });
      const outcome = await probe(server.url);
      assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'tls');
      assert.equal(outcome.step, 'tls');
      assert.equal(server.requests.length, 0);
    });

    it('tells a port that does not speak TLS', async () => {
      const server = await clawql();
      assert.equal(failedAt(await probe(server.url.replace('http:', 'https:'))), 'tls: tls');
    });

    it('tells a port that speaks something else than HTTP', async () => {
      const server = await tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
      assert.equal(failedAt(await probe(`${server.origin}/mcp`)), 'connect: other');
    });

    it('tells a name that nobody knows', async () => {
      assert.match(
        failedAt(await probe('http://nobody.invalid:8080/mcp')),
        /^resolve: (name-not-found|resolver-silent)$/,
      );
    });
  });

  it('takes a resolver that does not answer for what fails first', async () => {
    // What `fetch` says then; a resolver that is silent cannot be had here without changing the machine's own.
    const silent: Fetch = () =>
      Promise.reject(
        new TypeError('fetch failed', {
          cause: Object.assign(new Error('getaddrinfo EAI_AGAIN h'), { code: 'EAI_AGAIN' }),
        }),
      );
    const outcome = await probe(`http://127.0.0.1:${await closedPort()}/mcp`, { editor: silent, direct: silent });
    assert.equal(failedAt(outcome), 'resolve: resolver-silent');
  });

  describe('at the wrong address', () => {
    it("sends nothing where the resolver's address is not the node's", async () => {
      const server = await clawql();
      const outcome = await probe(`http://localhost:${server.port}/mcp`, {
        addresses: ['100.64.0.9', 'fd7a:115c:a1e0::9'],
      });
      assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'wrong-address');
      assert.equal(outcome.step, 'resolve');
      assert.ok(loopback.includes(outcome.failure.address));
      assert.equal(server.requests.length, 0);
    });

    it('sends nothing to a literal address that is not the node’s', async () => {
      const server = await clawql();
      assert.equal(failedAt(await probe(server.url, { addresses: ['100.64.0.9'] })), 'resolve: wrong-address');
      assert.equal(server.requests.length, 0);
    });

    it("knows the node's address in whatever form it is written", async () => {
      const server = await clawql();
      assert.equal((await probe(server.url, { addresses: ['::ffff:127.0.0.1'] })).kind, 'answered');
    });
  });

  describe("through the editor's own network settings", () => {
    it('names them when they fail where a direct call succeeds: a proxy that is not there', async () => {
      const server = await clawql();
      const editor = through(new ProxyAgent(`http://127.0.0.1:${await closedPort()}`));
      const outcome = await probe(server.url, { editor });
      assert.ok(outcome.kind === 'failed');
      assert.equal(failedAt(outcome), 'connect: editor-network');
      assert.match(outcome.failure.detail, /ECONNREFUSED|[Pp]roxy/);
    });

    it('names them when only the direct call trusts the certificate', async () => {
      const tls = selfSigned();
      const server = await clawql({ tls });
      const outcome = await probe(server.url, { direct: through(new Agent({ connect: { ca: tls.cert } })) });
      assert.equal(failedAt(outcome), 'tls: editor-network');
    });

    it('does not blame them when both fail', async () => {
      const editor = through(new ProxyAgent(`http://127.0.0.1:${await closedPort()}`));
      const outcome = await probe(`http://127.0.0.1:${await closedPort()}/mcp`, { editor });
      assert.ok(outcome.kind === 'failed');
      assert.notEqual(outcome.failure.kind, 'editor-network');
    });

    it('tells a proxy that is there and cannot reach the host', async () => {
      const proxy = await tcp(
        (socket) => void socket.once('data', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')),
      );
      const editor = through(new ProxyAgent({ uri: proxy.origin, proxyTunnel: true }));
      const outcome = await probe(`http://127.0.0.1:${await closedPort()}/mcp`, { editor });
      assert.equal(failedAt(outcome), 'connect: proxy');
    });

    it('does not blame them for a server that was only just starting', async () => {
      const port = await closedPort();
      const direct = through(new Agent());
      let late: ClawqlServer | undefined;
      // The server comes up between the two opinions.
      const between: Fetch = async (url, init) => {
        late ??= await clawql({ port });
        return direct(url, init);
      };
      const outcome = await probe(`http://127.0.0.1:${port}/mcp`, { direct: between });
      assert.notEqual(failedAt(outcome), 'connect: editor-network');
    });

    it('asks no second opinion of an answer, however wrong', async () => {
      const server = await http((_request, response) => response.writeHead(500).end());
      await probe(`${server.origin}/mcp`);
      assert.equal(server.requests.length, 1);
    });
  });

  it('sends nothing for a caller that has ended', async () => {
    const server = await clawql();
    const outcome = await probe(server.url, { signal: AbortSignal.abort() });
    assert.equal(outcome.kind, 'failed');
    assert.equal(server.requests.length, 0);
  });
});
