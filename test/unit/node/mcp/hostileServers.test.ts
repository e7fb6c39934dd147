import assert from 'node:assert/strict';
import type http from 'node:http';
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';

import { Agent, fetch as undiciFetch } from 'undici';

import type { ProbeFailure } from '../../../../src/core/mcp/probeOutcome.ts';
import { outcomeVerdict } from '../../../../src/core/diagnosis/verdicts/outcomeVerdict.ts';
import { EndpointProber } from '../../../../src/node/mcp/endpointProber.ts';
import type { Fetch } from '../../../../src/node/mcp/exchange.ts';
import { KeptSessions } from '../../../../src/node/mcp/keptSession.ts';
import { ToolSessions } from '../../../../src/node/mcp/toolSessions.ts';
import { startHttp, type FaultyServer } from '../../support/faultyServer.ts';
import { startHostile, type HostilePlace } from '../../support/hostileMcp.ts';
import { hostile } from '../../support/hostileTexts.ts';
import { json, results, startMiniMcp } from '../../support/miniMcp.ts';

const gigabyte = 1024 ** 3;
const block = 1024 ** 2;

/** What may be held of a gigabyte, by this client and the server in the same process; bytes. */
const memoryLimit = 96 * block;

const own: Fetch = (url, init) => fetch(url, init);
const { signal } = new AbortController();
const places: readonly HostilePlace[] = ['healthz', 'initialize', 'tools/list', 'tools/call', 'ping'];

describe('a hostile server', function () {
  this.timeout(10_000);
  const agent = new Agent();
  const direct: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher: agent });
  const prober = new EndpointProber(own, direct, '0.0.0-test');
  const kept = new KeptSessions(own, '0.0.0-test');
  const tools = new ToolSessions(own, '0.0.0-test');
  const servers: FaultyServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
  after(() => agent.destroy());

  /** How the one that speaks at that place fares. */
  async function failureAt(place: HostilePlace, fault: http.RequestListener): Promise<ProbeFailure | undefined> {
    const server = await startHostile(place, fault);
    servers.push(server);
    const target = { url: `${server.origin}/mcp`, addresses: ['127.0.0.1'] };
    if (place === 'ping') {
      const session = await kept.open(target, signal);
      const check = await session?.check(signal);
      return check?.kind === 'failed' ? check.failure : undefined;
    }
    if (place === 'tools/call') {
      const opening = await tools.openTools(target, signal);
      const answer = opening.kind === 'open' ? await opening.session.callTool('search', {}, signal) : opening;
      return answer.kind === 'failed' ? answer.failure : undefined;
    }
    const outcome = await prober.probe(target, signal);
    return outcome.kind === 'failed' ? outcome.failure : undefined;
  }

  /** Bytes by which the process grew at most while the task ran. */
  async function growth(task: () => Promise<unknown>): Promise<number> {
    const before = process.memoryUsage.rss();
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
    await task();
    clearInterval(timer);
    return Math.max(most, process.memoryUsage.rss()) - before;
  }

  for (const place of places) {
    it(`gets rid of no gigabyte at ${place}`, async () => {
      let sent = 0;
      const piece = Buffer.alloc(64 * 1024, 'x');
      const endless = function* (): Generator<Buffer> {
        for (; sent < gigabyte; sent += piece.length) yield piece;
      };
      const grown = await growth(async () => {
        const failure = await failureAt(place, (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream', 'content-length': gigabyte });
          pipeline(Readable.from(endless()), response, () => undefined);
        });
        assert.equal(failure?.kind, 'too-large');
      });
      assert.ok(sent < 32 * block, `${sent} bytes were taken`);
      assert.ok(grown < memoryLimit, `${grown} bytes were held`);
    });

    it(`has no gigabyte unpacked at ${place}`, async () => {
      // A gzip file may have many members, one after the other (RFC 1952, section 2.2).
      const member = zlib.gzipSync(Buffer.alloc(16 * block));
      const bomb = Buffer.concat(Array.from({ length: gigabyte / (16 * block) }, () => member));
      const grown = await growth(async () => {
        const failure = await failureAt(place, (_request, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
          response.end(bomb);
        });
        assert.equal(failure?.kind, 'too-large');
      });
      assert.ok(grown < memoryLimit, `${grown} bytes were held`);
    });

    it(`sends nobody elsewhere at ${place}: the other place gets no connection`, async () => {
      const elsewhere = await startHttp((_request, response) => response.end('no'));
      servers.push(elsewhere);
      for (const status of [301, 302, 307, 308]) {
        const location = `${elsewhere.origin}/mcp`;
        const failure = await failureAt(place, (_request, response) => response.writeHead(status, { location }).end());
        assert.deepEqual(failure, { kind: 'redirect', location, detail: `HTTP ${status}` });
      }
      assert.equal(elsewhere.connections, 0);
    });
  }

  it('holds nobody up with the smallest of pieces', async () => {
    const before = process.cpuUsage();
    const failure = await failureAt('initialize', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      // In chunks of HTTP of one byte each, written at once: many come with one read of the socket.
      response.socket?.write('1\r\nx\r\n'.repeat(100_000) + '0\r\n\r\n');
    });
    assert.deepEqual(failure, { kind: 'protocol', detail: 'no JSON-RPC answer came' });
    // To read all of it anew at each piece would take seven times as long.
    const { user } = process.cpuUsage(before);
    assert.ok(user < 1_200_000, `${user / 1000} ms`);
  });

  it('may call itself and its tools what it likes: nothing of that gets into a request', async () => {
    for (const text of [...hostile, 'x'.repeat(5_000), '__proto__', '']) {
      const seen: http.IncomingHttpHeaders[] = [];
      const server = await startMiniMcp(({ id, method }, response, request) => {
        seen.push(request.headers);
        const said = {
          initialize: { ...(results['initialize'] as object), serverInfo: { name: text, version: text } },
          'tools/list': { tools: [{ name: text }, { name: text, description: text, inputSchema: { [text]: text } }] },
        }[method];
        if (request.method === 'GET') {
          const vault = { configured: true, degraded: true, path: text, error: text, fixCommand: text };
          response.end(JSON.stringify({ status: text, transport: text, endpoint: '/mcp', vault, [text]: text }));
        } else if (id === undefined) response.writeHead(202).end();
        else json(response, { jsonrpc: '2.0', id, result: said }, { 'mcp-session-id': 's1' });
      });
      servers.push(server);
      const outcome = await prober.probe({ url: `${server.origin}/mcp`, addresses: ['127.0.0.1'] }, signal);
      assert.ok(outcome.kind === 'answered', JSON.stringify(outcome).slice(0, 300));
      assert.equal(outcomeVerdict(outcome).kind, 'warning');
      assert.ok(JSON.stringify(outcome).length < 10_000);
      for (const headers of seen.slice(2)) {
        assert.deepEqual([headers['mcp-protocol-version'], headers['mcp-session-id']], ['2025-06-18', 's1']);
      }
    }
  });

  it('may say what it likes of its path and of the protocol: what is no such thing is refused', async () => {
    for (const text of hostile) {
      const server = await startMiniMcp(({ id, method }, response, request) => {
        const first = { ...(results['initialize'] as object), protocolVersion: text };
        const endpoint = request.url === '/healthz' ? '/mcp' : text;
        if (request.method === 'GET') response.end(JSON.stringify({ status: 'ok', endpoint }));
        else json(response, { jsonrpc: '2.0', id, result: method === 'initialize' ? first : results[method] });
      });
      servers.push(server);
      const outcome = await prober.probe({ url: `${server.origin}/mcp`, addresses: ['127.0.0.1'] }, signal);
      assert.partialDeepStrictEqual(outcome, { kind: 'failed', step: 'initialize', failure: { kind: 'protocol' } });
      const below = await prober.probe({ url: `${server.origin}/team/mcp`, addresses: ['127.0.0.1'] }, signal);
      assert.equal(below.kind, 'failed');
    }
  });
});
