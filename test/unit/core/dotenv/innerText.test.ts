import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { innerSpans } from '../../../../src/core/dotenv/innerText.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { envFile } from './envFiles.ts';

/** What stands in the text where a part of the first value stands. */
function written(text: string, part: string): string | undefined {
  const [entry] = parseEnv(text).entries;
  assert.ok(entry);
  assert.ok(entry.value.includes(part));
  const span = innerSpans(text, entry)({ offset: entry.value.indexOf(part), length: part.length });
  return span && text.slice(span.offset, spanEnd(span));
}

describe('innerSpans', () => {
  it('finds a part of a value in all three quotes and in none', () => {
    for (const quote of ['', "'", '"', '`'])
      assert.equal(written(`\ufeffexport A = ${quote}one two${quote} # c`, 'two'), 'two');
    assert.equal(written('A=\t{"a":1} ', '"a"'), '"a"');
  });

  it('knows that one line end of a value is two characters of the text', () => {
    assert.equal(written("A='one\r\ntwo'", 'two'), 'two');
    assert.equal(written("A='one\r\ntwo'", 'e\nt'), 'e\r\nt');
    assert.equal(written("A='one\rtwo'", 'e\nt'), 'e\rt');
  });

  it('knows that double quotes expand \\n and \\r, and other ones do not', () => {
    assert.equal(written('A="one\\ntwo"', 'two'), 'two');
    assert.equal(written('A="one\\ntwo"', '\n'), '\\n');
    assert.equal(written('A="one\\r\\ntwo"', '\r\n'), '\\r\\n');
    assert.equal(written('A="\\\\n"', '\\\n'), '\\\\n');
    assert.equal(written("A='one\\ntwo'", '\\ntwo'), '\\ntwo');
    assert.equal(written('A="open\\nend', 'end'), 'end');
  });

  it('lies in the value, in the order of the value, and each character that is written as itself is found as itself', () => {
    let found = 0;
    fc.assert(
      fc.property(envFile, (text) => {
        for (const entry of parseEnv(text).entries) {
          const spanOf = innerSpans(text, entry);
          let end = entry.valueSpan.offset;
          for (let offset = 0; offset < entry.value.length; offset++) {
            const span = spanOf({ offset, length: 1 });
            if (span === undefined) {
              // Only an unquoted value can hold line ends of JavaScript that are none of dotenv's.
              assert.match(entry.value, /[\u2028\u2029]/);
              break;
            }
            found++;
            const meant = entry.value[offset] ?? '';
            const there = text.slice(span.offset, spanEnd(span));
            assert.equal(span.offset, end);
            if (meant !== '\n' && meant !== '\r') assert.equal(there, meant);
            else assert.ok(['\n', '\r', '\r\n', '\\n', '\\r'].includes(there), JSON.stringify(there));
            end = spanEnd(span);
          }
          if (entry.value !== '' && !/[\u2028\u2029]/.test(entry.value)) assert.equal(end, spanEnd(entry.valueSpan));
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(found > 1000, `${found} characters`);
  });
});
