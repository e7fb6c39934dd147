import assert from 'node:assert/strict';

import { loginPage } from '../../../../../src/core/tailnet/join/loginPage.ts';
import { tailscaleServer } from '../../../../../src/core/tailnet/join/upArguments.ts';

const own = 'https://headscale.example.com:8443';

describe('loginPage', () => {
  const pages: readonly (readonly [string, string, boolean])[] = [
    ['https://login.tailscale.com/a/0123', tailscaleServer, true],
    ['https://login.tailscale.com/a/0123', '', true],
    ['http://login.tailscale.com/a/0123', tailscaleServer, false],
    ['https://login.tailscale.com.example/a/0123', tailscaleServer, false],
    ['https://eviltailscale.com/a/0123', tailscaleServer, false],
    [`${own}/register/hskey-authreq-x`, own, true],
    [`${own}/register/hskey-authreq-x`, `${own}/path`, true],
    ['https://headscale.example.com/register/x', own, false],
    ['https://login.tailscale.com/a/0123', own, false],
    ['https://sso.example.com/start', own, false],
  ];
  for (const [url, server, isExpected] of pages) {
    it(`${isExpected ? 'expects' : 'asks about'} ${url} of ${server || 'no server'}`, () => {
      assert.deepEqual(loginPage(url, server), { url, host: new URL(url).host, isExpected });
    });
  }

  for (const url of [
    '',
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'javascript:0',
    'vscode://x/y',
    'https://a@login.tailscale.com/',
    '//x',
  ]) {
    it(`is nothing for ${JSON.stringify(url)}`, () => assert.equal(loginPage(url, tailscaleServer), undefined));
  }
});
