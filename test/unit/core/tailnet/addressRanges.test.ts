import assert from 'node:assert/strict';

import { parseAddress } from '../../../../src/core/tailnet/address.ts';
import { rangeOf, type AddressRange } from '../../../../src/core/tailnet/addressRanges.ts';

/** The first and the last address of each range, and its neighbours. */
const table: Readonly<Record<AddressRange, readonly string[]>> = {
  loopback: ['127.0.0.0', '127.0.0.1', '127.255.255.255', '::1', '0.0.0.0', '::', '::ffff:127.0.0.1', '::ffff:0.0.0.0'],
  tailscale: [
    '100.64.0.0',
    '100.100.100.99',
    '100.115.91.255',
    '100.115.94.0',
    '100.127.255.255',
    '::ffff:100.64.0.1',
    'fd7a:115c:a1e0::',
    'fd7a:115c:a1e0:ffff:ffff:ffff:ffff:ffff',
  ],
  magicdns: ['100.100.100.100', '::ffff:100.100.100.100', 'fd7a:115c:a1e0::53'],
  private: [
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.0',
    '192.168.255.255',
    '169.254.0.0',
    '169.254.255.255',
    'fc00::',
    'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    'fd7a:115c:a1df::1',
    'fe80::',
    'febf::1',
    '::ffff:10.0.0.1',
  ],
  special: [
    '0.0.0.1',
    '0.255.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '100.115.92.0',
    '100.115.93.255',
    '198.18.0.0',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    'ff02::1',
    'fec0::1',
    '1fff::1',
    '4000::1',
    '2001::1',
    '2001:1ff::1',
    '::8.8.8.8',
    '::ffff:0:8.8.8.8',
    '64:ff9b::10.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::100.64.0.1',
    '64:ff9b:1::8.8.8.8',
    '64:ff9b::1:808:808',
    '2002:a00:1::1',
    '2002:7f00:1::1',
  ],
  global: [
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '223.255.255.255',
    '2001:db9::1',
    '2606:4700:4700::1111',
    '2000::',
    '2001:200::1',
    '3ffe:ffff::1',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
    '::ffff:8.8.8.8',
  ],
};

describe('rangeOf', () => {
  for (const [range, addresses] of Object.entries(table)) {
    for (const text of addresses) {
      it(`${text} is ${range}`, () => {
        const address = parseAddress(text);
        assert.ok(address);
        assert.equal(rangeOf(address), range);
      });
    }
  }
});
