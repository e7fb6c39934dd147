import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import { Agent, buildConnector, fetch as undiciFetch } from 'undici';

import { roundTripOf } from '../../../../src/node/mcp/roundTrip.ts';
import { startHttp, type FaultyServer } from '../../support/faultyServer.ts';

/** Milliseconds that a connection takes, and the server. */
const [far, busy] = [500, 50];

describe('roundTripOf', () => {
  let server: FaultyServer;
  let agent: Agent;
  beforeEach(async () => {
    server = await startHttp((_request, response) => void setTimeout(() => response.end('ok'), busy));
    const connect = buildConnector({});
    agent = new Agent({ connect: (options, callback) => void setTimeout(() => connect(options, callback), far) });
  });
  afterEach(() => Promise.all([agent.destroy(), server.close()]));

  const ask = async (mark: string): Promise<string> => {
    const response = await undiciFetch(server.origin, { headers: { 'x-mark': mark }, dispatcher: agent });
    return response.text();
  };

  it('leaves the making of the connection out', async () => {
    const { value, roundTripMs } = await roundTripOf('one', () => ask('one'));
    assert.equal(value, 'ok');
    assert.ok(roundTripMs >= busy - 5 && roundTripMs < far, `${roundTripMs} ms`);
  });

  it('is the whole time where nothing tells when the request went out', async () => {
    const { roundTripMs } = await roundTripOf('another', () => ask('one'));
    assert.ok(roundTripMs >= far + busy - 10, `${roundTripMs} ms`);
  });

  it("hears of Node's own fetch too", async () => {
    const { roundTripMs } = await roundTripOf('own', async () => {
      await delay(far);
      await (await fetch(server.origin, { headers: { 'x-mark': 'own' } })).text();
    });
    assert.ok(roundTripMs >= busy - 5 && roundTripMs < far, `${roundTripMs} ms`);
  });
});
