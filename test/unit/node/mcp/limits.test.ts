import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';

import { Agent, fetch as undiciFetch } from 'undici';

import type { ProbeOutcome } from '../../../../src/core/mcp/probeOutcome.ts';
import { EndpointProber } from '../../../../src/node/mcp/endpointProber.ts';
import type { Fetch } from '../../../../src/node/mcp/exchange.ts';
import { hostMachine } from '../../../../src/node/hostMachine.ts';
import { LocalApi } from '../../../../src/node/daemon/localApi.ts';
import { listTools, type SessionOutcome } from '../../../../src/node/mcp/mcpSession.ts';
import { programPlace } from '../../../../src/node/daemon/platformPlaces.ts';
import { readStatusByCli } from '../../../../src/node/daemon/tailscaleCli.ts';
import type { StatusReading } from '../../../../src/services/tailnet/tailnetReader.ts';
import { demoStatus } from '../../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../../support/demo/localApi.ts';
import { EndlessMeetings, endlessFaults } from '../../support/endlessMeetings.ts';
import { eventually } from '../../support/eventually.ts';
import { startTcp, type FaultyServer } from '../../support/faultyServer.ts';
import type { HostilePlace } from '../../support/hostileMcp.ts';
import { json, results, startMiniMcp, type Answer } from '../../support/miniMcp.ts';
import { TempFolder } from '../../support/tempFolder.ts';

interface Timed<T> {
  readonly value: T;
  readonly tookMs: number;
}

async function timed<T>(task: Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  return { value: await task, tookMs: performance.now() - started };
}

/** Seconds that each place is given, at which something comes all the time and never what was asked for. */
const endlessPlaces: readonly (readonly [place: HostilePlace, seconds: number])[] = [
  ['healthz', 4],
  ['ping', 4],
  ['initialize', 8],
  ['tools/list', 8],
  ['tools/call', 15],
];

/** Whatever never answers takes the whole of a limit: all of it runs side by side, and takes as long as the longest. */
describe('the limits of time', function () {
  this.timeout(30_000);

  const folder = new TempFolder();
  const servers: (FaultyServer | LocalApiServer)[] = [];
  const agent = new Agent({ connect: { timeout: 4_000 } });
  const own: Fetch = (url, init) => fetch(url, init);
  const direct: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher: agent });
  const signal = new AbortController().signal;
  const endlessMeetings = new EndlessMeetings();

  let silentPort: Promise<Timed<ProbeOutcome>>;
  let silentNotice: Promise<Timed<SessionOutcome>>;
  let silentEnd: Promise<Timed<SessionOutcome>>;
  let silentDaemon: Promise<Timed<StatusReading>>;
  let hangingCli: Promise<Timed<StatusReading>> | undefined;

  before(async () => {
    const withSession: Answer = ({ id, method }, response) => {
      if (id === undefined) response.writeHead(202).end();
      else json(response, { jsonrpc: '2.0', id, result: results[method] }, { 'mcp-session-id': 's1' });
    };
    const silentOn = (method: string): Promise<FaultyServer> =>
      startMiniMcp((message, response, request) => {
        if (message.method !== method) withSession(message, response, request);
      });
    const tcp = await startTcp(() => undefined);
    const noNotice = await silentOn('notifications/initialized');
    const noEnd = await silentOn('DELETE');
    const status = demoStatus({ tailnet: 't', suffix: 's', self: { name: 'l', number: 1, os: 'linux' }, peers: [] });
    const daemon = await startLocalApi({ socketPath: folder.socket('d.sock'), status });
    daemon.setFault('silence');
    servers.push(tcp, noNotice, noEnd, daemon);

    for (const [place] of endlessPlaces) for (const fault of endlessFaults) endlessMeetings.begin(place, fault);
    const prober = new EndpointProber(own, direct, '0.0.0-test');
    const probe = ({ origin }: FaultyServer): Promise<Timed<ProbeOutcome>> =>
      timed(prober.probe({ url: `${origin}/mcp`, addresses: ['127.0.0.1'] }, signal));
    silentPort = probe(tcp);
    silentNotice = timed(listTools({ fetch: own, url: noNotice.origin, version: '0.0.0-test' }, signal));
    silentEnd = timed(listTools({ fetch: own, url: noEnd.origin, version: '0.0.0-test' }, signal));
    const api = new LocalApi(daemon.socketPath);
    silentDaemon = timed(api.status(signal).finally(() => api.dispose()));
    if (process.platform !== 'win32') {
      const program = folder.file('tailscale');
      // The child of a wrapper keeps the output open when only the wrapper is killed.
      writeFileSync(program, '#!/bin/sh\nsleep 60\n');
      chmodSync(program, 0o755);
      hangingCli = timed(readStatusByCli(programPlace(program), hostMachine(), signal));
    }
  });

  after(async () => {
    await Promise.all([...servers.map((server) => server.close()), endlessMeetings.close(), agent.destroy()]);
    folder.remove();
  });

  it('a daemon that does not answer is given 5 s', async () => {
    const { value, tookMs } = await silentDaemon;
    assert.ok(value.kind === 'failed');
    assert.equal(value.failure.kind, 'not-answering');
    assert.match(value.failure.detail, /timeout/i);
    assert.ok(tookMs > 4_500 && tookMs < 7_000, `${Math.round(tookMs)} ms`);
  });

  it('a port that takes the connection and says nothing is given 4 s by either stack', async () => {
    const { value, tookMs } = await silentPort;
    assert.ok(value.kind === 'failed' && value.failure.kind === 'timeout', JSON.stringify(value));
    assert.ok(value.failure.afterMs > 3_500 && value.failure.afterMs < 6_000, String(value.failure.afterMs));
    assert.ok(tookMs < 10_000, `${Math.round(tookMs)} ms`);
  });

  it('a session has its answer before the server has confirmed its end', async () => {
    const { value, tookMs } = await silentEnd;
    assert.equal(value.kind, 'answered');
    assert.ok(tookMs < 4_000, `${Math.round(tookMs)} ms`);
  });

  it('claims no round trip that was not measured', async () => {
    const { value } = await silentNotice;
    assert.ok(!(value.kind === 'answered' && value.latencyMs === 0), JSON.stringify(value));
  });

  it('a command line that hangs is ended after 10 s, its children too', async function () {
    if (hangingCli === undefined) this.skip();
    const { value, tookMs } = await hangingCli;
    assert.ok(value.kind === 'failed');
    assert.equal(value.failure.kind, 'not-answering');
    assert.ok(tookMs > 9_000 && tookMs < 12_000, `${Math.round(tookMs)} ms`);
  });

  for (const [place, seconds] of endlessPlaces) {
    for (const fault of endlessFaults) {
      it(`${fault} at ${place} is borne for ${seconds} s`, async () => {
        const { failure, tookMs, server } = await endlessMeetings.of(place, fault);
        assert.ok(failure?.kind === 'timeout', JSON.stringify(failure));
        const limit = seconds * 1_000;
        assert.ok(failure.afterMs > limit - 500 && failure.afterMs < limit + 2_500, `${failure.afterMs} ms`);
        // The second opinion on healthz takes as long once more.
        assert.ok(tookMs < limit * (place === 'healthz' ? 2 : 1) + 4_000, `${tookMs} ms`);
        await eventually('the server is rid of the request', () => server.open === 0);
      });
    }
  }
});
