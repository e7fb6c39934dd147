import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryFormats } from '../../../../src/core/entries/entryFormats.ts';
import { decodeWrittenEntry, type WrittenEntry } from '../../../../src/core/entries/writtenEntry.ts';
import { writeEntry } from './writeEntry.ts';

function stored(entry: unknown): unknown {
  return JSON.parse(JSON.stringify(entry));
}

const entry: WrittenEntry = {
  uri: 'file:///w/.vscode/mcp.json',
  format: 'vscode',
  key: 'clawql',
  form: 'variable',
  content: { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp', headers: { Authorization: 'Bearer x' } },
  meaning: { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp', dev: { watch: ['a', 1, null] } },
  levels: 1,
  replaced: '{ "url": "mine" }',
  undo: [{ span: { offset: 4, length: 2 }, text: '\ufeff' }],
};

describe('decodeWrittenEntry', () => {
  it('reads what was stored, of every format and with every part', () => {
    assert.deepEqual(decodeWrittenEntry(stored(entry)), entry);
    for (const format of entryFormats) {
      for (const form of ['literal', 'variable'] as const) {
        const content = format.contentOf({ url: 'http://h:8080/mcp', wantsToken: true }, form);
        assert.ok(content);
        const { entry: written } = writeEntry(format, '', 'CLAWQL', content);
        assert.deepEqual(decodeWrittenEntry(stored({ ...written, form })), stored({ ...written, form }), format.id);
      }
    }
    for (const created of [{}, { folder: 'file:///w/.vscode' }]) {
      const { undo, levels, replaced, ...made } = { ...entry, created };
      assert.ok(undo && levels && replaced);
      assert.deepEqual(decodeWrittenEntry(stored(made)), made);
    }
  });

  it('is undefined for what another version wrote', () => {
    const { uri, key, undo } = entry;
    const before = { uri, dialect: 'vscode', key, properties: { url: 'x' }, definition: { url: 'x' }, undo };
    assert.equal(decodeWrittenEntry(before), undefined);
    const wrong: readonly unknown[] = [
      undefined,
      null,
      'x',
      [],
      {},
      { ...entry, uri: 1 },
      { ...entry, format: undefined },
      { ...entry, form: 'symbolic' },
      { ...entry, content: { url: 1 } },
      { ...entry, content: { headers: { a: { b: null } } } },
      { ...entry, content: 'x' },
      { ...entry, levels: 0.5 },
      { ...entry, created: true },
      { ...entry, undo: [{ span: { offset: '0', length: 1 }, text: '' }] },
      { ...entry, undo: {} },
    ];
    for (const one of wrong) assert.equal(decodeWrittenEntry(one), undefined, JSON.stringify(one));
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(entry)), fc.jsonValue(), (name, value) => {
        const decoded = decodeWrittenEntry({ ...entry, [name]: value });
        if (decoded !== undefined) assert.deepEqual(decoded, { ...entry, [name]: value });
        decodeWrittenEntry(value);
      }),
      { numRuns: 1000 },
    );
  });
});
