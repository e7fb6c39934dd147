import assert from 'node:assert/strict';

import { tcpTo } from '../../../../src/node/examiner/tcp.ts';
import { closedPort } from '../../support/closedPort.ts';
import { eventually } from '../../support/eventually.ts';
import { startTcp } from '../../support/faultyServer.ts';
import { assertNothingMoreThan, resources } from '../../support/resources.ts';
import { silentPort, type SilentPort } from '../../support/silentPort.ts';

describe('tcpTo', () => {
  const signal = new AbortController().signal;
  const place = (port: number, address = '127.0.0.1') => ({ hostname: 'clawql-1.test', address, port });
  let atFirst: readonly string[];
  beforeEach(async () => {
    atFirst = await resources();
  });
  afterEach(() => assertNothingMoreThan(atFirst));

  it('finds an open port at the address and not at the name, sends nothing, and hangs up', async () => {
    let received = 0;
    let isGone = false;
    const server = await startTcp((socket) => {
      socket.on('data', ({ length }) => (received += length));
      socket.once('close', () => (isGone = true));
    });
    try {
      assert.deepEqual(await tcpTo(place(server.port), signal), { kind: 'open', address: '127.0.0.1' });
      await eventually('the connection is gone', () => isGone);
      assert.deepEqual([received, server.connections], [0, 1]);
    } finally {
      await server.close();
    }
  });

  it('tells a closed port', async () => {
    const seen = await tcpTo(place(await closedPort()), signal);
    assert.ok(seen.kind === 'refused', seen.kind);
    assert.match(seen.detail, /ECONNREFUSED/);
  });

  it('tells an address to which there is no way', async () => {
    // Multicast, with which there is no connection (RFC 9293 section 3.9.2.3).
    const seen = await tcpTo(place(80, '224.0.0.1'), signal);
    assert.ok(seen.kind === 'unreachable', seen.kind);
    assert.match(seen.detail, /ENETUNREACH|EHOSTUNREACH|EINVAL|EADDRNOTAVAIL|EACCES/);
  });

  it('looks up no name', async () => {
    const seen = await tcpTo(place(80, 'localhost'), signal);
    assert.deepEqual(seen, { kind: 'unreachable', detail: 'localhost is no address' });
  });

  describe('at a port that never answers', function () {
    let silent: SilentPort;
    before(async function () {
      if (process.platform !== 'linux') this.skip();
      silent = await silentPort();
    });
    after(() => silent.close());

    it('gives up after its time', async () => {
      const seen = await tcpTo(place(silent.port), signal, 150);
      assert.ok(seen.kind === 'silent', seen.kind);
      assert.ok(seen.afterMs >= 140 && seen.afterMs < 2_000, String(seen.afterMs));
    });

    it('ends with its caller', async () => {
      const ended = new AbortController();
      const seen = tcpTo(place(silent.port), ended.signal);
      ended.abort();
      const { kind } = await seen;
      assert.equal(kind, 'silent');
      assert.deepEqual(await tcpTo(place(silent.port), ended.signal), { kind: 'silent', afterMs: 0 });
    });
  });
});
