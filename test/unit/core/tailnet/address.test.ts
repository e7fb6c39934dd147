import assert from 'node:assert/strict';
import net from 'node:net';

import fc from 'fast-check';

import {
  formatAddress,
  parseAddress,
  parsePrefix,
  prefixContains,
  unmapped,
  strangerAmong,
  type Address,
} from '../../../../src/core/tailnet/address.ts';

/** The value in hexadecimal, which shows an IPv6 address as people know it. */
function hex(text: string): string | undefined {
  const address = parseAddress(text);
  return address && `${address.family}:${address.value.toString(16)}`;
}

function contains(prefix: string, address: string): boolean {
  const [of, one] = [parsePrefix(prefix), parseAddress(address)];
  assert.ok(of && one, `${prefix} ${address}`);
  return prefixContains(of, one);
}

const one = 'fd7a115ca1e000000000000000000001';

describe('parseAddress', () => {
  const table: readonly (readonly [string, string])[] = [
    ['0.0.0.0', '4:0'],
    ['127.0.0.1', '4:7f000001'],
    ['100.64.0.1', '4:64400001'],
    ['255.255.255.255', '4:ffffffff'],
    ['::', '6:0'],
    ['::1', '6:1'],
    ['[::1]', '6:1'],
    ['1::', '6:10000000000000000000000000000'],
    ['fd7a:115c:a1e0::1', `6:${one}`],
    ['[fd7a:115c:a1e0::1]', `6:${one}`],
    ['FD7A:115C:A1E0::1', `6:${one}`],
    ['fd7a:115c:a1e0:0:0:0:0:1', `6:${one}`],
    ['fd7a:115c:a1e0:0000:0000:0000:0000:0001', `6:${one}`],
    ['fd7a:115c:a1e0:0::0:1', `6:${one}`],
    ['1:2:3:4:5:6:7::', '6:10002000300040005000600070000'],
    ['::2:3:4:5:6:7:8', '6:2000300040005000600070008'],
    ['::ffff:100.64.0.1', '6:ffff64400001'],
    ['::ffff:6440:1', '6:ffff64400001'],
    ['64:ff9b::192.0.2.33', '6:64ff9b0000000000000000c0000221'],
    ['1:2:3:4:5:6:1.2.3.4', '6:10002000300040005000601020304'],
    ['fe80::1%eth0', '6:fe800000000000000000000000000001'],
    ['[fe80::1%25eth0]', '6:fe800000000000000000000000000001'],
  ];
  for (const [text, expected] of table) {
    it(`reads ${text}`, () => assert.equal(hex(text), expected));
  }

  const bad = [
    '',
    '.',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.-4',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '1.2.3.4/32',
    '1.2.3.a',
    '0x7f.0.0.1',
    '2130706433',
    '1..2.3',
    'localhost',
    'clawql-1.tail1a2b3.ts.net',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '::1:2:3:4:5:6:7:8',
    '12345::',
    'g::1',
    '1:2:3:4:5:6:7:',
    ':1:2:3:4:5:6:7',
    '[::1',
    '::1]',
    '::1 ',
    '::ffff:1.2.3',
    '::ffff:1.2.3.256',
    '%eth0',
  ];
  for (const text of bad) {
    it(`takes ${JSON.stringify(text)} for no address`, () => assert.equal(parseAddress(text), undefined));
  }

  it('allows the dotted form at the end only', () => {
    for (const text of ['1.2.3.4::', '::1.2.3.4:5', '1.2.3.4:0:0:0:0:0:0']) {
      assert.equal(parseAddress(text), undefined, text);
    }
  });

  it('reads every IPv4 address as the number that it is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const value = text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        assert.deepEqual(parseAddress(text), { family: 4, value: BigInt(value) });
      }),
    );
  });

  it('reads every IPv6 address, however it is written, as the URL parser does', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const normal = new URL(`http://[${text}]/`).hostname;
        assert.ok(parseAddress(text), text);
        assert.deepEqual(parseAddress(text), parseAddress(normal));
      }),
    );
  });

  it('does not read an octal number as a decimal one', () => {
    for (const text of ['010.0.0.1', '127.0.0.01', '::ffff:010.0.0.1'])
      assert.equal(parseAddress(text), undefined, text);
  });

  it('takes nothing for an address that the platform does not: an address with one character more, less or another', () => {
    const change = fc.record({
      text: fc.oneof(fc.ipV4(), fc.ipV6()),
      at: fc.nat({ max: 40 }),
      removed: fc.nat({ max: 1 }),
      added: fc.constantFrom('', '0', '1', '9', 'f', 'g', '.', ':', '::', ' ', '/'),
    });
    fc.assert(
      fc.property(change, ({ text, at, removed, added }) => {
        const changed = text.slice(0, at) + added + text.slice(at + removed);
        if (parseAddress(changed) !== undefined) assert.notEqual(net.isIP(changed), 0, changed);
      }),
      { numRuns: 5_000 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAddress(text)));
  });
});

describe('parsePrefix', () => {
  it('reads a prefix, and an address alone as one of full length', () => {
    const bits = (text: string): number | undefined => parsePrefix(text)?.bits;
    assert.deepEqual(
      ['10.0.0.0/8', '0.0.0.0/0', '10.0.0.1', '10.0.0.1/32', '::/0', 'fd00::/7', 'fd00::1'].map(bits),
      [8, 0, 32, 32, 0, 7, 128],
    );
  });

  for (const text of ['', '/8', '10.0.0/8', '10.0.0.0/33', '10.0.0.0/-1', 'fd00::/129', '10.0.0.0/8.5', 'a/8']) {
    it(`takes ${JSON.stringify(text)} for no prefix`, () => assert.equal(parsePrefix(text), undefined));
  }

  it('wants the length in decimal digits', () => {
    for (const text of ['10.0.0.0/', '10.0.0.0/ 8', '10.0.0.0/0x8', '10.0.0.0/1e1', '10.0.0.0/+8']) {
      assert.equal(parsePrefix(text), undefined, text);
    }
  });
});

describe('prefixContains', () => {
  const table: readonly (readonly [string, string, boolean])[] = [
    ['100.64.0.0/10', '100.64.0.0', true],
    ['100.64.0.0/10', '100.127.255.255', true],
    ['100.64.0.0/10', '100.128.0.0', false],
    ['100.64.0.0/10', '100.63.255.255', false],
    ['192.168.77.0/24', '192.168.77.255', true],
    ['192.168.77.0/24', '192.168.78.0', false],
    ['192.168.77.5/24', '192.168.77.9', true],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['10.0.0.1/32', '10.0.0.2', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['::/0', '203.0.113.9', false],
    ['0.0.0.0/0', '::1', false],
    ['fd7a:115c:a1e0::/48', 'fd7a:115c:a1e0:ab12::1', true],
    ['fd7a:115c:a1e0::/48', 'fd7a:115c:a1e1::1', false],
    ['::1/128', '::1', true],
    ['::1/128', '::2', false],
  ];
  for (const [prefix, address, expected] of table) {
    it(`${prefix} ${expected ? 'holds' : 'does not hold'} ${address}`, () =>
      assert.equal(contains(prefix, address), expected));
  }
});

/** Addresses with runs of zeros at every place, which random bits hardly have. */
const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt({ min: 0n, max: 0xffff_ffffn }).map((value): Address => ({ family: 4, value })),
  fc
    .array(fc.oneof({ weight: 2, arbitrary: fc.constant(0n) }, fc.bigInt({ min: 0n, max: 0xffffn })), {
      minLength: 8,
      maxLength: 8,
    })
    .map((groups): Address => ({ family: 6, value: groups.reduce((value, group) => (value << 16n) | group, 0n) })),
);

/** All bits, the highest first. */
function bitsOf({ family, value }: Address): string {
  return value.toString(2).padStart(family === 4 ? 32 : 128, '0');
}

describe('prefixContains, against a comparison of the bits', () => {
  it('holds an address exactly when so many of the highest bits are the same', () => {
    const pair = fc.record({
      one: anyAddress,
      other: anyAddress,
      bits: fc.nat({ max: 128 }),
      flipped: fc.nat({ max: 127 }),
    });
    fc.assert(
      fc.property(pair, ({ one, other, bits, flipped }) => {
        const width = one.family === 4 ? 32 : 128;
        const prefix = { address: one, bits: bits % (width + 1) };
        const neighbour: Address = { family: one.family, value: one.value ^ (1n << BigInt(flipped % width)) };
        for (const address of [other, neighbour, one]) {
          const same = bitsOf(one).slice(0, prefix.bits) === bitsOf(address).slice(0, prefix.bits);
          assert.equal(prefixContains(prefix, address), one.family === address.family && same);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('formatAddress', () => {
  const table = {
    '0.0.0.0': '0.0.0.0',
    '100.64.0.1': '100.64.0.1',
    '255.255.255.255': '255.255.255.255',
    '0:0:0:0:0:0:0:0': '::',
    '0:0:0:0:0:0:0:1': '::1',
    '1:0:0:0:0:0:0:0': '1::',
    'FD7A:115C:A1E0:0000:0:0:0:0001': 'fd7a:115c:a1e0::1',
    '1:0:0:2:0:0:0:3': '1:0:0:2::3',
    '1:0:0:2:3:0:0:4': '1::2:3:0:0:4',
    '0:1:2:3:4:5:6:7': '0:1:2:3:4:5:6:7',
    '1:2:3:0:4:5:6:0': '1:2:3:0:4:5:6:0',
    '10:0:0:100:0:0:0:0': '10:0:0:100::',
    '::ffff:1.2.3.4': '::ffff:102:304',
  };
  for (const [from, to] of Object.entries(table)) {
    it(`writes ${from} as ${to}`, () => {
      const address = parseAddress(from);
      assert.ok(address);
      assert.equal(formatAddress(address), to);
    });
  }

  it('writes every address as the URL parser does, and so that it reads as the same again', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const text = formatAddress(address);
        const bracketed = address.family === 4 ? text : `[${text}]`;
        assert.equal(new URL(`http://${bracketed}/`).hostname, bracketed);
        assert.deepEqual(parseAddress(text), address);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('unmapped', () => {
  it('gives the IPv4 address that a mapped one stands for, and every other as it is', () => {
    const cases = {
      '::ffff:127.0.0.1': '127.0.0.1',
      '::127.0.0.1': '::127.0.0.1',
      '::1': '::1',
      '10.0.0.1': '10.0.0.1',
    };
    for (const [from, to] of Object.entries(cases)) {
      const address = parseAddress(from);
      assert.ok(address);
      assert.deepEqual(unmapped(address), parseAddress(to), from);
    }
  });
});

describe('strangerAmong', () => {
  const own = ['100.64.0.1', 'fd7a:115c:a1e0::1'];

  it('finds nobody where each answer is the node, in whatever form, and where there is no answer', () => {
    assert.equal(strangerAmong(['100.64.0.1', 'fd7a:115c:a1e0:0:0:0:0:1'], own), undefined);
    assert.equal(strangerAmong([], own), undefined);
  });

  it("finds the one answer that is not the node's: the request could take any of them", () => {
    assert.equal(strangerAmong(['100.64.0.1', '203.0.113.9'], own), '203.0.113.9');
    assert.equal(strangerAmong(['no address'], own), 'no address');
  });
});
