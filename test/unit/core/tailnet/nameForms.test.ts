import assert from 'node:assert/strict';

import { formatAddress } from '../../../../src/core/tailnet/address.ts';
import { domainsOf, isPlaceholder, viaAddress } from '../../../../src/core/tailnet/nameForms.ts';

describe('viaAddress', () => {
  function via(name: string): string | undefined {
    const address = viaAddress(name);
    return address && formatAddress(address);
  }

  it('is the site and the IPv4 address of a 4via6 name', () => {
    assert.equal(via('192-168-1-2-via-7'), 'fd7a:115c:a1e0:b1a:0:7:c0a8:102');
    assert.equal(via('10-0-0-1-via-65536.tail1a2b3.ts.net'), 'fd7a:115c:a1e0:b1a:1:0:a00:1');
    assert.equal(via('0-0-0-0-via-4294967295.ts.net'), 'fd7a:115c:a1e0:b1a:ffff:ffff::');
  });

  it('is not made of what MagicDNS does not work out', () => {
    const names = [
      '192-168-1-2-via-7.corp.test',
      '192-168-1-2-via-7.evilts.net',
      '192-168-1-256-via-7',
      '192-168-1-via-7',
      '192-168-1-2-via-4294967296',
      '192-168-1-2-via-',
      '192-168-1-2-via-x',
      'x192-168-1-2-via-7',
      'clawql-1',
    ];
    for (const name of names) assert.equal(via(name), undefined, name);
  });
});

describe('isPlaceholder', () => {
  it('is so for names that the reader is to replace, in any label', () => {
    for (const name of [
      'example',
      'a.example.com',
      'your-host.ts.net',
      'your_host',
      'changeme',
      'change-me.x',
      'hostname',
    ])
      assert.ok(isPlaceholder(name), name);
  });

  it('is not so for names that only begin like one', () => {
    for (const name of ['yourself.dev', 'examples.dev', 'my-example.dev', 'host.dev', 'clawql-1'])
      assert.ok(!isPlaceholder(name), name);
  });
});

describe('domainsOf', () => {
  it('are the name and all that it lies in, the nearest first', () => {
    assert.deepEqual(domainsOf('a.b.c'), ['a.b.c', 'b.c', 'c']);
    assert.deepEqual(domainsOf('a'), ['a']);
  });
});
