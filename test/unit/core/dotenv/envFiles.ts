import fc from 'fast-check';

const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
/** The names that stand in these files. */
export const envNames = ['A', 'CLAWQL_MCP_URL', 'a.b-c', 'export', '1X', 'B'] as const;
const name = fc.constantFrom(...envNames);
/** What stands in values, and between them. */
export const envFragment = fc.constantFrom(
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
const value = fc.array(envFragment, { maxLength: 6 }).map((parts) => parts.join(''));
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
/** A `.env` file in every form that dotenv takes, and in many that it skips. */
export const envFile: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '\ufeff'), fc.array(fc.tuple(line, lineEnd), { maxLength: 8 }), line)
  .map(([mark, lines, last]) => mark + lines.flat().join('') + last);
