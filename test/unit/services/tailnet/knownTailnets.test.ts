import assert from 'node:assert/strict';

import { KnownTailnets } from '../../../../src/services/tailnet/knownTailnets.ts';
import { tailnet } from '../../support/builders.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

describe('KnownTailnets', () => {
  const [home, work] = [
    tailnet([], { name: 'alice@example.com', suffix: 'tail1a2b3.ts.net' }),
    tailnet([], { name: 'example.org', suffix: 'corp.ts.net' }),
  ];

  it('knows the suffixes of the tailnets that were seen, but not the present one', async () => {
    const storage = new MemoryStorage();
    const known = new KnownTailnets(storage);
    await known.note(home);
    await known.note(work);
    assert.deepEqual([...known.othersThan('example.org')], [['tail1a2b3.ts.net', 'alice@example.com']]);
    assert.deepEqual([...new KnownTailnets(storage).othersThan('alice@example.com')], [['corp.ts.net', 'example.org']]);
    assert.equal(known.othersThan(undefined).size, 2);
  });

  it('follows a tailnet to its new suffix, and writes only what is new', async () => {
    const storage = new MemoryStorage();
    const known = new KnownTailnets(storage);
    await known.note(home);
    await storage.update('clawql.knownTailnets', undefined);
    await known.note(home);
    assert.deepEqual(storage.keys, [], 'what is noted already is written again');
    await known.note({ ...home, suffix: 'renamed.ts.net' });
    assert.deepEqual([...known.othersThan(undefined)], [['renamed.ts.net', 'alice@example.com']]);
  });

  it('keeps no tailnet without names, and no more than twenty', async () => {
    const known = new KnownTailnets(new MemoryStorage());
    await known.note({ ...home, suffix: '' });
    assert.equal(known.othersThan(undefined).size, 0);
    for (let index = 0; index < 25; index++)
      await known.note({ ...home, name: `t${index}`, suffix: `t${index}.ts.net` });
    assert.equal(known.othersThan(undefined).size, 20);
  });
});
