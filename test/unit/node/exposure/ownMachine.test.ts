import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';

import { Agent, fetch as undiciFetch } from 'undici';

import { OwnMachine } from '../../../../src/node/exposure/ownMachine.ts';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../../../support/clawql/server.ts';
import { closedPort } from '../../support/closedPort.ts';

describe('OwnMachine', () => {
  const signal = new AbortController().signal;
  let agent: Agent;
  let machine: OwnMachine;
  const servers: ClawqlServer[] = [];
  const listeners: net.Server[] = [];
  const connections: net.Socket[] = [];

  beforeEach(() => {
    agent = new Agent();
    machine = new OwnMachine((url, init) => undiciFetch(url, { ...init, dispatcher: agent }));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    for (const one of connections.splice(0)) one.destroy();
    for (const server of listeners.splice(0)) await new Promise((resolve) => server.close(resolve));
    await agent.destroy();
  });

  async function clawql(options: ClawqlOptions = {}): Promise<ClawqlServer> {
    const server = await startClawql(options);
    servers.push(server);
    return server;
  }

  async function listening(server: net.Server): Promise<number> {
    listeners.push(server);
    server.on('connection', (socket: net.Socket) => connections.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    assert.ok(bound !== null && typeof bound === 'object');
    return bound.port;
  }

  it('tells which pages may call', async () => {
    const cors = async (corsAllowOrigin?: string) => {
      const { port } = await clawql(corsAllowOrigin === undefined ? {} : { corsAllowOrigin });
      return machine.cors(port, signal);
    };
    assert.deepEqual(await cors(), { kind: 'answered' });
    assert.deepEqual(await cors('*'), { kind: 'answered', allowed: '*' });
    assert.deepEqual(await cors('https://app.example'), { kind: 'answered', allowed: 'https://app.example' });
    assert.deepEqual(await machine.cors(await closedPort(), signal), { kind: 'failed', detail: 'refused' });
  });

  it('takes a server that repeats the origin for one that lets all pages call', async () => {
    const echo = net.createServer((socket) => {
      socket.on('data', (data) => {
        const [, origin = ''] = /^origin: (.*)\r$/im.exec(data.toString()) ?? [];
        socket.end(`HTTP/1.1 204 No Content\r\naccess-control-allow-origin: ${origin}\r\n\r\n`);
      });
    });
    assert.deepEqual(await machine.cors(await listening(echo), signal), { kind: 'answered', allowed: '*' });
  });

  it('asks /graphql without a token', async () => {
    assert.deepEqual(await machine.graphql((await clawql()).port, signal), { kind: 'answered' });
    const { port } = await clawql({ inFront: (_request, response) => void response.sendStatus(401) });
    assert.deepEqual(await machine.graphql(port, signal), { kind: 'refused', status: 401 });
  });

  it('tells HTTP/2 without TLS from other ports', async () => {
    assert.equal(await machine.grpc(await listening(http2.createServer()), signal), 'http2');
    assert.equal(await machine.grpc((await clawql()).port, signal), 'other');
    assert.equal(await machine.grpc(await listening(net.createServer()), signal), 'other');
    assert.equal(await machine.grpc(await closedPort(), signal), 'closed');
  });

  it('sees at which of its own addresses something listens', async () => {
    const all = await clawql();
    const loopback = await clawql({ address: '127.0.0.1' });
    const own = [...machine.addresses(), { interfaceName: 'lo', address: '127.0.0.1' }];
    for (const one of own) {
      assert.equal((await machine.listens(one, all.port, signal)).kind, 'open', one.address);
      const wanted = one.address === '127.0.0.1' ? 'open' : 'refused';
      assert.equal((await machine.listens(one, loopback.port, signal)).kind, wanted, one.address);
    }
    assert.ok(!own.slice(0, -1).some(({ address }) => /^(127\.|::1|fe80|169\.254)/.test(address)));
  });
});
