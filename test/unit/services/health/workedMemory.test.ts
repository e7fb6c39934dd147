import assert from 'node:assert/strict';

import type { Worked } from '../../../../src/core/diagnosis/worked.ts';
import { WorkedMemory } from '../../../../src/services/health/workedMemory.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

const key = 'clawql.worked';

function worked(at: number, parts: Partial<Worked> = {}): Worked {
  return {
    at,
    hostId: 'n1',
    url: 'http://clawql-1.example.ts.net:8080/mcp',
    label: 'clawql-1',
    addresses: ['100.64.0.2'],
    tags: [],
    server: { name: 'clawql-mcp', version: '5.0.0' },
    tools: ['search'],
    ...parts,
  };
}

describe('WorkedMemory', () => {
  it('remembers for the next window how a server was when it worked last', () => {
    const storage = new MemoryStorage();
    new WorkedMemory(storage).note(worked(1_000));
    assert.deepEqual(new WorkedMemory(storage).of('n1', 100_000), worked(1_000));
    assert.equal(new WorkedMemory(storage).of('n2', 100_000), undefined);
  });

  it('writes once a minute while nothing is new, and at once when something is', () => {
    const storage = new MemoryStorage();
    const memory = new WorkedMemory(storage);
    memory.note(worked(1_000));
    memory.note(worked(60_000));
    assert.equal(memory.of('n1', 100_000)?.at, 1_000);
    memory.note(worked(61_000));
    assert.equal(memory.of('n1', 100_000)?.at, 61_000);
    memory.note(worked(62_000, { label: 'archive' }));
    assert.deepEqual(memory.of('n1', 100_000), worked(62_000, { label: 'archive' }));
  });

  it('lets nothing older replace what is newer', () => {
    const memory = new WorkedMemory(new MemoryStorage());
    memory.note(worked(5_000));
    memory.note(worked(4_000, { label: 'older' }));
    assert.equal(memory.of('n1', 100_000)?.label, 'clawql-1');
  });

  it('takes what another version wrote for nothing, and keeps twenty', async () => {
    const storage = new MemoryStorage();
    await storage.update(key, [{ hostId: 'n1' }, worked(1), 'x']);
    const memory = new WorkedMemory(storage);
    assert.deepEqual(memory.of('n1', 100_000), worked(1));
    for (let index = 0; index < 25; index++) memory.note(worked(10 + index, { hostId: `h${index}` }));
    assert.equal((storage.get(key) as unknown[]).length, 20);
    assert.equal(memory.of('n1', 100_000), undefined);
  });

  it('keeps tools that are gone in mind until they come back, and for a day at most', () => {
    const memory = new WorkedMemory(new MemoryStorage());
    memory.note(worked(1_000, { tools: ['search', 'memory_recall'] }));
    memory.note(worked(2_000));
    memory.note(worked(62_000));
    assert.deepEqual(memory.of('n1', 70_000)?.lost, { tools: ['memory_recall'], at: 2_000 });
    assert.equal(memory.of('n1', 2_000 + 86_400_000)?.lost, undefined);
    memory.note(worked(200_000, { tools: ['search', 'memory_recall'] }));
    assert.equal(memory.of('n1', 200_000)?.lost, undefined);
  });
});
