import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type http from 'node:http';
import net from 'node:net';

import { LocalApi } from '../../../../src/node/daemon/localApi.ts';
import type { LoopbackCredentials } from '../../../../src/node/daemon/loopbackCredentials.ts';
import { closedPort } from '../../support/closedPort.ts';
import { startHttp, type FaultyServer } from '../../support/faultyServer.ts';
import { startLoopbackDaemon } from '../../support/loopbackDaemon.ts';
import { leaveDeadSocket } from '../../support/deadSocket.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const token = '0123456789abcdef0123';
const status = { Version: '1.102.3', BackendState: 'Running' };

describe('LocalApi', () => {
  const signal = new AbortController().signal;
  const servers: FaultyServer[] = [];
  const apis: LocalApi[] = [];
  afterEach(async () => {
    await Promise.all(
      [...apis.splice(0), ...servers.splice(0)].map((one) => ('close' in one ? one.close() : one.dispose())),
    );
  });

  function api(address: string | LoopbackCredentials): LocalApi {
    const made = new LocalApi(address);
    apis.push(made);
    return made;
  }

  async function daemon(): Promise<FaultyServer> {
    const server = await startLoopbackDaemon(token, JSON.stringify(status));
    servers.push(server);
    return server;
  }

  async function failure(of: LocalApi) {
    const reading = await of.status(signal);
    assert.ok(reading.kind === 'failed', JSON.stringify(reading));
    assert.ok(!JSON.stringify(reading).includes(token));
    return reading.failure;
  }

  describe('over loopback', () => {
    it('reads the status of a daemon that asks for its token and for no foreign host', async () => {
      const { port } = await daemon();
      const reading = await api({ port, token }).status(signal);
      assert.deepEqual(reading, {
        kind: 'read',
        document: status,
        source: { via: 'localapi', where: `127.0.0.1:${port}`, version: '1.102.3' },
      });
    });

    it('watches the bus with the same token', async () => {
      const { port } = await daemon();
      const events: unknown[] = [];
      const end = await api({ port, token }).watch(28818, (event) => events.push(event), signal);
      assert.equal(end.kind, 'ended');
      assert.deepEqual(events[0], 'opened');
    });

    it('lets no part of the token out where the refusal of a bus is cut', async () => {
      const server = await startHttp((_request, response) => {
        response.statusCode = 403;
        response.end(`${'x'.repeat(190)}${token}`);
      });
      servers.push(server);
      const end = await api({ port: server.port, token }).watch(1, () => undefined, signal);
      assert.equal(end.kind, 'refused');
      assert.ok(!end.reason.includes(token.slice(0, 4)), end.reason);
    });

    it('names itself as the real client does', async () => {
      const seen: unknown[] = [];
      const server = await startHttp(({ headers }, response) => {
        seen.push([headers.host, headers.authorization, headers.origin, headers.referer]);
        response.end('{}');
      });
      servers.push(server);
      await api({ port: server.port, token }).status(signal);
      const encoded = Buffer.from(`:${token}`).toString('base64');
      assert.deepEqual(seen, [['local-tailscaled.sock', `Basic ${encoded}`, undefined, undefined]]);
    });

    it('says that a wrong token is no permission, in the words of the daemon', async () => {
      const { port } = await daemon();
      const { kind, detail } = await failure(api({ port, token: 'fedcba9876543210fedc' }));
      assert.deepEqual([kind, detail], ['no-permission', 'bad password']);
    });

    it('says that a dead port has no daemon', async () => {
      const port = await closedPort();
      const { kind, where } = await failure(api({ port, token }));
      assert.deepEqual([kind, where], ['not-found', `127.0.0.1:${port}`]);
    });

    it('keeps the token out of everything that a stranger at the port says', async () => {
      const encoded = Buffer.from(`:${token}`).toString('base64');
      // Long enough that a cut at 200 characters would leave a half of it.
      const echo = `${'x'.repeat(190)}${token} ${encoded} ${token}`;
      for (const statusCode of [200, 403]) {
        const server = await startHttp((_request, response) => {
          response.writeHead(statusCode, { 'tailscale-version': token }).end(echo);
        });
        servers.push(server);
        const { detail } = await failure(api({ port: server.port, token }));
        assert.ok(!detail.includes(token.slice(0, 6)) && !detail.includes(encoded.slice(0, 6)), detail);
      }
      const server = await startHttp((_request, response) => {
        response.writeHead(200, { 'tailscale-version': `${token} ${encoded}` }).end('{}');
      });
      servers.push(server);
      const reading = await api({ port: server.port, token }).status(signal);
      assert.ok(reading.kind === 'read' && reading.source.version === '(token) (token)', JSON.stringify(reading));
    });

    it('keeps the token out of the words for a ping and for preferences too', async () => {
      const server = await startHttp((_request, response) => {
        response.writeHead(403).end(`${'x'.repeat(190)}${token}`);
      });
      servers.push(server);
      const one = api({ port: server.port, token });
      const words = JSON.stringify([
        await one.preferences(signal),
        await one.ping('100.90.0.2', 'TSMP', 1_000, signal),
      ]);
      assert.match(words, /status 403/);
      assert.ok(!words.includes(token.slice(0, 4)), words);
    });

    it('knows whether it is for a port and a token', () => {
      const one = api({ port: 4, token });
      assert.ok(one.isAt({ port: 4, token }));
      for (const other of [{ port: 5, token }, { port: 4, token: 'x' }, '127.0.0.1:4']) assert.ok(!one.isAt(other));
    });
  });

  describe("asked for this machine's preferences", () => {
    async function preferences(listener: http.RequestListener) {
      const server = await startHttp(listener);
      servers.push(server);
      return api({ port: server.port, token }).preferences(signal);
    }

    it('reads whether the DNS of Tailscale is accepted', async () => {
      for (const acceptsDns of [true, false]) {
        const seen = await preferences(({ method, url }, response) => {
          assert.deepEqual([method, url], ['GET', '/localapi/v0/prefs']);
          response.end(JSON.stringify({ ControlURL: 'https://x', RouteAll: false, CorpDNS: acceptsDns }));
        });
        assert.deepEqual(seen, { acceptsDns });
      }
    });

    it('says why they cannot be read', async () => {
      const refused = await preferences((_request, response) => response.writeHead(403).end('prefs access denied\n'));
      assert.deepEqual(refused, { detail: 'status 403: prefs access denied' });
      for (const text of ['{}', 'null', '{"CorpDNS": "yes"}', 'no']) {
        assert.deepEqual(await preferences((_request, response) => response.end(text)), {
          detail: 'the answer is none of preferences',
        });
      }
      const long = await preferences((_request, response) => response.end('x'.repeat(2 * 1024 * 1024)));
      assert.match('detail' in long ? long.detail : '', /larger than/);
    });
  });

  describe('asked for the control plane', () => {
    const status = {
      BackendState: 'Running',
      Self: { ID: 'n1', Relay: 'fra' },
      Peer: { 'nodekey:a': { ID: 'n2', Relay: 'nyc' }, 'nodekey:b': { ID: 'n3' }, 'nodekey:c': 'nonsense' },
    };

    async function controlPlane(preferences: string, document: string, nodeId?: string) {
      const server = await startHttp(({ url }, response) => {
        response.end(url === '/localapi/v0/prefs' ? preferences : url === '/localapi/v0/status' ? document : '{}');
      });
      servers.push(server);
      return api({ port: server.port, token }).controlPlane(nodeId, signal);
    }

    it('reads the host of the control server, and the relays of this machine and of one node', async () => {
      const preferences = '{"ControlURL": "https://user:secret@hs.example.net:8443/x", "CorpDNS": true}';
      const text = JSON.stringify(status);
      const own = { controlHost: 'hs.example.net', ownRelay: 'fra' };
      assert.deepEqual(await controlPlane(preferences, text, 'n2'), { ...own, hostRelay: 'nyc' });
      for (const nodeId of ['n3', 'n4', undefined])
        assert.deepEqual(await controlPlane(preferences, text, nodeId), own);
    });

    it("takes an empty control server for Tailscale's own, and leaves out what cannot be read", async () => {
      assert.deepEqual(await controlPlane('{"ControlURL": ""}', 'no'), { controlHost: 'controlplane.tailscale.com' });
      for (const text of ['{}', 'null', 'no', '{"ControlURL": 1}', '{"ControlURL": "no URL"}']) {
        assert.deepEqual(await controlPlane(text, '{"Self": {}}', 'n2'), {});
      }
    });
  });

  describe('over a unix socket', function () {
    let folder: TempFolder;
    before(function () {
      if (process.platform === 'win32') this.skip();
    });
    beforeEach(() => {
      folder = new TempFolder();
    });
    afterEach(() => folder.remove());

    it('tells a daemon that was killed, which leaves its socket, from one that is not there', async () => {
      const socket = folder.socket('d.sock');
      assert.equal((await failure(api(socket))).kind, 'not-found');
      await leaveDeadSocket(socket);
      assert.deepEqual(readdirSync(folder.path), ['d.sock']);
      const { kind, where } = await failure(api(socket));
      assert.deepEqual([kind, where], ['killed', socket]);
    });

    it('does not claim a killed daemon while somebody listens', async () => {
      const socket = folder.socket('d.sock');
      const server = net.createServer((connection) => connection.destroy());
      await new Promise<void>((resolve) => server.listen(socket, resolve));
      try {
        assert.equal((await failure(api(socket))).kind, 'not-answering');
      } finally {
        server.close();
      }
    });
  });
});
