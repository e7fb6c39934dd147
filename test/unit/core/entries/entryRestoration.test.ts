import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { format as formatJson } from 'jsonc-parser';
import type { EntryFormat } from '../../../../src/core/entries/entryFormat.ts';
import { isOurs, replacedBy, restorePlan, rewritten } from '../../../../src/core/entries/entryRestoration.ts';
import { serverFormat } from '../../../../src/core/entries/serverFormat.ts';
import { variableFormat } from '../../../../src/core/entries/variableFormat.ts';
import type { WrittenEntry } from '../../../../src/core/entries/writtenEntry.ts';
import type { WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { dialectById, writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import type { JsonRecord } from '../../../../src/core/mcp/jsonLayout.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { applied, meaning, tokensOf } from '../mcp/editChecks.ts';
import { anyAddition, anyEdit, propertiesFor, url } from '../mcp/mcpFiles.ts';
import { writeEntry } from './writeEntry.ts';

const other = 'https://clawql-2.example.ts.net/clawql/mcp';
const variable = 'CLAWQL_MCP_URL';

function written(id: string): WrittenDialect {
  const dialect = writtenDialects.find((one) => one === dialectById(id));
  assert.ok(dialect, id);
  return dialect;
}

function restored(entry: WrittenEntry, format: EntryFormat, text: string): string {
  return applied(text, restorePlan(entry, format, text));
}

/** As the formatter of an editor leaves a file: the same, in another layout. */
function formatted(text: string): string {
  const edits = formatJson(text, undefined, { insertSpaces: true, tabSize: 3, eol: '\n', insertFinalNewline: true });
  return edits
    .toReversed()
    .reduce((all, { offset, length, content }) => all.slice(0, offset) + content + all.slice(offset + length), text);
}

function contentOf(format: EntryFormat, endpoint: string): JsonRecord {
  const content = format.contentOf({ url: endpoint }, 'literal');
  assert.ok(content);
  return content;
}

/** The entry is written once more, as for another selection. */
function rewrite(format: EntryFormat, text: string, known: WrittenEntry, content: JsonRecord): [string, WrittenEntry] {
  const after = applied(text, format.upsert(text, known.key, content));
  const { uri, key, form } = known;
  const now = { uri, key, format: format.id, form, content, meaning: format.find(after, key)?.meaning };
  return [after, rewritten(known, format, text, now)];
}

describe('restorePlan', () => {
  it('leads back to the byte, whatever stood in the file, the entry too', () => {
    fc.assert(
      fc.property(anyEdit, ({ dialect, text: before, properties }) => {
        const format = serverFormat(dialect);
        const { text, entry } = writeEntry(format, before, 'clawql', properties);
        assert.ok(isOurs(text, format, entry));
        if (text !== before) assert.equal(restored(entry, format, text), before);
      }),
      { numRuns: 1000 },
    );
  });

  it('leads back to the byte in an empty file and in one of comments', () => {
    for (const dialect of writtenDialects) {
      const format = serverFormat(dialect);
      for (const before of ['', '\ufeff', ' \r\n', '// mine', '{}', '{ }\n']) {
        const { text, entry } = writeEntry(format, before, 'clawql', propertiesFor(dialect));
        assert.equal(restored(entry, format, text), before, JSON.stringify(before));
      }
    }
  });

  it("takes the entry out of a file that was formatted since, with the objects made for it, and keeps the user's text", () => {
    fc.assert(
      fc.property(anyAddition, ({ dialect, text: before, properties }) => {
        const format = serverFormat(dialect);
        const { text, entry } = writeEntry(format, before, 'clawql', properties);
        const now = formatted(text);
        assert.ok(isOurs(now, format, entry));
        const result = restored(entry, format, now);
        assert.deepEqual(meaning(result), meaning(before));
        if (now !== text) assert.deepEqual(tokensOf(result), tokensOf(formatted(before)));
      }),
      { numRuns: 1000 },
    );
  });

  it("puts the user's entry back into a file that was formatted since", () => {
    fc.assert(
      fc.property(anyEdit, ({ dialect, text: before, properties }) => {
        const format = serverFormat(dialect);
        const replaced = format.find(before, 'clawql');
        fc.pre(replaced !== undefined);
        const { text, entry } = writeEntry(format, before, 'clawql', properties);
        fc.pre(text !== before);
        const result = restored(entry, format, formatted(text));
        assert.deepEqual(meaning(result), meaning(before));
        const own = format.find(result, 'clawql');
        assert.ok(own && entry.replaced !== undefined);
        assert.deepEqual(tokensOf(result.slice(own.span.offset, spanEnd(own.span))), tokensOf(entry.replaced));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps what the user added since, beside the entry and round it', () => {
    const dialect = written('vscodeWorkspace');
    const format = serverFormat(dialect);
    const { text, entry } = writeEntry(format, '{\n  "folders": []\n}\n', 'clawql', propertiesFor(dialect));
    const beside = text.replace('"servers": {', '"servers": {\n        // mine\n        "a": {},');
    assert.deepEqual(meaning(restored(entry, format, beside)), {
      folders: [],
      settings: { mcp: { servers: { a: {} } } },
    });
    assert.match(restored(entry, format, beside), /\/\/ mine/);
    const around = text.replace('"settings": {', '"settings": {\n    "editor.tabSize": 2,');
    assert.equal(
      restored(entry, format, around),
      '{\n  "folders": [],\n  "settings": {\n    "editor.tabSize": 2\n  }\n}\n',
    );
    const above = `// mine\n${text}`;
    assert.equal(restored(entry, format, above), '// mine\n{\n  "folders": []\n}\n');
  });

  it('does not trust edits that do not fit the text any more', () => {
    const dialect = written('cursor');
    const format = serverFormat(dialect);
    const { text, entry } = writeEntry(format, '{"mcpServers": {"a": {}}}', 'clawql', propertiesFor(dialect));
    const wrong: readonly WrittenEntry['undo'][] = [
      undefined,
      [],
      [{ span: { offset: text.length, length: 9 }, text: '' }],
      [{ span: { offset: 0, length: text.length }, text: '{}' }],
    ];
    for (const undo of wrong) {
      const { undo: own, ...rest } = entry;
      assert.ok(own);
      const result = restored(undo === undefined ? rest : { ...rest, undo }, format, text);
      // What the edits lead to must give this very text again once the entry is written: else only the entry goes.
      assert.deepEqual(meaning(result), { mcpServers: { a: {} } }, JSON.stringify(undo));
    }
  });

  it('leads back to the byte in a .env file, and takes only the variable out of one that was changed since', () => {
    const before = '\ufeffA="x" # y\r\nB=2';
    const { text, entry } = writeEntry(variableFormat, before, variable, contentOf(variableFormat, url));
    assert.deepEqual({ ...dotenv.parse(text) }, { A: 'x', B: '2', [variable]: url });
    assert.equal(restored(entry, variableFormat, text), before);
    assert.equal(restored(entry, variableFormat, `# mine\r\n${text}\r\nC=3`), `# mine\r\n${before}\r\nC=3`);
  });

  it("puts the user's value back into a .env file that was changed since, with its quotes", () => {
    const before = `${variable}='http://mine/#x' # mine\n`;
    const { text, entry } = writeEntry(variableFormat, before, variable, contentOf(variableFormat, url));
    assert.equal(restored(entry, variableFormat, text), before);
    assert.equal(restored(entry, variableFormat, `A=1\n${text}`), `A=1\n${before}`);
  });
});

describe('rewritten', () => {
  it('still leads back to the byte after the entry has followed other selections', () => {
    fc.assert(
      fc.property(
        anyAddition,
        fc.array(fc.constantFrom(url, other, 'http://h/'), { minLength: 1, maxLength: 4 }),
        (file, urls) => {
          const { dialect, text: before, properties } = file;
          const format = serverFormat(dialect);
          let { text, entry } = writeEntry(format, before, 'clawql', properties);
          for (const endpoint of urls) {
            const headers = properties['headers'] === undefined ? {} : { headers: properties['headers'] };
            [text, entry] = rewrite(format, text, entry, { ...contentOf(format, endpoint), ...headers });
            assert.ok(isOurs(text, format, entry));
          }
          assert.equal(restored(entry, format, text), before);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("keeps what leads back to the user's own entry where the file was changed round ours", () => {
    const dialect = written('cursor');
    const format = serverFormat(dialect);
    const mine = '{ "command": "mine" }';
    const first = writeEntry(format, `{"mcpServers": {"clawql": ${mine}}}`, 'clawql', propertiesFor(dialect));
    const now = `// mine\n${formatted(first.text)}`;
    const [text, entry] = rewrite(format, now, first.entry, contentOf(format, other));
    assert.deepEqual([entry.replaced, entry.levels, entry.undo], [mine, 0, undefined]);
    assert.deepEqual(meaning(restored(entry, format, text)), { mcpServers: { clawql: { command: 'mine' } } });
  });

  it('keeps how many objects were made, where the file was changed round them', () => {
    const dialect = written('vscodeWorkspace');
    const format = serverFormat(dialect);
    const first = writeEntry(format, '{"folders":[]}', 'clawql', propertiesFor(dialect));
    const [text, entry] = rewrite(format, formatted(first.text), first.entry, contentOf(format, other));
    assert.deepEqual([entry.levels, entry.replaced], [3, undefined]);
    assert.deepEqual(meaning(restored(entry, format, text)), { folders: [] });
  });

  it('keeps that a file was made for the entry, and needs no more to take it back', () => {
    const dialect = written('vscode');
    const format = serverFormat(dialect);
    const { text, entry } = writeEntry(format, '', 'clawql', propertiesFor(dialect));
    const { undo, levels, ...rest } = entry;
    assert.ok(undo && levels);
    const created = { folder: 'file:///w/.vscode' };
    const [after, now] = rewrite(format, text, { ...rest, created }, contentOf(format, other));
    assert.deepEqual([now.created, now.undo, now.levels], [created, undefined, undefined]);
    assert.equal(format.isEmpty(restored(now, format, after)), true);
  });

  it('follows in a .env file too', () => {
    const before = 'A=1';
    const first = writeEntry(variableFormat, before, variable, contentOf(variableFormat, url));
    const [text, entry] = rewrite(variableFormat, first.text, first.entry, contentOf(variableFormat, other));
    assert.deepEqual({ ...dotenv.parse(text) }, { A: '1', [variable]: other });
    assert.equal(restored(entry, variableFormat, text), before);
  });
});

describe('isOurs', () => {
  const dialect = written('cursor');
  const format = serverFormat(dialect);
  const { text, entry } = writeEntry(format, '{"mcpServers": {"a": {}}}', 'clawql', propertiesFor(dialect));

  it('holds as long as the entry says the same, however it is laid out and whatever stands round it', () => {
    for (const now of [text, formatted(text), `// mine\n${text}`, text.replace('"a": {}', '"b": {}')]) {
      assert.equal(isOurs(now, format, entry), true, now);
    }
  });

  it('holds no more once the entry says another thing, or is gone', () => {
    const changed = [
      text.replace(url, other),
      text.replace('{ "url"', '{ "disabled": true, "url"'),
      text.replace('clawql"', 'mine"'),
      '{}',
      '',
    ];
    for (const now of changed) {
      assert.notEqual(now, text);
      assert.equal(isOurs(now, format, entry), false, now);
    }
  });

  it("keeps of the user's entry the text that stood there", () => {
    const mine = '{ /* mine */ "url": "x" }';
    const before = `{"mcpServers": {"clawql": ${mine}}}`;
    assert.deepEqual(replacedBy(before, format.find(before, 'clawql')), { replaced: mine });
    assert.deepEqual(replacedBy(before, format.find(before, 'other')), {});
  });
});
