import assert from 'node:assert/strict';

import { executeOutcome, searchOutcome } from '../../../../src/core/clawql/toolAnswer.ts';
import { ToolSessions } from '../../../../src/node/mcp/toolSessions.ts';
import type { ToolSession } from '../../../../src/services/health/toolSession.ts';
import { startClawql, type ClawqlServer } from '../../../support/clawql/server.ts';
import { closedPort } from '../../support/closedPort.ts';
import { startMiniMcp, usual } from '../../support/miniMcp.ts';
import { startModern } from '../../support/modernMcp.ts';

describe('ToolSessions', () => {
  const opener = new ToolSessions((url, init) => fetch(url, init), '9.9.9');
  const { signal } = new AbortController();
  const closing: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(closing.splice(0).map((server) => server.close())));

  async function clawql(): Promise<ClawqlServer> {
    const server = await startClawql({ address: '127.0.0.1', name: 'clawql-1' });
    closing.push(server);
    return server;
  }

  async function opened(url: string): Promise<ToolSession> {
    const opening = await opener.openTools({ url, addresses: ['127.0.0.1'] }, signal);
    assert.ok(opening.kind === 'open', JSON.stringify(opening));
    return opening.session;
  }

  it('calls ClawQL to search for an operation and to execute it, in one session that is ended', async () => {
    const server = await clawql();
    const session = await opened(server.url);
    const found = await session.callTool('search', { query: 'list documents', limit: 2 }, signal);
    assert.ok(found.kind === 'result' && !found.isError);
    const outcome = searchOutcome(found.text);
    assert.ok(outcome.kind === 'operations');
    const [first] = outcome.operations.filter(({ method, required }) => method === 'GET' && required.length === 0);
    assert.deepEqual([first?.id, first?.specLabel], ['documents_list', 'clawql-1']);
    const done = await session.callTool('execute', { operationId: first?.id, args: {} }, signal);
    assert.ok(done.kind === 'result');
    assert.deepEqual(executeOutcome(done.text, done.isError), { kind: 'done' });
    await session.end();
    await session.end();
    const steps = server.requests.map(({ method, rpcMethod }) => rpcMethod ?? method);
    assert.deepEqual(steps, ['initialize', 'notifications/initialized', 'tools/call', 'tools/call', 'DELETE']);
  });

  it("gives ClawQL's errors, which mostly are none, and those that are thrown", async () => {
    const session = await opened((await clawql()).url);
    const error = async (operationId: string): Promise<string | undefined> => {
      const answer = await session.callTool('execute', { operationId, args: {} }, signal);
      assert.ok(answer.kind === 'result');
      const outcome = executeOutcome(answer.text, answer.isError);
      return outcome.kind === 'failed' ? outcome.error : undefined;
    };
    assert.match((await error('nope')) ?? '', /^Unknown operationId/);
    assert.equal(await error('documents_destroy'), 'HTTP 503 Service Unavailable');
    assert.equal(await error('tags_list'), 'Invalid URL');
    await session.end();
  });

  it('calls a server without sessions, whatever the tool is called', async () => {
    const server = await startModern();
    closing.push(server);
    const session = await opened(`${server.origin}/mcp`);
    const found = await session.callTool('search', { query: 'x' }, signal);
    assert.ok(found.kind === 'result', JSON.stringify(found));
    assert.deepEqual(searchOutcome(found.text), { kind: 'operations', operations: [] });
    // A header that did not say what the body says would be refused with -32020.
    for (const name of ['\u00e4rger \u{1f600}', ' edge', '=?base64?x', 'two\nlines']) {
      const unknown = await session.callTool(name, {}, signal);
      assert.ok(unknown.kind === 'failed' && unknown.failure.kind === 'protocol', JSON.stringify(unknown));
      assert.match(unknown.failure.detail, /-32602.*not found/s);
    }
    await session.end();
  });

  it('says why a tool did not answer', async () => {
    const server = await startMiniMcp(({ id, method }, response, request) => {
      if (method === 'tools/call') response.writeHead(500).end();
      else usual({ method, ...(id === undefined ? {} : { id }) }, response, request);
    });
    closing.push(server);
    const session = await opened(server.origin);
    const answer = await session.callTool('search', {}, signal);
    assert.deepEqual(answer, { kind: 'failed', failure: { kind: 'http-status', status: 500, detail: 'HTTP 500' } });
  });

  it('ends a call with its caller', async () => {
    const gone = new AbortController();
    const server = await startMiniMcp(({ id, method }, response, request) => {
      if (method === 'tools/call') gone.abort();
      else usual({ method, ...(id === undefined ? {} : { id }) }, response, request);
    });
    closing.push(server);
    const answer = await (await opened(server.origin)).callTool('search', {}, gone.signal);
    assert.equal(answer.kind, 'failed');
  });

  it('says why it could not be opened, and sends nothing to a machine that is not the node', async () => {
    const server = await clawql();
    const elsewhere = await opener.openTools({ url: server.url, addresses: ['100.64.0.9'] }, signal);
    assert.ok(
      elsewhere.kind === 'failed' && elsewhere.step === 'resolve' && elsewhere.failure.kind === 'wrong-address',
    );
    assert.equal(server.requests.length, 0);
    const closed = await opener.openTools({ url: `http://127.0.0.1:${await closedPort()}/mcp` }, signal);
    assert.ok(closed.kind === 'failed' && closed.step === 'initialize' && closed.failure.kind === 'refused');
  });
});
