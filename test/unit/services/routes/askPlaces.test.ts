import assert from 'node:assert/strict';
import net from 'node:net';
import { once } from 'node:events';

import { placeKey } from '../../../../src/core/routes/asking.ts';
import { tcpTo } from '../../../../src/node/examiner/tcp.ts';
import { askPlaces } from '../../../../src/services/routes/askPlaces.ts';
import { closedPort } from '../../support/closedPort.ts';

const examiner = { tcp: tcpTo };

describe('askPlaces', () => {
  const bytes: Buffer[] = [];
  let server: net.Server;
  let port: number;
  let connections = 0;

  beforeEach(async () => {
    connections = 0;
    bytes.length = 0;
    server = net.createServer((socket) => {
      connections += 1;
      socket.on('data', (data) => bytes.push(data));
      socket.on('error', () => socket.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  it('tells a port that answers from one at which nothing listens, and sends nothing', async () => {
    const open = { address: '127.0.0.1', port };
    const closed = { address: '127.0.0.1', port: await closedPort() };
    const answers = await askPlaces(examiner, [open, closed], new AbortController().signal);
    assert.deepEqual(answers.get(placeKey(open)), { kind: 'open', address: '127.0.0.1' });
    assert.deepEqual(answers.get(placeKey(closed)), { kind: 'closed', address: '127.0.0.1', how: 'refused' });
    assert.deepEqual(bytes, []);
  });

  it('asks no more than a bounded number of places, and says so of the others', async () => {
    const places = Array.from({ length: 40 }, (_, index) => ({ address: `127.0.0.${index + 1}`, port }));
    const answers = await askPlaces(examiner, places, new AbortController().signal);
    const left = places.filter((place) => answers.get(placeKey(place))?.kind === 'not-asked');
    assert.equal(left.length, 8);
    assert.deepEqual(answers.get(placeKey(places[39]!)), { kind: 'not-asked', why: 'too-many' });
  });

  it('claims nothing of what was ended before it answered', async () => {
    const place = { address: '127.0.0.1', port };
    const answers = await askPlaces(examiner, [place], AbortSignal.abort());
    assert.deepEqual(answers.get(placeKey(place)), { kind: 'not-asked', why: 'not-yet' });
    assert.equal(connections, 0);
  });
});
