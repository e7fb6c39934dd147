import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expand, type Expanded, type Expansion } from '../../../../src/core/mcp/expansion.ts';
import { cpuTime } from '../../../support/cpuTime.ts';

const variables = { HOST: 'h', PORT: '8080', URL: 'http://h:8080/mcp', EMPTY: '', REF: '${HOST}', NOT_SET: undefined };

/** What differs from a text without any reference. */
function expanded(text: string, expansion: Expansion): Partial<Expanded> {
  const { text: result, names, unset, foreign } = expand(text, expansion, variables);
  return {
    text: result,
    ...(names.length === 0 ? {} : { names }),
    ...(unset.length === 0 ? {} : { unset }),
    ...(foreign.length === 0 ? {} : { foreign }),
  };
}

type Row = readonly [text: string, result: Partial<Expanded>];

const rows: Readonly<Record<Expansion, readonly Row[]>> = {
  env: [
    ['${env:URL}', { text: 'http://h:8080/mcp', names: ['URL'] }],
    ['http://${env:HOST}:${env:PORT}/mcp', { text: 'http://h:8080/mcp', names: ['HOST', 'PORT'] }],
    ['http://${env:GONE}/mcp', { text: 'http:///mcp', names: ['GONE'], unset: ['GONE'] }],
    ['http://${env:NOT_SET}/mcp', { text: 'http:///mcp', names: ['NOT_SET'], unset: ['NOT_SET'] }],
    ['http://${env:EMPTY}/mcp', { text: 'http:///mcp', names: ['EMPTY'] }],
    ['${env:HOST:-x}', { text: '', names: ['HOST:-x'], unset: ['HOST:-x'] }],
    ['${env:}', { text: '', names: [''], unset: [''] }],
    ['${env:REF}', { text: '${HOST}', names: ['REF'] }],
    ['http://${input:host}/mcp', { text: 'http://${input:host}/mcp', foreign: ['${input:host}'] }],
    [
      '${workspaceFolder}${command:x}${file:/x}${HOST}${env:HOST}',
      {
        text: '${workspaceFolder}${command:x}${file:/x}${HOST}h',
        names: ['HOST'],
        foreign: ['${workspaceFolder}', '${command:x}', '${file:/x}', '${HOST}'],
      },
    ],
    ['http://$HOST/{env:HOST}', { text: 'http://$HOST/{env:HOST}' }],
    ['http://h/${env:HOST', { text: 'http://h/${env:HOST' }],
  ],
  shell: [
    ['${URL}', { text: 'http://h:8080/mcp', names: ['URL'] }],
    ['http://${HOST}:${PORT:-1}/mcp', { text: 'http://h:8080/mcp', names: ['HOST', 'PORT'] }],
    ['${GONE:-http://x}', { text: 'http://x', names: ['GONE'] }],
    ['${GONE:-}', { text: '', names: ['GONE'] }],
    ['${NOT_SET:-x}', { text: 'x', names: ['NOT_SET'] }],
    ['http://${GONE}/mcp', { text: 'http://${GONE}/mcp', names: ['GONE'], unset: ['GONE'] }],
    ['http://${EMPTY:-x}/mcp', { text: 'http:///mcp', names: ['EMPTY'] }],
    ['${REF}', { text: '${HOST}', names: ['REF'] }],
    ['${env:HOST}', { text: '${env:HOST}', foreign: ['${env:HOST}'] }],
    ['${GONE-x}${1A}', { text: '${GONE-x}${1A}', foreign: ['${GONE-x}', '${1A}'] }],
    ['http://$HOST/mcp', { text: 'http://$HOST/mcp' }],
    ['http://h/${HOST', { text: 'http://h/${HOST' }],
  ],
  dollar: [
    ['$URL', { text: 'http://h:8080/mcp', names: ['URL'] }],
    ['http://$HOST:${PORT}/mcp', { text: 'http://h:8080/mcp', names: ['HOST', 'PORT'] }],
    ['${GONE:-http://x}', { text: 'http://x', names: ['GONE'] }],
    ['${PORT:-1}', { text: '8080', names: ['PORT'] }],
    ['$GONE/$HOST', { text: '$GONE/h', names: ['GONE', 'HOST'], unset: ['GONE'] }],
    ['$GONE:-x', { text: '$GONE:-x', names: ['GONE'], unset: ['GONE'] }],
    ['$HOSTNAME', { text: '$HOSTNAME', names: ['HOSTNAME'], unset: ['HOSTNAME'] }],
    ['${env:HOST}', { text: '${env:HOST}', foreign: ['${env:HOST}'] }],
    ['http://h/$', { text: 'http://h/$' }],
  ],
  brace: [
    ['{env:URL}', { text: 'http://h:8080/mcp', names: ['URL'] }],
    ['http://{env:HOST}:{env:PORT}/mcp', { text: 'http://h:8080/mcp', names: ['HOST', 'PORT'] }],
    ['http://{env:GONE}/mcp', { text: 'http:///mcp', names: ['GONE'], unset: ['GONE'] }],
    ['http://{file:~/.host}/mcp', { text: 'http://{file:~/.host}/mcp', foreign: ['{file:~/.host}'] }],
    ['${HOST}', { text: '${HOST}' }],
    ['${env:HOST}', { text: '$h', names: ['HOST'] }],
    ['{other:x}{env:HOST', { text: '{other:x}{env:HOST' }],
  ],
  none: [
    ['${URL}', { text: '${URL}' }],
    ['http://$HOST/${env:HOST}{env:HOST}', { text: 'http://$HOST/${env:HOST}{env:HOST}' }],
  ],
};
const expansions = Object.keys(rows) as readonly Expansion[];

for (const expansion of expansions) {
  describe(`expand as "${expansion}"`, () => {
    for (const [text, result] of rows[expansion]) {
      it(`makes ${JSON.stringify(result.text)} of ${JSON.stringify(text)}`, () => {
        assert.deepEqual(expanded(text, expansion), result);
      });
    }

    it('leaves a text without references as it is', () => {
      for (const text of ['', 'http://h:8080/mcp', '}{', 'http://h/%24%7B'])
        assert.deepEqual(expanded(text, expansion), { text });
    });

    it('takes what every object has for no variable', () => {
      for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
        const { names, unset } = expand(
          ['${env:', '${', '$', '{env:'].map((open) => `${open}${name}}`).join(' '),
          expansion,
          variables,
        );
        assert.deepEqual(unset, names);
      }
    });

    it('never throws, names what it leaves, and replaces nothing else', () => {
      const part = fc.constantFrom(
        '${env:',
        '${',
        '$',
        '{env:',
        '{file:',
        '}',
        ':-',
        'HOST',
        'GONE',
        '${input:x}',
        ' ',
        '\n',
        'a',
        '😀',
      );
      const text = fc.oneof(
        fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')),
        fc.string({ unit: 'binary' }),
      );
      fc.assert(
        fc.property(text, (of) => {
          const { text: result, names, unset, foreign } = expand(of, expansion, variables);
          for (const name of unset) assert.ok(names.includes(name));
          for (const name of names) assert.ok(of.includes(name));
          for (const reference of foreign) assert.ok(of.includes(reference) && result.includes(reference));
          if (names.length === 0) assert.equal(result, of);
        }),
        { numRuns: 1000 },
      );
    });

    it('takes time in proportion to the text, however it is made', () => {
      const pieces = [
        '${',
        '${env:',
        '{env:',
        '{file:',
        '$',
        '$a',
        '${a',
        '${a:-',
        '${a:-b}',
        '{',
        '}',
        '${}',
        '${env:a}',
        '${A',
        'a',
      ];
      for (const piece of pieces) {
        for (const end of ['', '}', ' ']) {
          const hostile = piece.repeat(Math.ceil(100_000 / piece.length)) + end;
          const ms = cpuTime(() => expand(hostile, expansion, variables));
          assert.ok(ms < 1_000, `${piece}…${end}: ${ms} ms`);
        }
      }
    });
  });
}
