import assert from 'node:assert/strict';

import { resolveBySystem } from '../../../src/node/systemResolver.ts';

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
