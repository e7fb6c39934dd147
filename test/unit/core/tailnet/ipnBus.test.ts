import assert from 'node:assert/strict';

import { busMask } from '../../../../src/core/tailnet/ipnBus.ts';

describe('busMask', () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    ['1.102.3-t53a0d659a-g1234567ab', 12306],
    ['1.102.3-ERR-BuildInfo', 12306],
    ['1.103.0-dev20260822-t53a0d659a-dirty', 12306],
    ['1.100.0', 12306],
    ['2.0.1', 12306],
    ['1.99.153-tabc', 12306],
    ['1.79.0', 274],
    ['1.98.0-tf2d5ef72b', 274],
    ['1.92.1', 274],
    ['1.78.0', 274],
    ['1.77.9', undefined],
    ['1.9.2', undefined],
    ['0.100.0', undefined],
    ['', undefined],
    ['tailscaled', undefined],
    ['1', undefined],
    ['v1.102.3', undefined],
  ];
  for (const [version, mask] of table) {
    it(`is ${mask ?? 'none'} for version ${JSON.stringify(version)}`, () => assert.equal(busMask(version), mask));
  }

  it('never asks for private keys, nor for the network map and rate limiting together with peer changes', () => {
    for (const version of ['1.78.0', '1.98.0', '1.100.0', '1.102.3']) {
      const mask = busMask(version) ?? 0;
      assert.equal(mask & 16, 16, `${version} must set NoPrivateKeys`);
      assert.equal(mask & 8, 0, `${version} must not ask for the network map`);
      // Since 1.102 the daemon answers 400 to RateLimit (256) with any of the newer bits.
      assert.ok((mask & 256) === 0 || (mask & (4096 | 8192 | 16384 | 32768)) === 0, version);
    }
  });
});
