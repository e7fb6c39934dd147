import assert from 'node:assert/strict';

import { KeptSessions } from '../../../../src/node/mcp/keptSession.ts';
import type { OpenSession } from '../../../../src/services/health/probeSession.ts';
import { startClawql, type ClawqlServer } from '../../../support/clawql/server.ts';
import { CountingRelay } from '../../support/countingRelay.ts';
import type { FaultyServer } from '../../support/faultyServer.ts';
import { RealProber } from '../../support/loopbackHosts.ts';
import { startModern } from '../../support/modernMcp.ts';

/** The figures of docs/frugal.md: whoever makes a probe larger has to say so there. */
describe('the traffic of one window', () => {
  const { signal } = new AbortController();
  let server: ClawqlServer;
  let relay: CountingRelay;
  let modern: FaultyServer;
  let modernRelay: CountingRelay;
  let prober: RealProber;
  const sessions = new KeptSessions((url, init) => fetch(url, init), '1.2.3');

  before(async () => {
    server = await startClawql({ address: '127.0.0.1' });
    relay = await CountingRelay.to(server.port);
    modern = await startModern();
    modernRelay = await CountingRelay.to(modern.port);
    prober = new RealProber();
  });
  after(() =>
    Promise.all(
      [prober, relay, server, modernRelay, modern].map((one) => ('dispose' in one ? one.dispose() : one.close())),
    ),
  );

  const target = (port: number) => ({ url: `http://127.0.0.1:${port}/mcp`, addresses: ['127.0.0.1'] });

  /** Within a fifth of the figure: a header more or less is no news. */
  function about(figure: number, bytes: number): void {
    assert.ok(Math.abs(bytes - figure) < figure / 5, `${bytes} bytes`);
  }

  it('is about 5.2 kB in 5 requests for a full probe', async () => {
    const before = server.requests.length;
    about(5_200, await relay.during(() => prober.probe(target(relay.port), signal)));
    assert.equal(server.requests.length - before, 5);
  });

  it('is about 1.4 kB to open a session, 0.7 kB for a look at it and 0.4 kB to end it', async () => {
    let session: OpenSession | undefined;
    const opened = await relay.during(async () => {
      session = await sessions.open(target(relay.port), signal);
    });
    about(1_400, opened);
    about(710, await relay.during(async () => assert.equal((await session?.check(signal))?.kind, 'alive')));
    about(390, await relay.during(async () => session?.end()));
  });

  it('is about 3.3 kB in 4 requests for a full probe of a server without sessions', async () => {
    about(3_300, await modernRelay.during(() => prober.probe(target(modernRelay.port), signal)));
    assert.equal(modern.requests.length, 4);
  });
});
