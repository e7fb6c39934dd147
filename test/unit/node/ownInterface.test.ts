import assert from 'node:assert/strict';

import { ownInterface } from '../../../src/node/ownInterface.ts';
import { startClawql, type ClawqlServer } from '../../support/clawql/server.ts';
import { closedPort } from '../support/closedPort.ts';

const name = 'laptop.tail0a1b2c.ts.net';

describe('ownInterface', () => {
  const { signal } = new AbortController();
  const loopback = ownInterface();
  let servers: readonly ClawqlServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.close()));
    servers = [];
  });

  async function clawql(options: Parameters<typeof startClawql>[0] = {}): Promise<number> {
    const server = await startClawql(options);
    servers = [...servers, server];
    return server.port;
  }

  it('finds the ports at which something listens', async () => {
    const [open, closed] = [await clawql(), await closedPort()];
    assert.deepEqual(await loopback.listening([closed, open], signal), [open]);
  });

  it('sees whether the server answers who asks for it under another name', async () => {
    assert.equal(await loopback.answersTo(name, await clawql(), signal), 'yes');
    assert.equal(await loopback.answersTo(name, await clawql({ mcpHost: '127.0.0.1' }), signal), 'no');
    assert.equal(await loopback.answersTo('localhost', await clawql({ mcpHost: '127.0.0.1' }), signal), 'yes');
    assert.equal(servers.at(0)?.requests.at(-1)?.headers['host'], name);
  });

  it('does not know it of what is closed, silent, or no ClawQL', async () => {
    assert.equal(await loopback.answersTo(name, await closedPort(), signal), 'unknown');
    const forbidden = await clawql({ inFront: (_request, response) => void response.status(403).end('no') });
    assert.equal(await loopback.answersTo(name, forbidden, signal), 'unknown');
    const silent = await clawql({ inFront: () => undefined });
    assert.equal(await loopback.answersTo(name, silent, AbortSignal.timeout(200)), 'unknown');
  });
});
