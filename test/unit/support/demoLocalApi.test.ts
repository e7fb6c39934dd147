import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { LocalApi } from '../../../src/node/daemon/localApi.ts';
import type { BusEvent } from '../../../src/services/tailnet/tailnetReader.ts';
import { rawRequest } from '../../support/clawql/rawRequest.ts';
import type { DemoNode } from '../../support/demo/demoNode.ts';
import { demoStatus, demoVersion } from '../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../support/demo/localApi.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { makeShortTemp } from '../../support/editor/shortTemp.ts';

const self: DemoNode = { name: 'laptop', number: 1, os: 'linux' };
const host: DemoNode = { name: 'clawql-1', number: 2, os: 'linux', tags: ['tag:clawql-mcp'] };
const nas: DemoNode = { name: 'nas', number: 3, os: 'linux' };
const statusOf = (...peers: readonly DemoNode[]) =>
  demoStatus({ tailnet: 'test', suffix: 'tail1a2b3.ts.net', self, peers });

/** Bits: initial state 2, health 128, peer changes 4096, no netmap 8192, initial status 16384. */
const fullMask = 28818;

describe("the demo's LocalAPI", () => {
  let folder: string;
  let socketPath: string;
  let server: LocalApiServer;
  let client: LocalApi;
  beforeEach(async () => {
    folder = await makeShortTemp();
    socketPath = path.join(folder, 'tailscaled.sock');
    server = await startLocalApi({ socketPath, status: statusOf(host) });
    client = new LocalApi(socketPath);
  });
  afterEach(async () => {
    await client.dispose();
    await server.close();
    await fs.rm(folder, { recursive: true });
  });

  const get = (pathAndQuery: string, headers: Record<string, string> = {}) =>
    rawRequest(`http://local-tailscaled.sock${pathAndQuery}`, { socketPath, headers });
  const readStatus = (signal = AbortSignal.timeout(5_000)) => client.status(signal);

  describe('GET status', () => {
    it('is what the extension reads', async () => {
      const reading = await readStatus();
      assert.deepEqual(reading, {
        kind: 'read',
        document: statusOf(host),
        source: { via: 'localapi', where: socketPath, version: demoVersion },
      });
    });

    it('is indented by tabs and ends a line, as Go writes it', async () => {
      const { status, headers, body } = await get('/localapi/v0/status');
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['tailscale-version'], demoVersion);
      assert.match(body, /^{\n\t"Version": /);
      assert.match(body, /\n}\n$/);
    });

    it('leaves the peers out when told to', async () => {
      const { body } = await get('/localapi/v0/status?peers=false');
      assert.deepEqual(JSON.parse(body), { ...statusOf(host), Peer: null });
    });

    it('follows setStatus', async () => {
      server.setStatus(statusOf(host, nas));
      const reading = await readStatus();
      assert.ok(reading.kind === 'read');
      assert.deepEqual(reading.document, statusOf(host, nas));
    });
  });

  for (const [name, headers] of Object.entries({
    'another Host': { host: 'localhost' },
    'an Origin': { origin: 'http://example.com' },
    'a Referer': { referer: 'http://example.com/' },
  })) {
    it(`refuses ${name}`, async () => {
      const { status, body } = await get('/localapi/v0/status', headers);
      assert.deepEqual([status, body], [403, 'invalid localapi request\n']);
    });
  }

  describe('POST ping', () => {
    const ping = (query: string, method = 'POST') =>
      rawRequest(`http://local-tailscaled.sock/localapi/v0/ping${query}`, { socketPath, method });

    it('has the shape of a real answer', async () => {
      const { status, body } = await ping('?ip=100.90.0.2&type=disco');
      assert.equal(status, 200);
      assert.deepEqual(JSON.parse(body), {
        IP: '100.90.0.2',
        NodeIP: '100.90.0.2',
        NodeName: 'clawql-1',
        Err: '',
        LatencySeconds: 0.0025,
        Endpoint: '203.0.113.2:41641',
        PeerRelay: '',
        DERPRegionID: 0,
        DERPRegionCode: '',
      });
      const { body: tsmp } = await ping('?ip=100.90.0.2&type=TSMP');
      assert.match(tsmp, /"Endpoint":"".*"PeerAPIPort":\d+}\n$/);
    });

    it('has an error of the daemon in an answer that is well', async () => {
      const { status, body } = await ping('?ip=100.90.0.99&type=TSMP');
      assert.equal(status, 200);
      assert.match(body, /"Err":"no matching peer"/);
      assert.match((await ping('?ip=100.90.0.1&type=disco')).body, /"Err":"100\.90\.0\.1 is local.*"IsLocalIP":true/);
    });

    for (const [query, method, problem] of [
      ['?ip=100.90.0.2&type=TSMP', 'GET', 'want POST'],
      ['?type=TSMP', 'POST', "missing 'ip' parameter"],
      ['?ip=clawql-1&type=TSMP', 'POST', 'invalid IP'],
      ['?ip=100.90.0.2', 'POST', "missing 'type' parameter"],
    ] as const) {
      it(`refuses ${method} ${query}`, async () => {
        const { status, body } = await ping(query, method);
        assert.deepEqual([status, body], [400, `${problem}\n`]);
      });
    }
  });

  it('answers with preferences', async () => {
    const { status, body } = await get('/localapi/v0/prefs');
    assert.equal(status, 200);
    assert.match(body, /"CorpDNS":true/);
    server.setPreferences({ CorpDNS: false });
    assert.match((await get('/localapi/v0/prefs')).body, /"CorpDNS":false/);
  });

  it('knows no other path', async () => {
    const { status, headers, body } = await get('/localapi/v0/netmap');
    assert.deepEqual([status, body], [404, '404 page not found\n']);
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
  });

  it('notes the requests', async () => {
    await get('/localapi/v0/status?peers=false');
    assert.deepEqual(server.requests, ['GET /localapi/v0/status?peers=false']);
  });

  describe('GET watch-ipn-bus', () => {
    const watch = async (mask: number) => {
      const headers = { host: 'local-tailscaled.sock' };
      const request = http.get({ socketPath, path: `/localapi/v0/watch-ipn-bus?mask=${mask}`, headers, agent: false });
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return response;
    };
    const messagesOf = (response: IncomingMessage) => {
      const lines = createInterface({ input: response })[Symbol.asyncIterator]();
      return async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
    };

    it('opens with the state and the status', async () => {
      const next = messagesOf(await watch(fullMask));
      const { SessionID, ...message } = await next();
      assert.match(String(SessionID), /^[0-9a-f]{16}$/);
      assert.deepEqual(message, {
        Version: demoVersion,
        ErrMessage: null,
        LoginFinished: null,
        State: 6,
        Prefs: null,
        NetMap: null,
        Engine: null,
        BrowseToURL: null,
        DriveShares: null,
        InitialStatus: statusOf(host),
        Health: { Warnings: {} },
      });
    });

    it('opens with nothing but headers when the mask asks for nothing', async () => {
      const response = await watch(0);
      assert.equal(response.statusCode, 200);
      server.sendEmptyMessage();
      assert.equal((await messagesOf(response)())['State'], null);
    });

    it('tells of peers that join, change and go, and of the state', async () => {
      const next = messagesOf(await watch(fullMask));
      await next();
      const offline = { ...host, offlineSince: '2026-11-22T10:00:00Z' };
      server.setStatus(statusOf(offline, nas));
      const changed = await next();
      const told = (changed['PeersChanged'] as { StableID: string; Online: boolean }[]).map(({ StableID, Online }) => ({
        StableID,
        Online,
      }));
      const ids = Object.values(statusOf(host, nas).Peer ?? {}).map(({ ID }) => ID);
      assert.deepEqual(told, [
        { StableID: ids[0], Online: false },
        { StableID: ids[1], Online: true },
      ]);
      assert.equal(changed['PeersRemoved'], undefined);
      assert.equal(changed['State'], null);

      server.setStatus({ ...statusOf(offline), BackendState: 'Stopped' });
      const stopped = await next();
      assert.deepEqual(stopped['PeersRemoved'], [Object.values(statusOf(nas).Peer ?? {})[0]!.NodeID]);
      assert.equal(stopped['State'], 4);
    });

    it('keeps the peers from a watcher that did not ask for them', async () => {
      const next = messagesOf(await watch(2));
      await next();
      server.setStatus(statusOf(host, nas));
      assert.equal((await next())['PeersChanged'], undefined);
    });

    for (const [mask, problem] of [
      ['x', 'bad mask'],
      ['4352', 'NotifyRateLimit is incompatible with new-style IPN bus subscription bits'],
      ['65536', 'NotifyInProcessNoDisconnect is only valid for in-process IPN bus subscribers'],
    ] as const) {
      it(`refuses the mask ${mask}`, async () => {
        const { status, body } = await get(`/localapi/v0/watch-ipn-bus?mask=${mask}`);
        assert.deepEqual([status, body], [400, `${problem}\n`]);
      });
    }

    it('wakes the extension for each message, and forgets a watcher that leaves', async () => {
      const ended = new AbortController();
      let wake: () => void = () => undefined;
      const message = () => new Promise<void>((resolve) => (wake = resolve));
      const first = message();
      const onEvent = (event: BusEvent): void => {
        if (event === 'change') wake();
      };
      const watching = client.watch(fullMask, onEvent, ended.signal);
      await first;
      const second = message();
      server.setStatus(statusOf(host, nas));
      await second;
      assert.equal(server.watchers, 1);
      ended.abort();
      await watching;
      await eventually(
        () => Promise.resolve(server.watchers),
        (count) => (count === 0 ? true : undefined),
        (count) => `${count} watchers are still known`,
      );
    });

    it('is cut in the middle of a line', async () => {
      const response = await watch(0);
      const received = text(response).catch(() => 'broken');
      server.cutBus();
      assert.equal(await received, 'broken');
      assert.equal(response.complete, false);
    });

    it('ends for the extension when it is cut, without a message', async () => {
      let messages = 0;
      const onEvent = (event: BusEvent): void => {
        if (event !== 'opened') messages += 1;
      };
      const watching = client.watch(0, onEvent, new AbortController().signal);
      while (server.watchers === 0) await new Promise(setImmediate);
      server.cutBus();
      assert.equal((await watching).kind, 'ended');
      assert.equal(messages, 0);
    });
  });

  describe('with a fault', () => {
    it('answers 403, which the extension takes for a lack of permission', async () => {
      server.setFault({ status: 403, text: 'status access denied' });
      assert.deepEqual(await readStatus(), {
        kind: 'failed',
        failure: { kind: 'no-permission', where: socketPath, detail: 'status access denied' },
      });
    });

    it('answers plain text, which is no status', async () => {
      server.setFault({ status: 200, text: 'failed to connect to local tailscaled' });
      const reading = await readStatus();
      assert.ok(reading.kind === 'failed');
      assert.equal(reading.failure.kind, 'unexpected-answer');
    });

    it('never answers', async () => {
      server.setFault('silence');
      const leaving = new AbortController();
      const reading = readStatus(leaving.signal);
      while (server.requests.length === 0) await new Promise(setImmediate);
      leaving.abort();
      const result = await reading;
      assert.ok(result.kind === 'failed');
      assert.equal(result.failure.kind, 'not-answering');
    });

    it('is well again afterwards', async () => {
      server.setFault({ status: 500, text: 'no' });
      server.setFault(undefined);
      assert.equal((await readStatus()).kind, 'read');
    });
  });

  describe('with a fault of the bus alone', () => {
    const eventsOf = async (during: () => void = () => undefined) => {
      const events: BusEvent[] = [];
      const ended = new AbortController();
      const watching = client.watch(fullMask, (event) => events.push(event), ended.signal);
      await Promise.race([
        watching,
        eventually(
          () => Promise.resolve(events.length),
          (count) => count === 2 || undefined,
          String,
        ),
      ]);
      during();
      return { events, watching, ended };
    };

    for (const [name, status, text] of [
      ['403', 403, 'watch ipn bus access denied'],
      ['plain text', 200, 'Tailscale already in use'],
    ] as const) {
      it(`refuses with ${name}, and gives the status`, async () => {
        server.setBusFault({ status, text });
        const { watching, events } = await eventsOf();
        assert.deepEqual(await watching, { kind: 'refused', reason: `status ${status}: ${text}` });
        assert.deepEqual(events, []);
        assert.equal((await readStatus()).kind, 'read');
      });
    }

    it('says nothing at all in its messages', async () => {
      server.setBusFault('nulls');
      const { watching, events, ended } = await eventsOf(() => server.setStatus(statusOf(host, nas)));
      await eventually(
        () => Promise.resolve(events.length),
        (count) => count === 3 || undefined,
        String,
      );
      assert.deepEqual(events, ['opened', 'nothing', 'nothing']);
      ended.abort();
      await watching;
    });

    it('floods', async () => {
      const { watching, events, ended } = await eventsOf(() => server.flood(1_000));
      await eventually(
        () => Promise.resolve(events.length),
        (count) => count === 1_002 || undefined,
        String,
      );
      ended.abort();
      await watching;
    });

    it('ends the watch of a reader who is too slow, and says so', async () => {
      const { watching } = await eventsOf(() => server.dropWatchers());
      assert.deepEqual(await watching, { kind: 'ended', reason: 'IPN bus consumer fell behind; closing watch' });
    });

    it('writes what is no message', async () => {
      const { watching, events, ended } = await eventsOf(() => server.sendRaw('half{"a"\n'));
      await eventually(
        () => Promise.resolve(events.length),
        (count) => count === 3 || undefined,
        String,
      );
      assert.deepEqual(events, ['opened', 'change', 'change']);
      ended.abort();
      await watching;
    });

    it('changes the status without a word', async () => {
      const { watching, events, ended } = await eventsOf(() => server.setStatusSilently(statusOf(host, nas)));
      const reading = await readStatus();
      assert.ok(reading.kind === 'read');
      assert.deepEqual([reading.document, events], [statusOf(host, nas), ['opened', 'change']]);
      ended.abort();
      await watching;
    });
  });

  it('leaves no socket behind, and ends its watchers', async () => {
    const watching = client.watch(fullMask, () => undefined, new AbortController().signal);
    while (server.watchers === 0) await new Promise(setImmediate);
    await server.close();
    await watching;
    const reading = await readStatus();
    assert.ok(reading.kind === 'failed');
    assert.equal(reading.failure.kind, 'not-found');
    assert.deepEqual(await fs.readdir(folder), []);
    server = await startLocalApi({ socketPath, status: statusOf(host) });
  });
});
