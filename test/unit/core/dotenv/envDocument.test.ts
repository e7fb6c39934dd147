import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { effectiveEntries, parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { spanEnd, type Span } from '../../../../src/core/text.ts';

function slice(text: string, span: Span): string {
  return text.slice(span.offset, spanEnd(span));
}

function asDotenv(text: string): Record<string, string> {
  return Object.fromEntries(parseEnv(text).entries.map(({ name, value }) => [name, value]));
}

const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
const name = fc.constantFrom('A', 'CLAWQL_MCP_URL', 'a.b-c', 'export', '1X', 'B');
const fragment = fc.constantFrom(
  ...[
    'http://h:1/p',
    '#',
    ' # c',
    "'",
    '"',
    '`',
    '\\',
    '\\n',
    '\\r',
    "\\'",
    '\\"',
    ' ',
    '\t',
    '=',
    ':',
    'x',
    '$',
    '${A}',
    'ü',
    '\u00a0',
  ],
  ...['\n', '\r\n', '\r', '\ufeff', 'export ', 'A=1', '\u2028'],
);
const value = fc.array(fragment, { maxLength: 6 }).map((parts) => parts.join(''));
const quoted = fc.tuple(fc.constantFrom("'", '"', '`'), value).map(([quote, text]) => quote + text + quote);
const assignment = fc
  .tuple(
    fc.constantFrom('', '', ' ', 'export ', 'export\t'),
    name,
    fc.constantFrom('=', ' = ', ': ', ':', '=\n', ':\r\n', ' ', '\n='),
    fc.oneof(value, quoted),
    fc.constantFrom('', '', ' ', ' # comment', '#c'),
  )
  .map((parts) => parts.join(''));
const line = fc.oneof({ weight: 4, arbitrary: assignment }, fc.constantFrom('', '# A=1', 'junk', '=x', ' '), value);
const file = fc
  .tuple(fc.constantFrom('', '\ufeff'), fc.array(fc.tuple(line, lineEnd), { maxLength: 8 }), line)
  .map(([mark, lines, last]) => mark + lines.flat().join('') + last);

describe('envDocument', () => {
  it('reads what dotenv reads', () => {
    fc.assert(
      fc.property(file, (text) => {
        assert.deepEqual({ ...asDotenv(text) }, { ...dotenv.parse(text) });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads what dotenv reads in any characters at all', () => {
    const soup = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        assert.deepEqual({ ...asDotenv(text) }, { ...dotenv.parse(text) });
      }),
      { numRuns: 1000 },
    );
  });

  it('gives spans that slice to the name and to the raw value', () => {
    fc.assert(
      fc.property(file, (text) => {
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
