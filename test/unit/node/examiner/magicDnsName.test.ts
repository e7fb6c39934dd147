import assert from 'node:assert/strict';

import { magicDnsName } from '../../../../src/node/examiner/magicDnsName.ts';
import { closedPort } from '../../support/closedPort.ts';
import { startDnsServer, type DnsAnswer, type DnsServer } from '../../support/dnsServer.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNothingMoreThan, resources } from '../../support/resources.ts';

const name = 'clawql-1.tail1a2b3.ts.net';

describe('magicDnsName', () => {
  const signal = new AbortController().signal;
  let answer: DnsAnswer;
  let server: DnsServer;
  let before: readonly string[];

  beforeEach(async () => {
    server = await startDnsServer(() => answer);
    before = await resources();
  });
  afterEach(async () => {
    await assertNothingMoreThan(before);
    await server.close();
  });

  it('gives the IPv4 addresses, and asks no further', async () => {
    answer = ['100.90.0.2', '100.90.0.3', 'fd7a:115c:a1e0::5a01:2'];
    assert.deepEqual(await magicDnsName(name, signal, server.address), {
      kind: 'addresses',
      addresses: ['100.90.0.2', '100.90.0.3'],
    });
    assert.deepEqual(server.questions, [`A ${name}`]);
  });

  it('gives the IPv6 addresses of a name that has no others', async () => {
    answer = ['fd7a:115c:a1e0::5a01:2'];
    assert.deepEqual(await magicDnsName(name, signal, server.address), {
      kind: 'addresses',
      addresses: ['fd7a:115c:a1e0::5a01:2'],
    });
    assert.deepEqual(server.questions, [`A ${name}`, `AAAA ${name}`]);
  });

  it('says of a name that is not there, and of one without an address, that it is unknown', async () => {
    answer = 'no-such-name';
    assert.deepEqual(await magicDnsName(name, signal, server.address), { kind: 'unknown-name' });
    answer = [];
    assert.deepEqual(await magicDnsName(name, signal, server.address), { kind: 'unknown-name' });
  });

  for (const [code, word] of [
    [2, 'ESERVFAIL'],
    [5, 'EREFUSED'],
  ] as const) {
    it(`says that it got no answer, and why, by ${word}`, async () => {
      answer = { code };
      const seen = await magicDnsName(name, signal, server.address);
      assert.ok(seen.kind === 'silent', seen.kind);
      assert.match(seen.detail, new RegExp(word));
    });
  }

  it('says that nobody listens', async () => {
    const seen = await magicDnsName(name, signal, `127.0.0.1:${await closedPort()}`);
    assert.ok(seen.kind === 'silent', seen.kind);
    assert.match(seen.detail, /ECONNREFUSED/);
  });

  it('gives up on a server that is silent', async () => {
    answer = 'silence';
    const started = performance.now();
    const seen = await magicDnsName(name, signal, server.address);
    assert.ok(seen.kind === 'silent', seen.kind);
    assert.match(seen.detail, /ETIMEOUT/);
    // Node looks at the time once a second.
    assert.ok(performance.now() - started < 3_500);
  });

  it('ends with its caller, and asks nobody for one that has ended', async () => {
    answer = 'silence';
    const ended = new AbortController();
    const seen = magicDnsName(name, ended.signal, server.address);
    await eventually('it was asked', () => server.questions.length === 1);
    ended.abort();
    assert.equal((await seen).kind, 'silent');
    assert.equal((await magicDnsName(name, ended.signal, server.address)).kind, 'silent');
    assert.equal(server.questions.length, 1);
  });

  it('never rejects, not even for a name that can be none', async () => {
    for (const one of ['', 'a b', 'x'.repeat(300), '..']) {
      answer = 'no-such-name';
      const { kind } = await magicDnsName(one, signal, server.address);
      assert.ok(kind === 'silent' || kind === 'unknown-name', one.slice(0, 20));
    }
  });
});
