import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { fetch, ProxyAgent } from 'undici';
import { rawRequest } from '../../support/clawql/rawRequest.ts';
import type { Route } from '../../support/demo/route.ts';
import { startTailnetProxy, type TailnetProxy } from '../../support/demo/tailnetProxy.ts';

describe("the demo's proxy", () => {
  let backend: http.Server;
  let proxy: TailnetProxy;
  const asked: [string, number][] = [];
  const seen: { url: string | undefined; headers: http.IncomingHttpHeaders }[] = [];
  const streams: http.ServerResponse[] = [];

  before(async () => {
    backend = http.createServer((request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      if (request.url === '/stream') {
        response.flushHeaders();
        streams.push(response);
      } else {
        void text(request).then((body) => response.end(`${request.method ?? ''} ${body}`));
      }
    });
    backend.listen(0, '127.0.0.1');
    await once(backend, 'listening');
    const { port } = backend.address() as net.AddressInfo;
    const routes: Record<string, Route> = {
      up: { kind: 'open', node: 'up', port },
      closed: { kind: 'refused', address: '100.90.0.9:80' },
      asleep: { kind: 'silent' },
      typo: { kind: 'unknown-name' },
    };
    proxy = await startTailnetProxy((host, target) => {
      asked.push([host, target]);
      return routes[host] ?? { kind: 'foreign' };
    });
  });
  after(async () => {
    await proxy.close();
    backend.closeAllConnections();
    backend.close();
  });
  beforeEach(() => {
    for (const list of [asked, seen, streams]) list.length = 0;
  });

  const connect = async (authority: string) => {
    const socket = net.connect(Number(new URL(proxy.url).port), '127.0.0.1');
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return { socket, answer: answer.toString() };
  };
  const absolute = (target: string) => {
    const headers = { host: new URL(target).host };
    const request = http.get(proxy.url, { path: target, headers, agent: false });
    return once(request, 'response').then(async ([response]) => {
      const answer = response as http.IncomingMessage;
      return { status: answer.statusCode, body: await text(answer) };
    });
  };

  for (const proxyTunnel of [true, false]) {
    describe(proxyTunnel ? 'by CONNECT' : 'by absolute URL', () => {
      let agent: ProxyAgent;
      beforeEach(() => {
        agent = new ProxyAgent({ uri: proxy.url, proxyTunnel });
      });
      afterEach(() => agent.destroy());

      it('passes a request on, with its own Host', async () => {
        const response = await fetch('http://up:8080/mcp?x=1', { method: 'POST', body: 'hello', dispatcher: agent });
        assert.equal(await response.text(), 'POST hello');
        assert.deepEqual(asked, [['up', 8080]]);
        assert.equal(seen[0]?.url, '/mcp?x=1');
        assert.equal(seen[0].headers.host, 'up:8080');
        assert.equal(seen[0].headers['proxy-connection'], undefined);
      });

      it('passes a stream on before it ends', async () => {
        const response = await fetch('http://up/stream', { dispatcher: agent });
        streams[0]?.write('first');
        const reader = response.body!.getReader();
        const { value } = (await reader.read()) as { value: Uint8Array };
        assert.equal(Buffer.from(value).toString(), 'first');
        assert.deepEqual(asked, [['up', 80]]);
      });

      it('breaks the connections of a machine that goes', async () => {
        const response = await fetch('http://up/stream', { dispatcher: agent });
        proxy.cut('another');
        streams[0]?.write('still there');
        const reader = response.body!.getReader();
        await reader.read();
        proxy.cut('up');
        await assert.rejects(reader.read());
      });
    });
  }

  it('says in the words of tailscaled that a CONNECT was refused', async () => {
    const { socket, answer } = await connect('closed:80');
    assert.match(answer, /^HTTP\/1\.1 500 Internal Server Error\r\n/);
    assert.match(answer, /\r\nTailscale-Connect-Error: connect tcp 100\.90\.0\.9:80: connection was refused\r\n/);
    socket.destroy();
  });

  it('says that there is no such host', async () => {
    const { socket, answer } = await connect('typo:80');
    assert.match(answer, /\r\n\r\nlookup typo: no such host\n$/);
    socket.destroy();
  });

  it('keeps the reason to itself for an absolute URL', async () => {
    assert.deepEqual(await absolute('http://closed/'), { status: 502, body: '' });
  });

  it('connects to nothing outside', async () => {
    const body = 'this proxy reaches the demo tailnet only, and example.com is not in it\n';
    const { socket, answer } = await connect('example.com:443');
    assert.match(answer, /^HTTP\/1\.1 502 Bad Gateway\r\n/);
    assert.ok(answer.endsWith(body));
    socket.destroy();
    assert.deepEqual(await absolute('http://example.com/'), { status: 502, body });
  });

  it('is a proxy and no server', async () => {
    const { status, body } = await rawRequest(`${proxy.url}/healthz`);
    assert.deepEqual([status, body], [400, 'bogus RequestURI; must be absolute URL or CONNECT\n']);
  });

  it('leaves a client of a machine that is away waiting, until the client goes', async () => {
    const socket = net.connect(Number(new URL(proxy.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.write('CONNECT asleep:80 HTTP/1.1\r\nHost: asleep:80\r\n\r\n');
    while (asked.length === 0) await new Promise(setImmediate);
    // Another connection is answered meanwhile.
    assert.deepEqual(await absolute('http://closed/'), { status: 502, body: '' });
    socket.end();
    await once(socket, 'close');
    assert.equal(received, '');
  });

  it('closes although clients hold on', async () => {
    const other = await startTailnetProxy(() => ({ kind: 'silent' }));
    const socket = net.connect(Number(new URL(other.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await other.close();
    await closed;
  });
});
