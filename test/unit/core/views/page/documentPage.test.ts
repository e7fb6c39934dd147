import assert from 'node:assert/strict';
import { Script } from 'node:vm';

import { diagnosePage } from '../../../../../src/core/views/diagnose/diagnoseHtml.ts';
import { documentPage } from '../../../../../src/core/views/page/documentPage.ts';
import { documentScript } from '../../../../../src/core/views/page/documentPageScript.ts';

const page = documentPage(diagnosePage('ClawQL: Diagnose'), 'n0nce');

describe('documentPage', () => {
  it('loads nothing, and runs and styles by its nonce alone', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    assert.equal(policy, "default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'");
    assert.doesNotMatch(page, /\b(?:src|style|on\w+)=/);
    assert.equal(page.match(/<script nonce="n0nce">/g)?.length, 1);
    assert.equal(page.match(/<style nonce="n0nce">/g)?.length, 1);
    assert.doesNotMatch(page, /url\(|@import/);
  });

  it('sets the policy before anything that it governs', () => {
    assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<style'));
  });

  it('has a place for each part, of which the verdict is read aloud', () => {
    const regions = [...page.matchAll(/<section id="(\w+)"( role="status" aria-live="polite" aria-atomic="true")?>/g)];
    assert.deepEqual(
      regions.map(([, id, live]) => [id, live !== undefined]),
      [
        ['verdict', true],
        ['controls', false],
        ['steps', false],
        ['details', false],
      ],
    );
  });

  it('has colours of the theme alone', () => {
    const [, style = ''] = /<style[^>]*>([^<]*)<\/style>/.exec(page) ?? [];
    assert.doesNotMatch(style, /#[\da-f]{3}|rgb|hsl/i);
    for (const [, value = ''] of style.matchAll(/(?:^|[; {])(?:color|background): ([^;]+);/g)) {
      assert.match(value, /^var\(--vscode-[\w-]+(?:, var\(--vscode-[\w-]+\))?\)$/);
    }
  });

  it('has a script that is one', () => assert.doesNotThrow(() => new Script(documentScript)));
});
