import assert from 'node:assert/strict';

import { routeTo } from '../../../../src/node/examiner/route.ts';
import { assertNothingMoreThan, resources } from '../../support/resources.ts';

describe('routeTo', () => {
  let before: readonly string[];
  beforeEach(async () => {
    before = await resources();
  });
  afterEach(() => assertNothingMoreThan(before));

  it("gives this machine's own address on the way, and whether it is one of the tailnet's", async () => {
    assert.deepEqual(await routeTo('127.0.0.1', ['127.0.0.1']), {
      kind: 'route',
      localAddress: '127.0.0.1',
      isTailnet: true,
    });
    assert.deepEqual(await routeTo('127.0.0.1', ['100.90.0.1', 'fd7a:115c:a1e0::1']), {
      kind: 'route',
      localAddress: '127.0.0.1',
      isTailnet: false,
    });
  });

  it('compares addresses, and not how they are written', async function () {
    const seen = await routeTo('::1', ['0:0:0:0:0:0:0:1']);
    // A machine may have no IPv6.
    if (seen.kind === 'no-route') this.skip();
    assert.deepEqual(seen, { kind: 'route', localAddress: '::1', isTailnet: true });
  });

  it('says where there is no way', async () => {
    // RFC 4291 section 2.5.6: such an address needs the interface beside it.
    const seen = await routeTo('fe80::1', []);
    assert.ok(seen.kind === 'no-route', JSON.stringify(seen));
    assert.match(seen.detail, /E[A-Z]+/);
  });

  it('looks up no name', async () => {
    const seen = await routeTo('localhost', ['127.0.0.1']);
    assert.deepEqual(seen, { kind: 'no-route', detail: 'localhost is no address' });
  });
});
