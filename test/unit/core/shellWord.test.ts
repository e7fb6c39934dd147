import assert from 'node:assert/strict';

import { commandLine, powershellLine, shellWord } from '../../../src/core/shellWord.ts';

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

describe('powershellLine', () => {
  it('calls a program whose path has spaces, and quotes what PowerShell would read otherwise', () => {
    const program = String.raw`C:\Program Files\Tailscale\tailscale.exe`;
    const argv = [program, 'serve', '--bg', '--https=443', 'http://127.0.0.1:8080', "it's $HOME", '@x'];
    assert.equal(
      powershellLine(argv),
      String.raw`& 'C:\Program Files\Tailscale\tailscale.exe' serve --bg --https=443 http://127.0.0.1:8080 'it''s $HOME' '@x'`,
    );
    assert.equal(powershellLine(['tailscale', 'serve', 'status']), 'tailscale serve status');
    assert.equal(powershellLine([String.raw`C:\ts\tailscale.exe`, '']), String.raw`C:\ts\tailscale.exe ''`);
  });
});
