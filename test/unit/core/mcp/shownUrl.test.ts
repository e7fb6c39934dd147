import assert from 'node:assert/strict';

import { shownUrl } from '../../../../src/core/mcp/shownUrl.ts';

describe('shownUrl', () => {
  const table: readonly (readonly [string, string])[] = [
    ['http://clawql-1.tail1a2b3.ts.net:8080/mcp', 'http://clawql-1.tail1a2b3.ts.net:8080/mcp'],
    ['https://[fd7a:115c:a1e0::1]/mcp', 'https://[fd7a:115c:a1e0::1]/mcp'],
    ['clawql-1.tail1a2b3.ts.net:8080', 'clawql-1.tail1a2b3.ts.net:8080'],
    ['clawql-1', 'clawql-1'],
    ['[fd7a:115c:a1e0::1]:8080', '[fd7a:115c:a1e0::1]:8080'],
    ['https://alice:s3cret@h.example/mcp', 'https://h.example/mcp'],
    ['https://s3cret@h.example/mcp', 'https://h.example/mcp'],
    ['https://h.example/mcp?token=s3cret', 'https://h.example/mcp'],
    ['https://h.example/mcp#s3cret', 'https://h.example/mcp'],
    ['alice:s3cret@h.example:8080', 'another value'],
    ['h.example/mcp?token=s3cret', 'another value'],
    ['Bearer s3cret', 'another value'],
    ['', 'another value'],
  ];
  for (const [text, shown] of table) {
    it(`shows ${JSON.stringify(text)} as ${JSON.stringify(shown)}`, () => assert.equal(shownUrl(text), shown));
  }
});
