import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import * as z from 'zod/mini';
import { rawRequest } from '../../support/clawql/rawRequest.ts';
import type { RawResponse } from '../../support/clawql/rawRequest.ts';
import { startClawql } from '../../support/clawql/server.ts';
import type { ClawqlOptions, ClawqlServer } from '../../support/clawql/server.ts';
import { degradedVault } from '../../support/clawql/vault.ts';

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const missingOrInvalid = 'Bad Request: missing/invalid mcp-session-id, or initialize request required.';

function initialize(protocolVersion = '2025-06-18') {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  return { jsonrpc: '2.0', id: 1, method: 'initialize', params };
}

/** The one message of an answer that is always an event stream. */
function message(response: RawResponse): unknown {
  assert.equal(response.status, 200);
  assert.equal(response.headers['content-type'], 'text/event-stream');
  const match = /^event: message\ndata: (.*)\n\n$/.exec(response.body);
  assert.ok(match?.[1] !== undefined, response.body);
  return JSON.parse(match[1]);
}

/** What a JSON text holds at least. */
function partly(text: string, expected: object): void {
  assert.partialDeepStrictEqual(JSON.parse(text), expected);
}

const SearchAnswer = z.object({ results: z.array(z.record(z.string(), z.unknown())) });

function rpcError(text: string) {
  return { jsonrpc: '2.0', error: { code: -32000, message: text }, id: null };
}

describe('the ClawQL-like server', () => {
  let clawql: ClawqlServer;
  const start = async (options: ClawqlOptions = {}) => {
    clawql = await startClawql({ address: '127.0.0.1', ...options });
  };
  afterEach(() => clawql.close());

  const at = (path: string) => new URL(path, clawql.url);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    rawRequest(clawql.url, { method: 'POST', headers: { ...json, ...headers }, body });
  const open = async () => {
    const session = (await post(initialize())).headers['mcp-session-id'];
    assert.ok(typeof session === 'string');
    return { 'mcp-session-id': session };
  };
  const call = async (name: string, args: object) =>
    message(
      await post({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name, arguments: args } }, await open()),
    );
  const textOf = async (name: string, args: object) => {
    const { result } = (await call(name, args)) as { result: { content: { text: string }[]; isError?: boolean } };
    return { text: result.content[0]!.text, isError: result.isError };
  };

  describe('GET /healthz', () => {
    const vault = { configured: false, path: null, writable: true, degraded: false };

    it('says where MCP is and how the vault does', async () => {
      await start();
      const response = await rawRequest(at('/healthz'));
      assert.equal(response.status, 200);
      assert.equal(response.headers['content-type'], 'application/json; charset=utf-8');
      assert.equal(
        response.body,
        JSON.stringify({ status: 'ok', transport: 'streamable-http', endpoint: '/mcp', vault }),
      );
    });

    it('names the configured path', async () => {
      await start({ path: '/clawql' });
      partly((await rawRequest(at('/healthz'))).body, { endpoint: '/clawql' });
      assert.equal((await post(initialize())).status, 200);
    });

    it('answers HEAD, and POST not at all', async () => {
      await start();
      const head = await rawRequest(at('/healthz'), { method: 'HEAD' });
      assert.deepEqual([head.status, head.body], [200, '']);
      assert.equal((await rawRequest(at('/healthz'), { method: 'POST' })).status, 404);
    });

    it('stays ok with a degraded vault, says what mends it, and drops the memory tools', async () => {
      await start({ vault: degradedVault('/nowhere') });
      const fixCommand = 'mkdir -p "/nowhere" && chmod -R u+rwX,g+rwX "/nowhere"';
      partly((await rawRequest(at('/healthz'))).body, {
        status: 'ok',
        vault: { configured: true, path: '/nowhere', writable: false, degraded: true, fixCommand },
      });
      const listed = message(await post({ jsonrpc: '2.0', id: 2, method: 'tools/list' }, await open()));
      const names = (listed as { result: { tools: { name: string }[] } }).result.tools.map(({ name }) => name);
      assert.deepEqual(names, ['search', 'execute', 'ingest_external_knowledge', 'cache', 'audit']);
    });

    it('adds the native protocol metrics when they are on', async () => {
      await start({ nativeProtocolMetrics: true });
      partly((await rawRequest(at('/healthz'))).body, {
        nativeProtocolMetrics: { grpcExecuteErr: 0, graphqlBySource: {} },
      });
    });

    it('answers late when told to, and closing does not wait for it', async () => {
      await start({ healthzDelay: 60_000 });
      const pending = assert.rejects(rawRequest(at('/healthz')), { code: 'ECONNRESET' });
      while (clawql.requests.length === 0) await new Promise(setImmediate);
      await clawql.close();
      await pending;
      await start();
    });
  });

  describe('GET /metrics', () => {
    it('lists four families', async () => {
      await start();
      const response = await rawRequest(at('/metrics'));
      assert.equal(response.status, 200);
      assert.equal(response.headers['content-type'], 'text/plain; charset=utf-8; version=0.0.4');
      assert.equal(response.body.match(/^# TYPE clawql_native_protocol_\w+ (gauge|counter)$/gm)?.length, 4);
    });

    it('is not there when switched off', async () => {
      await start({ metrics: false });
      assert.equal((await rawRequest(at('/metrics'))).status, 404);
    });
  });

  describe('initialize', () => {
    beforeEach(() => start());

    it('answers as an event stream with a session', async () => {
      const response = await post(initialize());
      assert.deepEqual(message(response), {
        jsonrpc: '2.0',
        id: 1,
        result: {
          protocolVersion: '2025-06-18',
          capabilities: { tools: { listChanged: true } },
          serverInfo: { name: 'clawql-mcp', version: '5.0.0' },
        },
      });
      assert.match(String(response.headers['mcp-session-id']), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    });

    it('gives every client a session of its own', async () => {
      assert.notDeepEqual(await open(), await open());
    });

    it('answers an unknown protocol version with the newest', async () => {
      const answer = message(await post(initialize('1999-01-01'))) as { result: { protocolVersion: string } };
      assert.equal(answer.result.protocolVersion, '2025-11-25');
    });

    it('accepts any Origin, and a trailing slash', async () => {
      assert.equal((await post(initialize(), { origin: 'https://evil.example' })).status, 200);
      const slash = await rawRequest(at('/mcp/'), { method: 'POST', headers: json, body: initialize() });
      assert.equal(slash.status, 200);
    });

    it('refuses a batch', async () => {
      assert.equal((await post([initialize()])).status, 400);
    });
  });

  describe('a session', () => {
    beforeEach(() => start({ name: 'clawql-1' }));

    it('takes notifications with 202 and no body', async () => {
      const response = await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, await open());
      assert.deepEqual([response.status, response.body], [202, '']);
    });

    it('answers ping', async () => {
      const pong = message(await post({ jsonrpc: '2.0', id: 7, method: 'ping' }, await open()));
      assert.deepEqual(pong, { jsonrpc: '2.0', id: 7, result: {} });
    });

    it('lists seven tools without descriptions and annotations', async () => {
      const listed = message(await post({ jsonrpc: '2.0', id: 2, method: 'tools/list' }, await open()));
      const { tools } = (listed as { result: { tools: { name: string }[] } }).result;
      assert.deepEqual(
        tools.map(({ name }) => name),
        ['search', 'execute', 'memory_ingest', 'memory_recall', 'ingest_external_knowledge', 'cache', 'audit'],
      );
      for (const tool of tools) {
        assert.ok(!('description' in tool) && !('annotations' in tool), tool.name);
      }
    });

    it('has no resources', async () => {
      const answer = message(await post({ jsonrpc: '2.0', id: 2, method: 'resources/list' }, await open()));
      assert.equal((answer as { error: { code: number } }).error.code, -32601);
    });

    it('refuses a protocol version header that it does not support', async () => {
      const headers = { ...(await open()), 'mcp-protocol-version': '1999-01-01' };
      const response = await post({ jsonrpc: '2.0', id: 2, method: 'tools/list' }, headers);
      assert.equal(response.status, 400);
      assert.match(response.body, /2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05, 2024-10-07/);
    });

    it('ends with DELETE, once', async () => {
      const headers = await open();
      const first = await rawRequest(clawql.url, { method: 'DELETE', headers });
      assert.deepEqual([first.status, first.body], [200, '']);
      const second = await rawRequest(clawql.url, { method: 'DELETE', headers });
      assert.equal(second.status, 400);
      assert.deepEqual(JSON.parse(second.body), rpcError('Bad Request: invalid mcp-session-id.'));
      const none = await rawRequest(clawql.url, { method: 'DELETE' });
      assert.equal(none.status, 400);
      assert.deepEqual(JSON.parse(none.body), rpcError('Bad Request: missing mcp-session-id.'));
    });

    it('dies with the server: 400, where MCP asks for 404', async () => {
      const headers = await open();
      await clawql.endSessions();
      const response = await post({ jsonrpc: '2.0', id: 2, method: 'tools/list' }, headers);
      assert.equal(response.status, 400);
      assert.deepEqual(JSON.parse(response.body), rpcError(missingOrInvalid));
    });

    it('has an open event stream for GET', async () => {
      const headers = { ...(await open()), accept: 'text/event-stream' };
      const request = http.get(clawql.url, { headers });
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      assert.equal(response.statusCode, 200);
      assert.equal(response.headers['content-type'], 'text/event-stream');
      request.destroy();
    });
  });

  describe('the tools', () => {
    beforeEach(() => start({ name: 'clawql-1' }));

    it('search says which host answered', async () => {
      const { text } = await textOf('search', { query: 'list documents', limit: 2 });
      const { results } = SearchAnswer.parse(JSON.parse(text));
      assert.equal(results.length, 2);
      assert.equal(results[0]!['specLabel'], 'clawql-1');
      assert.deepEqual(Object.keys(results[0]!), [
        ...['id', 'method', 'path', 'description', 'resource', 'parameters'],
        ...['requestBody', 'responseSchema', 'score', 'specLabel'],
      ]);
    });

    it('search that finds nothing says so', async () => {
      const { text } = await textOf('search', { query: 'zzz' });
      assert.equal(text, '{"results":[],"message":"No matching operations found."}');
    });

    it('execute answers', async () => {
      const { text } = await textOf('execute', { operationId: 'documents_retrieve', args: { id: 3 } });
      assert.deepEqual(JSON.parse(text), { specLabel: 'clawql-1', operationId: 'documents_retrieve', args: { id: 3 } });
    });

    it('execute puts most errors into an answer that is no error', async () => {
      const unknown = await textOf('execute', { operationId: 'nope', args: {} });
      assert.equal(unknown.isError, undefined);
      assert.equal(
        unknown.text,
        JSON.stringify({ error: 'Unknown operationId: "nope". Use search() to find valid operation IDs.' }),
      );
      const failed = await textOf('execute', { operationId: 'documents_destroy', args: { id: 3 } });
      assert.equal(failed.isError, undefined);
      assert.match(failed.text, /^\{"error":".+","fallbackError":".+","hint":".+"\}$/);
    });

    it('execute throws plain text for an invalid URL', async () => {
      const thrown = await textOf('execute', { operationId: 'tags_list', args: {} });
      assert.deepEqual(thrown, { text: 'Invalid URL', isError: true });
    });

    it('answers unknown tools and wrong arguments with isError', async () => {
      for (const [name, args] of [
        ['nope', {}],
        ['search', { limit: 0 }],
      ] as const) {
        const { text, isError } = await textOf(name, args);
        assert.equal(isError, true);
        assert.match(text, /^MCP error -32602: /);
      }
    });

    it('cache and audit keep what they are told', async () => {
      await textOf('cache', { operation: 'set', key: 'k', value: 'v' });
      const hit = await textOf('cache', { operation: 'get', key: 'k' });
      assert.deepEqual(JSON.parse(hit.text), { ok: true, hit: true, key: 'k', value: 'v' });
      await textOf('audit', { operation: 'append', category: 'c', action: 'a', summary: 's' });
      partly((await textOf('audit', { operation: 'list' })).text, { total: 1, entries: [{ summary: 's' }] });
    });
  });

  describe('what it refuses', () => {
    beforeEach(() => start());

    it('GET without a session, or with an unknown one', async () => {
      const missing = await rawRequest(clawql.url);
      assert.equal(missing.status, 400);
      assert.deepEqual(JSON.parse(missing.body), rpcError('Bad Request: missing mcp-session-id.'));
      const invalid = await rawRequest(clawql.url, { headers: { 'mcp-session-id': 'x' } });
      assert.equal(invalid.status, 400);
      assert.deepEqual(JSON.parse(invalid.body), rpcError('Bad Request: invalid mcp-session-id.'));
    });

    it('POST without a session, or with an unknown one', async () => {
      const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
      for (const headers of [{}, { 'mcp-session-id': 'x' }]) {
        const response = await post(ping, headers);
        assert.equal(response.status, 400);
        assert.deepEqual(JSON.parse(response.body), rpcError(missingOrInvalid));
      }
    });

    it('POST that does not accept both types', async () => {
      for (const accept of ['', 'application/json', 'text/event-stream']) {
        const response = await post(initialize(), { accept });
        assert.equal(response.status, 406);
        const text = 'Not Acceptable: Client must accept both application/json and text/event-stream';
        assert.deepEqual(JSON.parse(response.body), rpcError(text));
      }
    });

    it('POST whose body is not JSON by its type', async () => {
      const { accept } = json;
      for (const headers of [{ accept }, { accept, 'content-type': 'text/plain' }]) {
        const response = await rawRequest(clawql.url, { method: 'POST', headers, body: initialize() });
        assert.equal(response.status, 400);
        assert.deepEqual(JSON.parse(response.body), rpcError(missingOrInvalid));
      }
      const within = { ...(await open()), accept, 'content-type': 'text/plain' };
      const response = await rawRequest(clawql.url, { method: 'POST', headers: within, body: initialize() });
      assert.equal(response.status, 415);
    });

    it('bad JSON, with an HTML page that shows a stack trace', async () => {
      const response = await post('{');
      assert.equal(response.status, 400);
      assert.match(String(response.headers['content-type']), /^text\/html/);
      assert.match(response.body, /SyntaxError[\s\S]*node_modules/);
    });

    it('a body over 100 kB', async () => {
      assert.equal((await post({ ...initialize(), padding: 'x'.repeat(102_400) })).status, 413);
    });

    it('wrong paths, with an HTML page', async () => {
      for (const path of ['/', '/sse', '/health', '/mcp/healthz']) {
        const response = await rawRequest(at(path));
        assert.equal(response.status, 404);
        assert.match(String(response.headers['content-type']), /^text\/html/);
        assert.ok(response.body.includes(`Cannot GET ${path}`));
      }
    });
  });

  describe('GraphQL on the same port', () => {
    it('is open to everybody', async () => {
      await start();
      const missing = await rawRequest(at('/graphql'));
      assert.deepEqual([missing.status, missing.body], [400, '{"errors":[{"message":"Missing query"}]}']);
      const query = await rawRequest(at('/graphql?query={__typename}'));
      assert.deepEqual([query.status, query.body], [200, '{"data":{"__typename":"Query"}}']);
    });
  });

  describe('CORS', () => {
    it('is off: OPTIONS only lists the methods', async () => {
      await start();
      const response = await rawRequest(clawql.url, { method: 'OPTIONS', headers: { origin: 'https://a.example' } });
      assert.equal(response.status, 200);
      assert.deepEqual(response.headers.allow?.split(', ').sort(), ['DELETE', 'GET', 'HEAD', 'POST']);
      assert.equal(response.headers['access-control-allow-origin'], undefined);
    });

    it('echoes the configured origin to any other, on every route', async () => {
      await start({ corsAllowOrigin: 'https://a.example' });
      const headers = { origin: 'https://evil.example' };
      const preflight = await rawRequest(clawql.url, { method: 'OPTIONS', headers });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers['access-control-max-age'], '86400');
      assert.equal(
        preflight.headers['access-control-allow-headers'],
        'Content-Type, Accept, Authorization, mcp-session-id, mcp-protocol-version',
      );
      const health = await rawRequest(at('/healthz'), { headers });
      assert.equal(health.headers['access-control-allow-origin'], 'https://a.example');
    });
  });

  describe('the Host header', () => {
    const hostOf = async (path: string, host: string, method = 'GET') =>
      rawRequest(at(path), { method, headers: { host } });

    for (const mcpHost of ['127.0.0.1', 'localhost', '::1']) {
      it(`must name this machine with MCP_HOST=${mcpHost}, on every route`, async () => {
        await start({ mcpHost });
        for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:8080', '[::1]']) {
          assert.equal((await hostOf('/healthz', host)).status, 200, host);
        }
        for (const path of ['/healthz', '/mcp', '/metrics', '/nowhere']) {
          const refused = await hostOf(path, 'mac-mini.clawql.local:8080');
          assert.equal(refused.status, 403, path);
          assert.equal(
            refused.body,
            '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid Host: mac-mini.clawql.local"},"id":null}',
          );
        }
        for (const host of ['clawql-1.tail0a1b2c.ts.net', '100.64.0.1:8080', 'evil.example', 'localhost.']) {
          assert.equal((await hostOf('/healthz', host)).status, 403, host);
        }
        assert.equal((await hostOf('/mcp', 'evil.example', 'OPTIONS')).status, 403);
      });
    }

    for (const mcpHost of [undefined, '0.0.0.0', '::', 'mac-mini.clawql.local', '100.64.0.5']) {
      it(`may be anything with MCP_HOST ${mcpHost ?? 'unset'}`, async () => {
        await start(mcpHost === undefined ? {} : { mcpHost });
        for (const host of ['mac-mini.clawql.local', 'evil.example', 'localhost.']) {
          assert.equal((await hostOf('/healthz', host)).status, 200, host);
        }
      });
    }
  });

  describe('as a part of the tests', () => {
    it('records every request, refused ones too', async () => {
      await start({ mcpHost: '127.0.0.1' });
      await open();
      await rawRequest(clawql.url, { method: 'POST', headers: { ...json, host: 'evil.example' }, body: '{' });
      const [first, second] = clawql.requests;
      assert.equal(clawql.requests.length, 2);
      assert.deepEqual(
        [first?.method, first?.path, first?.rpcMethod, first?.session],
        ['POST', '/mcp', 'initialize', null],
      );
      assert.deepEqual([second?.rpcMethod, second?.host], [null, 'evil.example']);
      assert.equal(first?.remoteAddress, '127.0.0.1');
    });

    it('lets something stand in front', async () => {
      await start({ inFront: (_request, response) => response.status(401).send('Sign in') });
      assert.equal((await rawRequest(at('/healthz'))).status, 401);
    });

    it('rejects when the port is taken', async () => {
      await start();
      await assert.rejects(startClawql({ address: '127.0.0.1', port: clawql.port }), { code: 'EADDRINUSE' });
    });
  });
});
