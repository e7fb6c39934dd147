import assert from 'node:assert/strict';

import type { Fetch } from '../../../../src/node/mcp/exchange.ts';
import { listTools, type SessionOutcome } from '../../../../src/node/mcp/mcpSession.ts';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../../../support/clawql/server.ts';
import type { FaultyServer } from '../../support/faultyServer.ts';
import { json, results, startMiniMcp, usual, type Answer } from '../../support/miniMcp.ts';

const own: Fetch = (url, init) => fetch(url, init);
const list = (url: string): Promise<SessionOutcome> =>
  listTools({ fetch: own, url, version: '9.9.9' }, new AbortController().signal);

describe('listTools', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(closing.splice(0).map((server) => server.close())));

  async function clawql(options: ClawqlOptions = {}): Promise<ClawqlServer> {
    const server = await startClawql({ address: '127.0.0.1', ...options });
    closing.push(server);
    return server;
  }

  async function served(answer: Answer): Promise<FaultyServer> {
    const server = await startMiniMcp(answer);
    closing.push(server);
    return server;
  }

  async function failure(answer: Answer) {
    const outcome = await list((await served(answer)).origin);
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    return { step: outcome.step, ...outcome.failure };
  }

  it("lists ClawQL's tools, and says what the server calls itself and how long a round trip takes", async () => {
    const outcome = await list((await clawql({ version: '5.1.0' })).url);
    assert.ok(outcome.kind === 'answered');
    assert.deepEqual(outcome.server, { name: 'clawql-mcp', version: '5.1.0' });
    assert.deepEqual(outcome.tools.slice(0, 2), ['search', 'execute']);
    assert.equal(outcome.tools.length, 7);
    assert.ok(outcome.latencyMs > 0);
  });

  it('goes through the steps that the protocol asks for, each in the session and with the version, and ends the session', async () => {
    const server = await clawql();
    await list(server.url);
    const steps = server.requests.map(({ method, rpcMethod }) => rpcMethod ?? method);
    assert.deepEqual(steps, ['initialize', 'notifications/initialized', 'tools/list', 'DELETE']);
    const [initialize, ...rest] = server.requests;
    assert.equal(initialize?.session, null);
    const [session] = rest.map((request) => request.session);
    assert.ok(typeof session === 'string' && session.length > 10);
    for (const request of rest) {
      assert.equal(request.session, session);
      assert.equal(request.headers['mcp-protocol-version'], '2025-06-18');
    }
  });

  it('leaves no session open: the server knows it no more', async () => {
    const server = await clawql();
    await list(server.url);
    const session = server.requests.at(-1)?.session;
    assert.ok(typeof session === 'string');
    const again = await fetch(server.url, { method: 'DELETE', headers: { 'mcp-session-id': session } });
    assert.equal(again.status, 400);
  });

  it('sends no secret and no header that names more than the client', async () => {
    const server = await clawql();
    await list(server.url);
    for (const { headers } of server.requests) {
      for (const name of ['authorization', 'cookie', 'origin', 'referer']) assert.ok(!(name in headers), name);
    }
  });

  it('reads plain JSON as well, from a server without sessions, and ends none', async () => {
    const server = await served(usual);
    const outcome = await list(server.origin);
    assert.ok(outcome.kind === 'answered');
    assert.deepEqual([outcome.server.name, outcome.tools], ['mini', ['one', 'two']]);
    assert.ok(!server.requests.some((request) => request.startsWith('DELETE')));
  });

  it('reads the answer out of a stream that stays open, after messages that are none', async () => {
    const server = await served(({ id, method }, response) => {
      if (id === undefined) {
        response.writeHead(202).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(
        ': hello\n\nevent: message\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{}}\n\n',
      );
      response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: results[method] })}\n\n`);
    });
    const outcome = await list(server.origin);
    assert.ok(outcome.kind === 'answered');
    assert.deepEqual(outcome.tools, ['one', 'two']);
  });

  it("does not take a request of the server's own for the answer", async () => {
    const server = await served(({ id, method }, response) => {
      if (id === undefined) {
        response.writeHead(202).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: {"jsonrpc":"2.0","id":${id},"method":"ping"}\n\n`);
      response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: results[method] })}\n\n`);
    });
    assert.equal((await list(server.origin)).kind, 'answered');
  });

  it('ends the session where the tools could not be listed', async () => {
    const server = await served(({ id, method }, response) => {
      if (method === 'tools/list')
        json(response, { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
      else if (id === undefined) response.writeHead(202).end();
      else json(response, { jsonrpc: '2.0', id, result: results[method] }, { 'mcp-session-id': 's1' });
    });
    const outcome = await list(server.origin);
    assert.partialDeepStrictEqual(outcome, {
      kind: 'failed',
      step: 'tools',
      failure: { kind: 'protocol', detail: 'error -32601: Method not found' },
    });
    assert.equal(server.requests.at(-1), 'DELETE /');
  });

  it('ends the session of a caller that goes away in the middle', async () => {
    const gone = new AbortController();
    const server = await served(({ id, method }, response) => {
      if (method === 'tools/list') gone.abort();
      else if (id === undefined) response.writeHead(202).end();
      else json(response, { jsonrpc: '2.0', id, result: results[method] }, { 'mcp-session-id': 's1' });
    });
    const outcome = await listTools({ fetch: own, url: server.origin, version: '9.9.9' }, gone.signal);
    assert.equal(outcome.kind, 'failed');
    assert.equal(server.requests.at(-1), 'DELETE /');
  });

  it('names the step and the reason of every failure', async () => {
    const text =
      (status: number, body: string, type = 'text/html'): Answer =>
      (_message, response) =>
        void response.writeHead(status, { 'content-type': type }).end(body);
    const at =
      (wanted: string, other: Answer): Answer =>
      (message, response, request) =>
        (message.method === wanted ? other : usual)(message, response, request);

    assert.partialDeepStrictEqual(await failure(text(404, 'Cannot POST /')), {
      step: 'initialize',
      kind: 'http-status',
      status: 404,
    });
    assert.partialDeepStrictEqual(await failure(text(401, '')), { step: 'initialize', kind: 'sign-in' });
    assert.partialDeepStrictEqual(await failure(text(302, '')), { step: 'initialize', kind: 'redirect' });
    assert.partialDeepStrictEqual(await failure(text(403, 'Invalid Host: x')), {
      step: 'initialize',
      kind: 'invalid-host',
    });
    assert.partialDeepStrictEqual(await failure(text(200, '<html>log in</html>')), {
      step: 'initialize',
      kind: 'html-page',
    });
    assert.partialDeepStrictEqual(await failure(text(200, '{}', 'application/json')), {
      step: 'initialize',
      kind: 'protocol',
    });
    assert.partialDeepStrictEqual(await failure(text(200, 'x'.repeat(2 * 1024 * 1024))), {
      step: 'initialize',
      kind: 'too-large',
    });
    assert.partialDeepStrictEqual(
      await failure(
        at('initialize', ({ id }, response) => json(response, { jsonrpc: '2.0', id, result: { hello: 1 } })),
      ),
      { step: 'initialize', kind: 'protocol', detail: 'the answer to initialize is not an InitializeResult' },
    );
    assert.partialDeepStrictEqual(await failure(at('tools/list', text(400, 'no'))), {
      step: 'tools',
      kind: 'http-status',
      status: 400,
    });
    assert.partialDeepStrictEqual(await failure(at('tools/list', (_message, response) => void response.destroy())), {
      step: 'tools',
      kind: 'other',
    });
  });
});
