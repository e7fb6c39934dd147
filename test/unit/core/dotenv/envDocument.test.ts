import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { effectiveEntries, parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { spanEnd, type Span } from '../../../../src/core/text.ts';
import { envFile, envFragment } from './envFiles.ts';

function slice(text: string, span: Span): string {
  return text.slice(span.offset, spanEnd(span));
}

function asDotenv(text: string): Record<string, string> {
  return Object.fromEntries(parseEnv(text).entries.map(({ name, value }) => [name, value]));
}

describe('envDocument', () => {
  it('reads what dotenv reads', () => {
    fc.assert(
      fc.property(envFile, (text) => {
        assert.deepEqual({ ...asDotenv(text) }, { ...dotenv.parse(text) });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads what dotenv reads in any characters at all', () => {
    const soup = fc.array(envFragment, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        assert.deepEqual({ ...asDotenv(text) }, { ...dotenv.parse(text) });
      }),
      { numRuns: 1000 },
    );
  });

  it('gives spans that slice to the name and to the raw value', () => {
    fc.assert(
      fc.property(envFile, (text) => {
        let position = 0;
        for (const entry of parseEnv(text).entries) {
          const raw = slice(text, entry.rawSpan);
          const inner = slice(text, entry.valueSpan);
          assert.equal(slice(text, entry.nameSpan), entry.name);
          assert.equal(raw, (entry.quote ?? '') + inner + (entry.quote ?? ''));
          // Written out alone, the raw value still means the same: the span is the whole of it.
          assert.equal(dotenv.parse(`X=${raw}`)['X'], entry.value);
          if (entry.quote === undefined) assert.equal(inner.trim(), inner);
          if (entry.quote !== '"' && !inner.includes('\u2028') && !inner.startsWith('"')) {
            assert.equal(inner.replace(/\r\n?/g, '\n'), entry.value);
          }
          assert.ok(entry.nameSpan.offset >= position && spanEnd(entry.nameSpan) <= entry.rawSpan.offset);
          position = spanEnd(entry.rawSpan);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('knows each form that the documentation names', () => {
    const text = [
      '\ufeffA=1\r\n',
      'export B = two words \r\n',
      'C: http://h/p#frag\r\n',
      "D='it # stays'\r\n",
      'E="one\r\ntwo\\nthree" # comment\r\n',
      'F="unterminated\r\n',
      '# G=no\r\n',
      'H=`"both\'`\r\n',
      'A=last',
    ].join('');
    assert.deepEqual(asDotenv(text), {
      A: 'last',
      B: 'two words',
      C: 'http://h/p',
      D: 'it # stays',
      E: 'one\ntwo\nthree',
      F: '"unterminated',
      H: '"both\'',
    });
    const quotes = parseEnv(text).entries.map((entry) => entry.quote);
    assert.deepEqual(quotes, [undefined, undefined, undefined, "'", '"', undefined, '`', undefined]);
  });

  it('lets the last assignment of a name count', () => {
    const document = parseEnv('A=1\nB=2\nA=3\n');
    assert.deepEqual(
      effectiveEntries(document).map(({ name, value }) => [name, value]),
      [
        ['B', '2'],
        ['A', '3'],
      ],
    );
  });

  it('takes time in proportion to the text where dotenv would not', () => {
    const blank = '\n'.repeat(400_000);
    assert.deepEqual(parseEnv(`${blank}A="x${blank}`).entries[0]?.value, '"x');
    assert.equal(parseEnv(`A='${"\\'\n".repeat(200_000)}`).entries.length, 1);
  });
});
