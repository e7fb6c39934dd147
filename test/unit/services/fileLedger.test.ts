import assert from 'node:assert/strict';

import type { WrittenEntry } from '../../../src/core/mcp/writtenEntry.ts';
import { FileLedger } from '../../../src/services/fileLedger.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';

const key = 'clawql.writtenEntries';
const entry = (uri: string, name = 'clawql', url = 'http://h/mcp'): WrittenEntry => ({
  uri,
  dialect: 'vscode',
  key: name,
  properties: { type: 'http', url },
  definition: { type: 'http', url, headers: { 'X-Team': '1' } },
});

describe('FileLedger', () => {
  it('keeps what was written beyond a restart', async () => {
    const storage = new MemoryStorage();
    const created: WrittenEntry = { ...entry('file:///a'), created: { folder: '/w/.vscode' } };
    const edited: WrittenEntry = {
      ...entry('file:///b'),
      undo: [{ span: { offset: 3, length: 2 }, text: 'x' }],
      replaced: '{}',
    };
    await new FileLedger(storage).put(created);
    await new FileLedger(storage).put(edited);
    assert.deepEqual(new FileLedger(storage).entries, [created, edited]);
    assert.deepEqual(new FileLedger(storage).find('file:///b', 'clawql'), edited);
    assert.equal(new FileLedger(storage).find('file:///b', 'other'), undefined);
  });

  it('has one entry a file and key', async () => {
    const ledger = new FileLedger(new MemoryStorage());
    await ledger.put(entry('file:///a'));
    await ledger.put(entry('file:///a', 'other'));
    await ledger.put(entry('file:///b'));
    await ledger.put(entry('file:///a', 'clawql', 'http://new/mcp'));
    assert.deepEqual(
      ledger.entries.map(({ uri, key: name, properties }) => `${uri} ${name} ${properties['url']}`).toSorted(),
      ['file:///a clawql http://new/mcp', 'file:///a other http://h/mcp', 'file:///b clawql http://h/mcp'],
    );
  });

  it('leaves nothing in the store when the last entry goes', async () => {
    const storage = new MemoryStorage();
    const ledger = new FileLedger(storage);
    await ledger.put(entry('file:///a'));
    await ledger.drop(entry('file:///b'));
    assert.equal(ledger.entries.length, 1);
    await ledger.drop(entry('file:///a'));
    assert.deepEqual(storage.keys, []);
  });

  it('has no entry where the store holds something else', () => {
    for (const stored of ['x', 7, {}, [{}], [{ ...entry('file:///a'), properties: 'no' }]]) {
      assert.deepEqual(new FileLedger(new MemoryStorage({ [key]: stored })).entries, [], JSON.stringify(stored));
    }
  });
});
