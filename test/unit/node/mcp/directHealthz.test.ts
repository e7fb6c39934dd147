import assert from 'node:assert/strict';

import { directHealthz } from '../../../../src/node/mcp/directHealthz.ts';
import { startClawql } from '../../../support/clawql/server.ts';
import { closedPort } from '../../support/closedPort.ts';

describe('directHealthz', () => {
  const look = (url: string) => directHealthz((place, init) => fetch(place, init), url, new AbortController().signal);

  it('says that ClawQL answers, and asks for nothing else', async () => {
    const server = await startClawql({ address: '127.0.0.1' });
    assert.deepEqual(await look(server.url), { kind: 'answered' });
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/healthz'],
    );
    await server.close();
  });

  it('says why it does not', async () => {
    const seen = await look(`http://127.0.0.1:${await closedPort()}/mcp`);
    assert.ok(seen.kind === 'failed' && seen.failure.kind === 'refused');
  });
});
