import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseEnv, type EnvEntry } from '../../../../src/core/dotenv/envDocument.ts';
import { setEnvPart } from '../../../../src/core/dotenv/envEdits.ts';
import { innerSpan, valueOffsets } from '../../../../src/core/dotenv/innerText.ts';
import { applyEdits, spanEnd } from '../../../../src/core/text.ts';

function entryOf(text: string): EnvEntry {
  const entry = parseEnv(text).entries.at(-1);
  assert.ok(entry);
  return entry;
}

/** What stands in the file for a part of the value. */
function written(text: string, part: string): string | undefined {
  const entry = entryOf(text);
  const offset = entry.value.indexOf(part);
  const span = innerSpan(valueOffsets(text, entry) ?? [], { offset, length: part.length });
  return span && text.slice(span.offset, spanEnd(span));
}

function replaced(text: string, part: string, by: string): string | undefined {
  const entry = entryOf(text);
  const edit = setEnvPart(text, entry, { offset: entry.value.indexOf(part), length: part.length }, by);
  return edit && applyEdits(text, [edit]);
}

describe('innerText', () => {
  it('finds a part of a value in any quotes', () => {
    for (const quote of ['', "'", '`', '"']) {
      assert.equal(written(`\ufeffA=1\r\nX=${quote}one two${quote} # two\n`, 'two'), 'two');
    }
  });

  it('finds it behind line ends and what dotenv expands', () => {
    assert.equal(written('X="a\\nb\\rtwo"', 'two'), 'two');
    assert.equal(written("X='a\r\nb\rtwo'", 'b\ntwo'), 'b\rtwo');
    assert.equal(written("X='a\\ntwo'", '\\ntwo'), '\\ntwo');
    assert.equal(written('X="a\\ntwo"', 'a\n'), 'a\\n');
  });

  it('gives up where a value is not what stands between its quotes', () => {
    const text = "X=\"'a'\n'b'\"";
    const entry = entryOf(text);
    const offsets = valueOffsets(text, entry);
    assert.equal(offsets === undefined, entry.value !== "'a'\n'b'");
  });

  it('has one place for each unit of a value, in their order', () => {
    const piece = fc.constantFrom('a', '\\n', '\\r', '\\', 'n', '\r\n', '\r', '\n', '"', "'", '`', '#', ' ', '[');
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('', '"', "'", '`'), (pieces, quote) => {
        const text = `A=1\nX=${quote}${pieces.join('')}${quote}\nB=2`;
        for (const entry of parseEnv(text).entries) {
          const offsets = valueOffsets(text, entry);
          if (offsets === undefined) continue;
          assert.equal(offsets.length, entry.value.length + 1);
          assert.ok(offsets.every((offset, index) => index === 0 || offset > (offsets[index - 1] ?? offset)));
          assert.equal(offsets.at(-1), spanEnd(entry.valueSpan));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('setEnvPart', () => {
  it('changes the part alone', () => {
    assert.equal(replaced('X=\'[\r\n"a"]\' # a\r\n', 'a', 'b'), 'X=\'[\r\n"b"]\' # a\r\n');
    assert.equal(replaced('X="[\\n1, a]"', 'a', 'b'), 'X="[\\n1, b]"');
  });

  it('changes the whole value where its quotes cannot hold the new part', () => {
    assert.equal(replaced('X=a,two', 'two', '#2'), "X='a,#2'");
    assert.equal(replaced("X='a,two'", 'two', "it's"), "X=a,it's");
  });

  it('changes nothing where no form can hold it', () => {
    assert.equal(replaced('X=a,two', 'two', '#\'"`'), undefined);
  });
});
