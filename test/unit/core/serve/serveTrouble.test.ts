import assert from 'node:assert/strict';

import { pageIn, troubleOf } from '../../../../src/core/serve/serveTrouble.ts';

/** As 1.102.3 says it to an ordinary user of the tailnet lab. */
const denied = `sending serve config: Access denied: serve config denied

Use 'sudo tailscale serve --bg --http=80 http://127.0.0.1:8080'.
To not require root, use 'sudo tailscale set --operator=$USER' once.
`;
const enable = `
Serve is not enabled on your tailnet.
To enable, visit:

         https://login.tailscale.com/f/serve?node=nABC123CNTRL

`;
const done = `Available within your tailnet:

https://laptop.tail0a1b2c.ts.net/
|-- proxy http://127.0.0.1:8080
`;

describe('troubleOf', () => {
  it('tells a refusal, a page to visit, and other words apart', () => {
    assert.deepEqual(troubleOf('', denied), { kind: 'no-permission' });
    assert.deepEqual(troubleOf(enable, ''), {
      kind: 'to-enable',
      page: 'https://login.tailscale.com/f/serve?node=nABC123CNTRL',
    });
    const words = 'error enabling https feature: error 501 Not Implemented: Not implemented yet: ';
    assert.deepEqual(troubleOf('', `Warning: client version "1" != tailscaled server version "2"\n${words}\n`), {
      kind: 'refused',
      words: words.trim(),
    });
    assert.deepEqual(troubleOf('', ''), { kind: 'refused', words: 'it said nothing' });
  });

  it('takes only a page of Tailscale for one to visit', () => {
    assert.equal(pageIn(done), undefined);
    for (const url of ['https://login.tailscale.com.evil.example/f', 'http://login.tailscale.com/f', 'javascript:x']) {
      assert.equal(pageIn(`To enable, visit:\n\n  ${url}\n`), undefined, url);
    }
  });
});
