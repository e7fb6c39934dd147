import fc from 'fast-check';

/** One change of a text; offsets and lengths are cut to the text. */
export type Mutation =
  | { readonly kind: 'delete' | 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly at: number }
  | { readonly kind: 'swap'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'crlf' | 'lone-cr' | 'bom' };

const position = fc.noBias(fc.nat(1 << 24));

/** What editors, copying and other programs leave in files. */
const oddTexts: readonly string[] = [
  ...[
    '\u0000',
    '\uFEFF',
    '\uD800',
    '\uDC00',
    '\uD83D\uDE00',
    '\u2028',
    '\u0085',
    '\u200B',
    '\u202E',
    '\u00A0',
    'e\u0301',
    'İ',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\u',
    '\\ud800',
    '\\n',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '=',
    '#',
    '//',
    '/*',
    '*/',
    '$',
    '${',
    '}}',
    '&a',
    '*a',
    '|',
    '%',
    '@',
  ],
  ...['\n', '\r\n', '\r', '\t', ' ', '\n\n---\n', 'export ', '# clawql-ignore', '// clawql-ignore localhost-url\n'],
  ...[
    'http://',
    'http://[::1',
    'http://[fd7a:115c:a1e0::1]:8080/mcp',
    'http://user:hunter22@100.64.0.7/',
    'xn--a',
    '１２７.0.0.1',
  ],
  ...[
    'CLAWQL_MCP_URL=',
    '\nCLAWQL_X=1\n',
    '"clawql": ',
    '${env:CLAWQL_MCP_URL}',
    '"__proto__": ',
    'constructor',
    '1e999',
    '-',
  ],
];

const deep: readonly string[] = ['[', '{"a":', '{', '(', '- ', '${', '"', '\\', '\n  ', '['.repeat(5)];

const insertion: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...deep), fc.noBias(fc.constantFrom(10, 100, 1_000, 4_000)))
      .map(([text, times]) => text.repeat(times)),
  },
);

/** A mutation; what it inserts may be a piece of one of `parts`. */
export function mutation(parts: readonly string[]): fc.Arbitrary<Mutation> {
  const length = fc.oneof(fc.noBias(fc.nat(12)), fc.noBias(fc.nat(300)));
  const piece = fc
    .record({ part: fc.constantFrom(...parts), at: position, length })
    .map((cut) => sliceAt(cut.part, cut.at, cut.length));
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('delete', 'repeat'), at: position, length }),
    fc.record({ kind: fc.constant('swap'), at: position, length, to: position }),
    fc.record({ kind: fc.constant('insert'), at: position, text: insertion }),
    fc.record({ kind: fc.constant('insert'), at: position, text: piece }),
    fc.oneof(
      fc.record({ kind: fc.constant('truncate'), at: position }),
      fc.record({ kind: fc.constantFrom('crlf', 'lone-cr', 'bom') }),
    ),
  );
}

export function mutated(text: string, change: Mutation): string {
  const at = 'at' in change ? change.at % (text.length + 1) : 0;
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (change.kind) {
    case 'crlf':
      return text.replaceAll('\n', '\r\n');
    case 'lone-cr':
      return text.replaceAll('\n', '\r');
    case 'bom':
      return `\uFEFF${text}`;
    case 'insert':
      return before + change.text + after;
    case 'delete':
      return before + after.slice(change.length);
    case 'repeat':
      return before + after.slice(0, change.length) + after;
    case 'truncate':
      return before;
    case 'swap': {
      const rest = before + after.slice(change.length);
      const to = change.to % (rest.length + 1);
      return rest.slice(0, to) + after.slice(0, change.length) + rest.slice(to);
    }
  }
}

function sliceAt(text: string, at: number, length: number): string {
  const start = at % text.length;
  return text.slice(start, start + length);
}
