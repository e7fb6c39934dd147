import assert from 'node:assert/strict';

import { decodeStoredToken } from '../../../../src/core/mcp/token.ts';

describe('decodeStoredToken', () => {
  it('reads what was stored, and nothing else of it', () => {
    const token = { origin: 'http://clawql-1.tail1a2b3.ts.net:8080', token: 's3cret' };
    assert.deepEqual(decodeStoredToken(JSON.stringify(token)), token);
    assert.deepEqual(decodeStoredToken(JSON.stringify({ ...token, more: 1 })), token);
  });

  it('is undefined where nothing was stored, or another version wrote something else', () => {
    for (const stored of [
      undefined,
      '',
      's3cret',
      '"s3cret"',
      'null',
      '[]',
      '{}',
      '{"origin":"x"}',
      '{"origin":"x","token":1}',
    ]) {
      assert.equal(decodeStoredToken(stored), undefined, stored);
    }
  });
});
