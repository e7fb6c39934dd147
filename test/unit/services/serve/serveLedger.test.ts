import assert from 'node:assert/strict';

import { ServeLedger, type ServedEntry } from '../../../../src/services/serve/serveLedger.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

const place = { protocol: 'https', host: 'laptop.tail1a2b3.ts.net', port: 443, mount: '/' } as const;
const entry: ServedEntry = { tailnet: 'alice@example.com', nodeId: 'n1', place, target: 'http://127.0.0.1:8080' };

describe('ServeLedger', () => {
  it('keeps what was put there by machine, one entry a place', async () => {
    const ledger = new ServeLedger(new MemoryStorage());
    const newer = { ...entry, target: 'http://127.0.0.1:3939' };
    const elsewhere = { ...entry, nodeId: 'n2' };
    for (const one of [entry, elsewhere, newer]) await ledger.add(one);
    assert.deepEqual(ledger.of('alice@example.com', 'n1'), [newer]);
    assert.deepEqual(ledger.of('alice@example.com', 'n2'), [elsewhere]);
    assert.deepEqual(ledger.of('bob@example.com', 'n1'), []);
    await ledger.remove(newer);
    assert.deepEqual(ledger.of('alice@example.com', 'n1'), []);
    assert.deepEqual(ledger.of('alice@example.com', 'n2'), [elsewhere]);
  });

  it('leaves nothing behind, and takes what another version wrote for nothing', async () => {
    const storage = new MemoryStorage();
    const ledger = new ServeLedger(storage);
    await ledger.add(entry);
    await ledger.remove(entry);
    assert.equal(storage.get('clawql.served'), undefined);
    await storage.update('clawql.served', [{ ...entry, place: { ...place, port: 0 } }]);
    assert.deepEqual(ledger.of('alice@example.com', 'n1'), []);
  });
});
