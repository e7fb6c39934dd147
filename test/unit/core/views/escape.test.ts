import assert from 'node:assert/strict';

import fc from 'fast-check';

import { escapeHtml, escapeIcons, escapeMarkdown, escapePasted } from '../../../../src/core/views/escape.ts';
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

  it('shows at most 300 characters, or as many as are wanted, whole ones, and where it ends too early', () => {
    assert.equal(seen(escapeMarkdown('x'.repeat(300))), 'x'.repeat(300));
    assert.equal(seen(escapeMarkdown('x'.repeat(301))), `${'x'.repeat(299)}…`);
    assert.equal(seen(escapeMarkdown('x'.repeat(900), 1_000)), 'x'.repeat(900));
    for (const escape of [escapeMarkdown, escapeIcons]) {
      const cut = seen(escape(`${'x'.repeat(298)}\u{1f600}xx`));
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

describe('escapeHtml', () => {
  it('leaves no character that begins a tag or an entity, or ends an attribute', () => {
    fc.assert(
      fc.property(text, (of) => {
        const escaped = escapeHtml(of, 300);
        assert.doesNotMatch(escaped.replace(/&#\d+;/g, ''), /[<>&"'`]/);
        assert.doesNotMatch(escaped, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows the text as it was written, as much of it as is wanted', () => {
    const plain = `clawql-1 (5.0.0) & <b class="x" id='y'>`;
    assert.equal(seen(escapeHtml(plain, 100)), plain);
    assert.equal(seen(escapeHtml(`${plain}${plain}`, 9)), 'clawql-1…');
  });
});

describe('escapePasted', () => {
  it('leaves names, URLs and sentences as they are', () => {
    for (const plain of [
      'clawql-1.tail1a2b3.ts.net answers at http://clawql-1:8080/mcp, version 5.0.0 (12 ms).',
      'CLAWQL_MCP_HOST is 100.64.0.2:8080; alice@example.com + 3 others, at 50% = half!',
      '100.64.0.2',
      '12 ms',
    ]) {
      assert.equal(escapePasted(plain, 300), plain);
    }
  });

  it('leaves nothing that is markup in its place', () => {
    fc.assert(
      fc.property(text, (of) => {
        const rest = escapePasted(of, 300).replace(/\\[!-/:-@[-`{-~]/g, '.');
        assert.doesNotMatch(rest, /[\\`*[\]{}<>~|$&]|(?<![a-z\d])_|_(?![a-z\d])/i);
        assert.doesNotMatch(rest, /^(?:\s|[#+=-]|\d+[.)](?:\s|$))/);
      }),
      { numRuns: 1_000 },
    );
  });
});
