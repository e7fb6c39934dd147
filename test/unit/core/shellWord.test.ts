import assert from 'node:assert/strict';

import { commandLine, shellWord } from '../../../src/core/shellWord.ts';

describe('shellWord', () => {
  it('leaves a command of Tailscale as people type it', () => {
    const argv = ['tailscale', 'serve', '--bg', '--https=443', '--set-path=/clawql', 'http://127.0.0.1:8080'];
    assert.equal(commandLine(argv), argv.join(' '));
  });

  it('quotes what a shell would read otherwise', () => {
    for (const word of ['', 'a b', 'a=b', '--x=$(y)', '~', '*', '&&', '--text=a b', '`id`']) {
      assert.equal(shellWord(word), `'${word}'`);
    }
    assert.equal(shellWord("it's"), String.raw`'it'\''s'`);
  });
});
