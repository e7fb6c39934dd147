import assert from 'node:assert/strict';

import { proveServed } from '../../../../src/services/serve/proveServed.ts';
import { startClawql, type ClawqlServer } from '../../../support/clawql/server.ts';
import { laptop, tailnet } from '../../support/builders.ts';
import { closedPort } from '../../support/closedPort.ts';
import { eventually } from '../../support/eventually.ts';
import { RealProber } from '../../support/loopbackHosts.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** A tailnet without names, in which this machine has the address of the loopback. */
const here = tailnet([], { magicDns: false, self: { ...laptop, addresses: ['127.0.0.1'] } });

describe('proveServed', () => {
  const { signal } = new AbortController();
  let prober: RealProber;
  let clock: ManualClock;
  let probes: number;
  let server: ClawqlServer | undefined;
  beforeEach(() => {
    [prober, clock, probes] = [new RealProber(), new ManualClock(), 0];
    prober.onProbe = () => (probes += 1);
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await prober.dispose();
  });

  function prove(port: number, until = signal): ReturnType<typeof proveServed> {
    return proveServed({ prober, clock }, { url: `http://127.0.0.1:${port}/mcp`, tailnet: here }, until);
  }

  it('calls again until it answers', async () => {
    const port = await closedPort();
    const proved = prove(port);
    await eventually('it waits for the next call', () => clock.pending === 1);
    server = await startClawql({ port });
    clock.advance(1_000);
    assert.equal((await proved).kind, 'answered');
    assert.equal(probes, 2);
  });

  it('gives up after some seconds, with what was seen last', async () => {
    const proved = prove(await closedPort());
    for (let second = 0; second < 6; second++) {
      await eventually('it waits for the next call', () => clock.pending === 1);
      clock.advance(1_000);
    }
    const outcome = await proved;
    assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'refused');
    assert.equal(clock.pending, 0);
  });

  it('does not wait for another thing that answers there, nor for nobody', async () => {
    server = await startClawql({ inFront: (_request, response) => void response.status(500).end() });
    const outcome = await prove(server.port);
    assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'http-status');
    assert.equal(probes, 1);
    const stop = new AbortController();
    const proved = prove(await closedPort(), stop.signal);
    await eventually('it waits for the next call', () => clock.pending === 1);
    stop.abort();
    assert.equal((await proved).kind, 'failed');
    assert.equal(clock.pending, 0);
  });
});
