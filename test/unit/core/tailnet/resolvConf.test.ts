import assert from 'node:assert/strict';

import { onlyTailscaleResolves } from '../../../../src/core/tailnet/resolvConf.ts';

describe('onlyTailscaleResolves', () => {
  for (const [text, expected] of [
    ['# by tailscaled\nnameserver 100.100.100.100\nsearch t.ts.net\n', true],
    ['  nameserver\tfd7a:115c:a1e0::53\r\nnameserver 100.100.100.100', true],
    ['nameserver 100.100.100.100\nnameserver 1.1.1.1\n', false],
    ['nameserver 127.0.0.53\n', false],
    ['# nameserver 100.100.100.100\n', false],
    ['nameserver 100.100.100.100.\nsearch x', false],
    ['nameserver\n', false],
    ['', false],
  ] as const) {
    it(`is ${expected} of ${JSON.stringify(text)}`, () => assert.equal(onlyTailscaleResolves(text), expected));
  }
});
