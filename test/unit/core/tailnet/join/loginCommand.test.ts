import assert from 'node:assert/strict';

import { loginCommand, loginServer } from '../../../../../src/core/tailnet/join/loginCommand.ts';
import { tailscaleServer } from '../../../../../src/core/tailnet/join/upArguments.ts';

describe('loginServer', () => {
  const taken = [
    'https://headscale.example.com',
    'http://10.99.0.1:8080',
    'https://h.example.com:8443/a_b/c-d',
    'HTTPS://Headscale.example.com',
  ];
  for (const url of taken) {
    it(`takes ${url}`, () => assert.deepEqual(loginServer(` ${url} `), { kind: 'server', url }));
  }

  const refused = [
    '',
    'headscale.example.com',
    'ftp://headscale.example.com',
    'https://',
    'https://h.example.com;rm -rf ~',
    'https://h.example.com$(id)',
    'https://h.example.com`id`',
    'https://h.example.com & calc',
    'https://h.example.com|more',
    'https://h.example.com\nid',
    'https://h.example.com"',
    "https://h.example.com'",
    'https://h.example.com%PATH%',
    'https://user:secret@h.example.com',
    'https://h.example.com/?key=1',
    'https://h.example.com/#x',
    'https://[::1]:8080',
    'https://h.example.com:99999',
    'https://h\u202e.example.com',
  ];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(loginServer(text).kind, 'problem'));
  }

  it('takes nothing of which a shell makes anything else than one word', () => {
    for (let code = 0; code < 128; code += 1) {
      const url = `https://h.example.com/${String.fromCharCode(code)}x`;
      if (loginServer(url).kind === 'server') assert.match(url, /^[A-Za-z0-9.:/_-]+$/);
    }
  });
});

describe('loginCommand', () => {
  it("logs in at Tailscale's own service, or at the server that is named", () => {
    const server = 'https://headscale.example.com';
    assert.equal(loginCommand({ server: tailscaleServer, keyExpired: false }), 'tailscale up');
    assert.equal(loginCommand({ server, keyExpired: false }), `tailscale up --login-server=${server}`);
  });

  it('has a machine whose key has expired log in anew', () => {
    assert.equal(loginCommand({ server: tailscaleServer, keyExpired: true }), 'tailscale up --force-reauth');
  });
});
