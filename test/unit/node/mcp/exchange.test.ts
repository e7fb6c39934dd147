import assert from 'node:assert/strict';
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';

import { exchange, type Exchange, type ExchangeRequest, type Fetch } from '../../../../src/node/mcp/exchange.ts';
import { closedPort } from '../../support/closedPort.ts';
import { eventually } from '../../support/eventually.ts';
import { startHttp, startTcp, type FaultyServer } from '../../support/faultyServer.ts';
import { selfSigned } from '../../support/selfSigned.ts';

const own: Fetch = (url, init) => fetch(url, init);
const limits = { timeoutMs: 3_000, bytes: 64 * 1024 };

describe('exchange', () => {
  let servers: FaultyServer[];
  beforeEach(() => (servers = []));
  afterEach(() => Promise.all(servers.map((server) => server.close())));

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

  function get(
    url: string,
    parts: Partial<ExchangeRequest> = {},
    within = limits,
    signal?: AbortSignal,
  ): Promise<Exchange> {
    return exchange(own, { method: 'GET', url, ...parts }, within, signal ?? new AbortController().signal);
  }

  async function failure(...of: Parameters<typeof get>) {
    const answer = await get(...of);
    assert.ok(answer.kind === 'failed', JSON.stringify(answer));
    return answer.failure;
  }

  it('gives status, headers, text and time of an answer', async () => {
    const server = await http((_request, response) => {
      response.writeHead(418, { 'X-Kind': 'teapot' });
      response.end('short and stout: ä\u{1f600}');
    });
    const answer = await get(`${server.origin}/pot`);
    assert.ok(answer.kind === 'response');
    assert.deepEqual(
      [answer.status, answer.header('x-kind'), answer.header('x-none'), answer.text],
      [418, 'teapot', undefined, 'short and stout: ä\u{1f600}'],
    );
    assert.ok(answer.tookMs > 0 && answer.tookMs < 3_000);
    assert.deepEqual(server.requests, ['GET /pot']);
  });

  it('sends method, headers and body', async () => {
    const server = await http((request, response) => {
      response.setHeader('x-seen', `${request.method} ${String(request.headers['x-mine'])}`);
      request.pipe(response);
    });
    const answer = await get(server.origin, { method: 'POST', headers: { 'x-mine': 'yes' }, body: '{"a":1}' });
    assert.ok(answer.kind === 'response');
    assert.deepEqual([answer.header('x-seen'), answer.text], ['POST yes', '{"a":1}']);
  });

  it('reads an answer without a body', async () => {
    const server = await http((_request, response) => response.writeHead(202).end());
    const answer = await get(server.origin);
    assert.ok(answer.kind === 'response');
    assert.deepEqual([answer.status, answer.text], [202, '']);
  });

  it('follows no redirect: the place to which it leads gets no request', async () => {
    const elsewhere = await http((_request, response) => response.end('you should not be here'));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await http((_request, response) =>
        response.writeHead(status, { location: `${elsewhere.origin}/x` }).end(),
      );
      const answer = await get(server.origin);
      assert.ok(answer.kind === 'response');
      assert.deepEqual([answer.status, answer.header('location')], [status, `${elsewhere.origin}/x`]);
    }
    assert.equal(elsewhere.connections, 0);
  });

  it('stops reading a body that never ends, and hangs up', async () => {
    let sent = 0;
    const endless = function* (): Generator<Buffer> {
      for (;;) {
        sent += 16 * 1024;
        yield Buffer.alloc(16 * 1024, 'x');
      }
    };
    const server = await http((_request, response) => pipeline(Readable.from(endless()), response, () => undefined));
    assert.deepEqual(await failure(server.origin), { kind: 'too-large', detail: 'more than 65536 bytes' });
    await eventually('the server is rid of the request', () => server.open === 0);
    assert.ok(sent < 8 * 1024 * 1024, `${sent} bytes were taken`);
  });

  it('stops at a body that says it has a gigabyte', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-length': String(1024 ** 3) });
      response.write(Buffer.alloc(256 * 1024, 'x'));
    });
    assert.equal((await failure(server.origin)).kind, 'too-large');
    await eventually('the server is rid of the request', () => server.open === 0);
  });

  it('counts the bytes of a compressed body after they are unpacked', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length });
      response.end(bomb);
    });
    assert.ok(bomb.length < 128 * 1024);
    assert.equal((await failure(server.origin)).kind, 'too-large');
  });

  it('ends a stream that stays open as soon as enough of it came, and hangs up', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
    });
    const answer = await get(server.origin, { enough: (text) => text.includes('one') });
    assert.ok(answer.kind === 'response');
    assert.equal(answer.text, 'data: one\n\n');
    await eventually('the server is rid of the request', () => server.open === 0);
  });

  it('gives up on a stream in which enough never comes', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(': still here\n\n'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const { kind } = await failure(server.origin, { enough: () => false }, { ...limits, timeoutMs: 200 });
    assert.equal(kind, 'timeout');
    await eventually('the server is rid of the request', () => server.open === 0);
  });

  it('gives up on a port that takes the connection and says nothing, with the time for which it waited', async () => {
    const server = await tcp(() => undefined);
    const silent = await failure(server.origin, {}, { ...limits, timeoutMs: 150 });
    assert.ok(silent.kind === 'timeout');
    assert.ok(silent.afterMs >= 140 && silent.afterMs < 2_000, String(silent.afterMs));
    await eventually('the server is rid of the request', () => server.open === 0);
  });

  it('gives up on a body that stops in the middle', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    assert.equal((await failure(server.origin, {}, { ...limits, timeoutMs: 150 })).kind, 'timeout');
  });

  it('tells a closed port', async () => {
    const refused = await failure(`http://127.0.0.1:${await closedPort()}/`);
    assert.equal(refused.kind, 'refused');
    assert.match(refused.detail, /ECONNREFUSED/);
  });

  it('tells a name that nobody knows', async () => {
    // RFC 6761 section 6.4: no resolver answers for it.
    // Without a network the resolver itself can be what does not answer.
    assert.match((await failure('http://nobody.invalid/')).kind, /^(name-not-found|resolver-silent)$/);
  });

  it('tells a certificate that nobody vouches for', async () => {
    const server = await http((_request, response) => response.end(), selfSigned());
    const failed = await failure(server.origin);
    assert.ok(failed.kind === 'tls');
    assert.equal(failed.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.deepEqual(server.requests, []);
  });

  it('tells a port that does not speak TLS', async () => {
    const server = await http((_request, response) => response.end());
    assert.equal((await failure(server.origin.replace('http:', 'https:'))).kind, 'tls');
  });

  it('tells a server that hangs up, and one that speaks something else', async () => {
    const rude = await tcp((socket) => socket.destroy());
    assert.equal((await failure(rude.origin)).kind, 'other');
    const ssh = await tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    assert.equal((await failure(ssh.origin)).kind, 'other');
  });

  it('ends when the caller does, and hangs up', async () => {
    const server = await tcp(() => undefined);
    const ended = new AbortController();
    const answer = failure(server.origin, {}, limits, ended.signal);
    await eventually('the server was reached', () => server.open === 1);
    ended.abort();
    assert.equal((await answer).kind, 'other');
    await eventually('the server is rid of the request', () => server.open === 0);
  });

  it('sends nothing for a caller that has ended', async () => {
    const server = await http((_request, response) => response.end());
    await failure(server.origin, {}, limits, AbortSignal.abort());
    assert.equal(server.connections, 0);
  });

  it('never rejects, not even for a URL that is none', async () => {
    assert.equal((await failure('http://')).kind, 'other');
    assert.equal((await failure('gopher://x/')).kind, 'other');
  });
});
