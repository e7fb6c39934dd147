import assert from 'node:assert/strict';

import type { WrittenEntry } from '../../../../src/core/entries/writtenEntry.ts';
import { ledgerIn, type FileLedger } from '../../../../src/services/entries/fileLedger.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

const key = 'clawql.writtenEntries';
const entry = (uri: string, name = 'clawql', url = 'http://h/mcp'): WrittenEntry => ({
  uri,
  format: 'vscode',
  key: name,
  form: 'literal',
  content: { type: 'http', url, headers: { Authorization: 'Bearer x' } },
  meaning: { type: 'http', url, headers: { Authorization: 'Bearer x', 'X-Team': 1 } },
});

const told = (ledger: FileLedger): readonly string[] =>
  ledger.entries.map(({ uri, key: name, content }) => `${uri} ${name} ${JSON.stringify(content['url'])}`);

describe('FileLedger', () => {
  it('keeps what was written beyond a restart', async () => {
    const storage = new MemoryStorage();
    const created: WrittenEntry = { ...entry('file:///a'), created: { folder: 'file:///w/.vscode' } };
    const edited: WrittenEntry = {
      ...entry('file:///b'),
      levels: 2,
      undo: [{ span: { offset: 3, length: 2 }, text: 'x' }],
      replaced: '{}',
    };
    const variable: WrittenEntry = {
      ...entry('file:///.env', 'CLAWQL_MCP_URL'),
      format: 'dotenv',
      meaning: 'http://h',
    };
    for (const one of [created, edited, variable]) await ledgerIn(storage).put(one);
    assert.deepEqual(ledgerIn(storage).entries, [created, edited, variable]);
    assert.deepEqual(ledgerIn(storage).find('file:///b', 'clawql'), edited);
    assert.equal(ledgerIn(storage).find('file:///b', 'other'), undefined);
  });

  it('has one entry a file and key, in the order in which they were written', async () => {
    const ledger = ledgerIn(new MemoryStorage());
    await ledger.put(entry('file:///a'));
    await ledger.put(entry('file:///a', 'other'));
    await ledger.put(entry('file:///b'));
    await ledger.put(entry('file:///a', 'clawql', 'http://new/mcp'));
    assert.deepEqual(told(ledger), [
      'file:///a other "http://h/mcp"',
      'file:///b clawql "http://h/mcp"',
      'file:///a clawql "http://new/mcp"',
    ]);
  });

  it('leaves an entry in its place that says something else now', async () => {
    const ledger = ledgerIn(new MemoryStorage());
    await ledger.put(entry('file:///a'));
    await ledger.put(entry('file:///b'));
    await ledger.replace(entry('file:///a', 'clawql', 'http://new/mcp'));
    assert.deepEqual(told(ledger), ['file:///a clawql "http://new/mcp"', 'file:///b clawql "http://h/mcp"']);
    await ledger.drop(entry('file:///a'));
    await ledger.replace(entry('file:///a'));
    assert.deepEqual(told(ledger), ['file:///b clawql "http://h/mcp"', 'file:///a clawql "http://h/mcp"']);
  });

  it('leaves nothing in the store when the last entry goes', async () => {
    const storage = new MemoryStorage();
    const ledger = ledgerIn(storage);
    await ledger.put(entry('file:///a'));
    await ledger.drop(entry('file:///b'));
    assert.equal(ledger.entries.length, 1);
    await ledger.drop(entry('file:///a'));
    assert.deepEqual(storage.keys, []);
  });

  it('sees at once what another ledger over the same store has written', async () => {
    const storage = new MemoryStorage();
    const [one, other] = [ledgerIn(storage), ledgerIn(storage)];
    await Promise.all([one.put(entry('file:///a')), other.put(entry('file:///b')), one.put(entry('file:///c'))]);
    await Promise.all([one.drop(entry('file:///a')), other.replace(entry('file:///c', 'clawql', 'http://new/mcp'))]);
    assert.deepEqual(told(other), ['file:///b clawql "http://h/mcp"', 'file:///c clawql "http://new/mcp"']);
    assert.deepEqual(one.entries, other.entries);
  });

  it('has no entry where the store holds something else', () => {
    for (const stored of ['x', 7, {}, [{}], [{ ...entry('file:///a'), content: 'no' }]]) {
      assert.deepEqual(ledgerIn(new MemoryStorage({ [key]: stored })).entries, [], JSON.stringify(stored));
    }
  });

  it('loses to another version only what that one wrote', () => {
    const earlier = { uri: 'file:///a', dialect: 'vscode', key: 'clawql', properties: {}, definition: {} };
    const stored = new MemoryStorage({ [key]: [earlier, entry('file:///b')] });
    assert.deepEqual(ledgerIn(stored).entries, [entry('file:///b')]);
  });
});
