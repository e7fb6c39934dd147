import fc from 'fast-check';

/** Hosts as people and programs spell them: what the parser takes, what it refuses, and what lies between. */

const base = fc.constantFrom<(value: number) => string>(
  (value) => String(value),
  (value) => `0${value.toString(8)}`,
  (value) => `0x${value.toString(16)}`,
  (value) => `0X${value.toString(16).toUpperCase()}`,
);

const dot = fc.constantFrom('.', '.', '.', '。', '．', '｡', '%2e', '%2E');

/** The last part takes all that the parts before it leave: `127.1`, `2130706433`. Every part in a base of its own. */
export function ipv4Spelling(dotted: string): fc.Arbitrary<string> {
  const bytes = dotted.split('.').map(Number);
  const parts = fc.integer({ min: 1, max: 4 }).map((count) => {
    const last = bytes.slice(count - 1).reduce((value, byte) => value * 256 + byte, 0);
    return [...bytes.slice(0, count - 1), last];
  });
  return fc
    .tuple(parts, fc.array(base, { minLength: 4, maxLength: 4 }), dot, fc.constantFrom('', '.'))
    .map(([values, bases, separator, end]) => {
      return values.map((value, index) => bases[index]?.(value) ?? '').join(separator) + end;
    });
}

/** Any way to write the same name: case, percent encoding, fullwidth letters, other dots, one dot at the end. */
export function nameSpelling(name: string): fc.Arbitrary<string> {
  const way = fc.constantFrom('as it is', 'upper', 'percent', 'wide');
  return fc
    .tuple(fc.array(way, { minLength: name.length, maxLength: name.length }), dot, fc.constantFrom('', '.'))
    .map(([ways, separator, end]) => {
      const characters = Array.from(name).map((character, index) => {
        if (character === '.') return separator;
        const code = character.charCodeAt(0);
        switch (ways[index]) {
          case 'upper':
            return character.toUpperCase();
          case 'percent':
            return `%${code.toString(16).padStart(2, '0')}`;
          case 'wide':
            return /[a-z0-9]/.test(character) ? String.fromCharCode(code + 0xfee0) : character;
          default:
            return character;
        }
      });
      return characters.join('') + end;
    });
}

/** User and port round a host. */
export function inAuthority(host: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('', '', 'me@', 'me:pw@', 'a@b@', ':@', '%40@'),
      host,
      fc.constantFrom('', '', ':', ':80', ':8080', ':65535'),
    )
    .map((parts) => parts.join(''));
}

const piece = fc.oneof(
  fc.constantFrom(
    'a',
    'Z',
    '0',
    '9',
    '-',
    '_',
    '.',
    '..',
    'xn--',
    'ü',
    'ß',
    '漢',
    '。',
    '\u00ad',
    '\u200d',
    '%',
    '%41',
    '%2e',
    '%00',
  ),
  fc.constantFrom(
    '*',
    '$',
    '{',
    '}',
    '<',
    '>',
    '[',
    ']',
    ':',
    '@',
    '^',
    '|',
    ' ',
    '\t',
    '"',
    "'",
    ',',
    ';',
    '!',
    '~',
    '&',
    '=',
    '+',
  ),
  fc.constantFrom(
    'localhost',
    'ts',
    'net',
    'com',
    '0x',
    '0177',
    '127',
    '255',
    '256',
    '4294967296',
    '/',
    '\\',
    '?',
    '#',
    '\u{1f600}',
    '\ud800',
  ),
);

/** Anything that could stand where a host does. */
export const anyHost: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: inAuthority(fc.domain()) },
  { weight: 2, arbitrary: inAuthority(fc.ipV4Extended()) },
  { weight: 2, arbitrary: inAuthority(fc.ipV6().map((text) => `[${text}]`)) },
  fc
    .array(fc.constantFrom('a', 'b'.repeat(63), 'c'.repeat(64)), { minLength: 1, maxLength: 6 })
    .map((labels) => labels.join('.')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
