import assert from 'node:assert/strict';

import { enteredEndpoint } from '../../../../src/core/clawql/enteredEndpoint.ts';

describe('enteredEndpoint', () => {
  for (const [typed, url] of [
    ['http://clawql-1:8080/mcp', 'http://clawql-1:8080/mcp'],
    ['  https://box.example.ts.net  ', 'https://box.example.ts.net/mcp'],
    ['https://box.example.ts.net/clawql/mcp', 'https://box.example.ts.net/clawql/mcp'],
    ['box:8080', 'http://box:8080/mcp'],
    ['box:443', 'https://box/mcp'],
    ['[fd7a:115c:a1e0::7]:8080', 'http://[fd7a:115c:a1e0::7]:8080/mcp'],
    ['HTTP://BOX:80/', 'http://box/mcp'],
  ] as const) {
    it(`reads ${JSON.stringify(typed)}`, () => {
      const entered = enteredEndpoint(typed);
      assert.deepEqual(entered, { kind: 'endpoint', url, label: new URL(url).host });
    });
  }

  for (const [typed, said] of [
    ['', /Enter an http or https URL/],
    ['ftp://box/mcp', /Enter an http or https URL/],
    ['javascript:alert(1)', /Enter an http or https URL/],
    ['svc:clawql', /Enter an http or https URL/],
    ['box', /Say at which port: http:\/\/box:8080\/mcp/],
    ['http://user:pa55word@box/mcp', /Leave user and password out/],
    ['https://box/mcp?token=s3cret', /Leave the part from \? or # out/],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(typed)}, without what may be a secret`, () => {
      const entered = enteredEndpoint(typed);
      assert.ok(entered.kind === 'problem');
      assert.match(entered.text, said);
      assert.doesNotMatch(entered.text, /pa55word|s3cret/);
    });
  }
});
