import assert from 'node:assert/strict';

import { commandLink, commandUri } from '../../../../src/core/views/commandLink.ts';
import { hostile } from '../../support/hostileTexts.ts';
import { assertOnlyOwnMarkup } from '../../support/markup.ts';

/** What the editor calls a command with. Source: VS Code `openerService.ts` (CommandOpener). */
function called(uri: string): readonly [string, unknown] {
  const [, command = '', query = ''] = /^command:([\w.]+)(?:\?(.*))?$/.exec(uri) ?? [];
  return [command, query === '' ? [] : JSON.parse(decodeURIComponent(query))];
}

describe('commandUri', () => {
  const texts = ['tailscale up', 'a"b', "it's (so) * 100 %!", 'ä→😀', '', ...hostile];

  it('runs the command with the very texts', () => {
    for (const text of texts) {
      assert.deepEqual(called(commandUri('clawql.copyText', [text, 'x'])), ['clawql.copyText', [text, 'x']]);
    }
    assert.equal(commandUri('clawql.refresh', []), 'command:clawql.refresh');
  });

  it('holds nothing that ends a link, or stands for anything in Markdown', () => {
    for (const text of texts)
      assert.match(commandUri('clawql.copyText', [text]), /^command:clawql\.copyText\?[\w.%~-]+$/);
  });

  it('does not throw for half of a pair of surrogates', () => {
    assert.deepEqual(called(commandUri('clawql.copyText', ['a\ud800'])), ['clawql.copyText', ['a\ufffd']]);
  });
});

describe('commandLink', () => {
  it('is one link of Markdown with the title as text', () => {
    assert.equal(
      commandLink({ title: 'Open http.noProxy', command: 'clawql.openSetting', arguments: ['http.noProxy'] }),
      '[Open http&#46;noProxy](command:clawql.openSetting?%5B%22http.noProxy%22%5D)',
    );
  });

  it('stays that, whatever its texts are', () => {
    for (const text of hostile) {
      const link = commandLink({ title: text, command: 'clawql.copyText', arguments: [text] });
      const title = /^\[(.*)\]\(command:clawql\.copyText\?[\w.%~-]+\)$/s.exec(link)?.[1];
      assert.ok(title !== undefined, link);
      assertOnlyOwnMarkup(title);
    }
  });
});
