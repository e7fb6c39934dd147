import assert from 'node:assert/strict';

import { Agent, fetch as undiciFetch } from 'undici';

import { KeptSessions } from '../../../../src/node/mcp/keptSession.ts';
import type { OpenSession, SessionCheck } from '../../../../src/services/health/probeSession.ts';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../../../support/clawql/server.ts';
import { closedPort } from '../../support/closedPort.ts';
import type { FaultyServer } from '../../support/faultyServer.ts';
import { json, results, startMiniMcp, usual, type Answer } from '../../support/miniMcp.ts';
import { startModern } from '../../support/modernMcp.ts';

const { signal } = new AbortController();

describe('KeptSessions', () => {
  const opener = new KeptSessions((url, init) => fetch(url, init), '9.9.9');
  const closing: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(closing.splice(0).map((server) => server.close())));

  async function clawql(options: ClawqlOptions = {}): Promise<ClawqlServer> {
    const server = await startClawql({ address: '127.0.0.1', ...options });
    closing.push(server);
    return server;
  }

  /** Has a session for everybody, and answers a ping as it is told. */
  async function pinged(ping: Answer): Promise<FaultyServer> {
    const server = await startMiniMcp((message, response, request) => {
      const { id, method } = message;
      if (method === 'ping') ping(message, response, request);
      else if (id === undefined) response.writeHead(202).end();
      else json(response, { jsonrpc: '2.0', id, result: results[method] }, { 'mcp-session-id': 's1' });
    });
    closing.push(server);
    return server;
  }

  const open = (url: string): Promise<OpenSession | undefined> =>
    opener.open({ url, addresses: ['127.0.0.1'] }, signal);

  async function checked(url: string): Promise<SessionCheck> {
    const session = await open(url);
    assert.ok(session !== undefined);
    return session.check(signal);
  }

  const steps = ({ requests }: ClawqlServer): readonly string[] =>
    requests.map(({ method, rpcMethod }) => rpcMethod ?? method);

  it('keeps a session with ClawQL, asks in it, and ends it', async () => {
    const server = await clawql();
    const session = await open(server.url);
    assert.ok(session !== undefined);
    for (let turn = 0; turn < 2; turn++) {
      const check = await session.check(signal);
      assert.ok(check.kind === 'alive' && check.latencyMs > 0, JSON.stringify(check));
    }
    await session.end();
    await session.end();
    assert.deepEqual(steps(server), ['initialize', 'notifications/initialized', 'ping', 'ping', 'DELETE']);
    assert.equal((await session.check(signal)).kind, 'failed');
    assert.equal(server.requests.length, 5, 'what was ended is asked no more');
  });

  it('leaves no connection open: each look finds its own way', async () => {
    const server = await clawql();
    const session = await open(server.url);
    await session?.check(signal);
    await session?.end();
    assert.deepEqual(new Set(server.requests.map(({ headers }) => headers['connection'])), new Set(['close']));
  });

  it('knows by its 400 that ClawQL was restarted', async () => {
    const server = await clawql();
    const session = await open(server.url);
    await server.endSessions();
    const check = await session?.check(signal);
    assert.ok(check?.kind === 'gone', JSON.stringify(check));
    assert.match(check.detail, /^HTTP 400 \(error -32000: Bad Request: missing\/invalid mcp-session-id/);
  });

  it('knows it by the 404 that MCP asks for', async () => {
    const server = await pinged((_message, response) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}');
    });
    assert.equal((await checked(server.origin)).kind, 'gone');
  });

  it('takes no other failure for a restart', async () => {
    const page = await pinged((_message, response) => void response.writeHead(404).end('<html>No such session</html>'));
    const down = await pinged((_message, response) => void response.writeHead(502).end());
    const mute = await pinged((_message, response) => void response.writeHead(200).end('{}'));
    const rude = await pinged((_message, response) => void response.destroy());
    for (const server of [page, down, mute, rude]) {
      const check = await checked(server.origin);
      assert.equal(check.kind, 'failed', JSON.stringify(check));
    }
  });

  it('takes a server that knows the session and no ping for alive', async () => {
    const server = await pinged(({ id }, response) =>
      json(response, { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } }),
    );
    assert.equal((await checked(server.origin)).kind, 'alive');
  });

  it('tells a server that is gone altogether', async () => {
    const server = await clawql();
    const session = await open(server.url);
    await server.close();
    closing.length = 0;
    const check = await session?.check(signal);
    assert.ok(check?.kind === 'failed' && check.failure.kind === 'refused', JSON.stringify(check));
    await session?.end();
  });

  it('has none where the server keeps none, of whichever era', async () => {
    for (const server of [await startMiniMcp(usual), await startModern(), await startModern({ legacy: 'stateless' })]) {
      closing.push(server);
      assert.equal(await open(`${server.origin}/mcp`), undefined);
    }
  });

  it('has none where the server wants a sign-in or does not answer', async () => {
    const shut = await clawql({ inFront: (_request, response) => response.status(401).end() });
    assert.equal(await open(shut.url), undefined);
    assert.equal(await open(`http://127.0.0.1:${await closedPort()}/mcp`), undefined);
  });

  it('sends nothing to a machine that is not the node, neither to open nor to look', async () => {
    const server = await clawql();
    const addresses = ['127.0.0.1', '::1'];
    assert.equal(await opener.open({ url: server.url, addresses: ['100.64.0.9'] }, signal), undefined);
    assert.equal(server.requests.length, 0);
    const session = await opener.open({ url: server.url.replace('127.0.0.1', 'localhost'), addresses }, signal);
    assert.ok(session !== undefined);
    // The node has moved: what the name resolves to is another machine now.
    addresses.splice(0, 2, '100.64.0.9');
    const before = server.requests.length;
    const check = await session.check(signal);
    assert.ok(check.kind === 'failed' && check.failure.kind === 'wrong-address');
    assert.equal(server.requests.length, before);
  });

  it('does not take a connection that is still open for an answer, where the name resolves no more', async () => {
    const server = await clawql();
    let knows = true;
    const agent = new Agent({
      connect: {
        lookup: (_host, _options, callback) =>
          knows
            ? callback(null, [{ address: '127.0.0.1', family: 4 }])
            : callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []),
      },
    });
    closing.push(agent);
    const url = `http://kept.invalid:${server.port}/mcp`;
    const named = new KeptSessions((place, init) => undiciFetch(place, { ...init, dispatcher: agent }), '9.9.9');
    const session = await named.open({ url, addresses: ['127.0.0.1'] }, signal);
    assert.equal((await session?.check(signal))?.kind, 'alive', 'as through a proxy that knows the name');
    // Somebody else's request, which leaves its connection open.
    await (await undiciFetch(url, { dispatcher: agent })).text();
    knows = false;
    const check = await session?.check(signal);
    assert.ok(check?.kind === 'failed' && check.failure.kind === 'name-not-found', JSON.stringify(check));
  });

  it('leaves no session for a caller that goes away while it is opened', async () => {
    const gone = new AbortController();
    const server = await startMiniMcp(({ id, method }, response) => {
      if (method === 'notifications/initialized') gone.abort();
      if (id === undefined) response.writeHead(202).end();
      else json(response, { jsonrpc: '2.0', id, result: results[method] }, { 'mcp-session-id': 's1' });
    });
    closing.push(server);
    assert.equal(await opener.open({ url: server.origin }, gone.signal), undefined);
    assert.equal(server.requests.at(-1), 'DELETE /');
  });
});
