import assert from 'node:assert/strict';

import { askSystem, resolveBySystem } from '../../../src/node/systemResolver.ts';

describe('resolveBySystem', () => {
  it('gives every address of a name', async () => {
    const addresses = await resolveBySystem('localhost');
    assert.ok(addresses.length > 0);
    for (const address of addresses) assert.ok(['127.0.0.1', '::1'].includes(address), address);
  });

  it('gives a literal address as it is', async () => {
    assert.deepEqual(await resolveBySystem('100.64.0.1'), ['100.64.0.1']);
    assert.deepEqual(await resolveBySystem('fd7a:115c:a1e0::1'), ['fd7a:115c:a1e0::1']);
  });

  it('gives none for a name that nobody knows or that can be none, and never rejects', async () => {
    for (const name of ['nobody.invalid', '', 'a b', 'x'.repeat(300), '..']) {
      assert.deepEqual(await resolveBySystem(name), [], JSON.stringify(name).slice(0, 40));
    }
  });
});

describe('askSystem', () => {
  it('tells addresses, a name that nobody knows, and silence', async () => {
    assert.deepEqual(await askSystem('100.64.0.1'), { kind: 'addresses', addresses: ['100.64.0.1'] });
    // RFC 6761 section 6.4: no resolver answers for it; without a network the resolver itself can be what does not answer.
    assert.match((await askSystem('nobody.invalid')).kind, /^(unknown-name|silent)$/);
    const impossible = await askSystem('x'.repeat(300));
    assert.notEqual(impossible.kind, 'addresses');
  });

  it('ends with its caller', async () => {
    const ended = new AbortController();
    const answer = askSystem('localhost', ended.signal);
    ended.abort();
    const silence = { kind: 'silent', detail: 'ended before an answer came' };
    assert.deepEqual(await answer, silence);
    assert.deepEqual(await askSystem('localhost', ended.signal), silence);
  });
});
