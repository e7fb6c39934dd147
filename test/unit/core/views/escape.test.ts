import assert from 'node:assert/strict';

import fc from 'fast-check';

import { escapeIcons, escapeMarkdown } from '../../../../src/core/views/escape.ts';
import { hostile } from '../../support/hostileTexts.ts';

/** What a reader sees of escaped text: the entities as the characters that they stand for. */
function seen(escaped: string): string {
  return escaped.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.constantFrom(...hostile, 'a', ' ', '\n', '$', '(', '&', '#', ';'), { maxLength: 6 })
    .map((all) => all.join('')),
);

describe('escapeMarkdown', () => {
  it('leaves no character that begins markup, a link, an image, an icon or an entity', () => {
    fc.assert(
      fc.property(text, (of) => {
        const rest = escapeMarkdown(of).replace(/&#\d+;/g, '');
        assert.doesNotMatch(rest, /[\\`*_{}[\]()#+\-.!|<>~$&:]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves one line, without control and bidirectional formatting characters', () => {
    fc.assert(
      fc.property(text, (of) => {
        for (const escaped of [escapeMarkdown(of), escapeIcons(of)]) {
          assert.doesNotMatch(escaped.replaceAll('\u200b', ''), /[\p{Cc}\p{Cf}\u2028\u2029]/u);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows the text as it was written', () => {
    const plain = 'clawql-1 (5.0.0) at http://h:8080/mcp: it_is *well* & <fine> $(pass) #1!';
    assert.equal(seen(escapeMarkdown(plain)), plain);
  });

  it('shows at most 300 characters, whole ones', () => {
    assert.equal(seen(escapeMarkdown('x'.repeat(1_000))), 'x'.repeat(300));
    for (const escape of [escapeMarkdown, escapeIcons]) {
      const cut = seen(escape(`${'x'.repeat(299)}\u{1f600}`));
      assert.ok(cut.isWellFormed(), 'half of a surrogate pair is left');
    }
  });

  it('leaves an empty text empty', () => assert.equal(escapeMarkdown(''), ''));
});

describe('escapeIcons', () => {
  it('leaves no icon', () => {
    fc.assert(
      fc.property(text, (of) => assert.doesNotMatch(escapeIcons(of), /\$\(/)),
      { numRuns: 1_000 },
    );
    assert.equal(escapeIcons('$(pass) ok').replace('\u200b', ''), '$(pass) ok');
  });

  it('leaves everything else as it is', () => {
    assert.equal(escapeIcons('clawql-1 · 12 ms: *well* (a) $5'), 'clawql-1 · 12 ms: *well* (a) $5');
  });
});
