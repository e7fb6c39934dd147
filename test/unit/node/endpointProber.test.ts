import assert from 'node:assert/strict';
import type http from 'node:http';
import zlib from 'node:zlib';

import { Agent, fetch as undiciFetch, ProxyAgent } from 'undici';

import type { ProbeOutcome } from '../../../src/core/mcp/probeOutcome.ts';
import { EndpointProber } from '../../../src/node/endpointProber.ts';
import type { Fetch } from '../../../src/node/exchange.ts';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../../support/clawql/server.ts';
import { degradedVault } from '../../support/clawql/vault.ts';
import { closedPort } from '../support/closedPort.ts';
import { startHttp, startTcp, type FaultyServer } from '../support/faultyServer.ts';
import { selfSigned } from '../support/selfSigned.ts';

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

    it('says what the root says where neither is ClawQL', async () => {
      const server = await http((_request, response) => response.writeHead(404).end());
      assert.equal(failedAt(await probe(`${server.origin}/clawql/mcp`)), 'healthz: http-status');
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
    });

    it('goes to the path that healthz names', async () => {
      const server = await clawql({ path: '/team/clawql' });
      const outcome = await probe(`http://127.0.0.1:${server.port}/mcp`);
      assert.deepEqual([outcome.kind, outcome.url], ['answered', server.url]);
    });

    it('tells of a vault that cannot be written', async () => {
      const outcome = await probe((await clawql({ vault: degradedVault('/nowhere') })).url);
      assert.ok(outcome.kind === 'answered');
      assert.match(outcome.healthz.vaultProblem?.fixCommand ?? '', /mkdir/);
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
    const table: readonly (readonly [what: string, listener: http.RequestListener, expected: string])[] = [
      ['401', answering(401, 'log in', { 'www-authenticate': 'Bearer' }), 'healthz: sign-in'],
      ["403 that is not ClawQL's", answering(403, '<html>Forbidden</html>'), 'healthz: http-status'],
      [
        '403 with the words of ClawQL',
        answering(403, '{"error":{"message":"Invalid Host: x"}}'),
        'healthz: invalid-host',
      ],
      [
        '404 in HTML',
        answering(404, '<html>Cannot GET /healthz</html>', { 'content-type': 'text/html' }),
        'healthz: http-status',
      ],
      ['502 of a proxy', answering(502, 'Bad Gateway'), 'healthz: http-status'],
      ['a login page with 200', answering(200, '<html><form>', { 'content-type': 'text/html' }), 'healthz: not-clawql'],
      [
        'a health of its own',
        answering(200, '{"status":"UP"}', { 'content-type': 'application/json' }),
        'healthz: not-clawql',
      ],
      ['nothing with 200', answering(200, ''), 'healthz: not-clawql'],
      ['204', answering(204, ''), 'healthz: http-status'],
      ['a page too large', answering(200, 'x'.repeat(100_000)), 'healthz: too-large'],
    ];
    for (const [what, listener, expected] of table) {
      it(`tells ${what}, and asks no more`, async () => {
        const server = await http(listener);
        assert.equal(failedAt(await probe(`${server.origin}/mcp`)), expected);
        assert.deepEqual(server.requests, ['GET /healthz']);
      });
    }

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
