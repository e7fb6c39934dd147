import assert from 'node:assert/strict';

import { upEvents, upFailure } from '../../../../../src/core/tailnet/join/upOutput.ts';

const page = 'http://10.99.0.1:8080/register/hskey-authreq-9cnIx1F3_ofamsYOXVXWdyNh';

/** As tailscale 1.102.3 printed it in the tailnet lab, the picture cut. */
const waiting = `{\n\t"AuthURL": "${page}",\n\t"QR": "data:image/png;base64,iVBORw0K",\n\t"BackendState": "NeedsLogin"\n}\n`;

describe('upEvents', () => {
  it('tells the page as soon as its record is whole, whatever pieces it came in', () => {
    for (let length = 0; length < waiting.length - 1; length += 1) {
      assert.deepEqual(upEvents(waiting.slice(0, length)), [], `after ${length} characters`);
    }
    assert.deepEqual(upEvents(waiting), [{ kind: 'page', url: page }]);
    assert.deepEqual(upEvents(waiting.replaceAll('\n', '\r\n')), [{ kind: 'page', url: page }]);
  });

  it('tells that the machine waits for approval, after the page too', () => {
    const approval = '{\n  "BackendState": "NeedsMachineAuth"\n}\n';
    assert.deepEqual(upEvents(waiting + approval), [{ kind: 'page', url: page }, { kind: 'needs-approval' }]);
  });

  it('passes over what is no record, and over a record of nothing that matters', () => {
    const warning = 'Warning: netfilter=off; configure iptables yourself.\n';
    assert.deepEqual(upEvents(`${warning}{\n  "BackendState": "Running"\n}\n{\nnot JSON\n}\n`), []);
    assert.deepEqual(upEvents(`${warning}${waiting}`), [{ kind: 'page', url: page }]);
    assert.deepEqual(upEvents('{\n  "AuthURL": 7\n}\n'), []);
  });
});

describe('upFailure', () => {
  const cases: readonly (readonly [string, ReturnType<typeof upFailure>])[] = [
    ['backend error: invalid pre auth key\n\n', { kind: 'refused', words: 'invalid pre auth key' }],
    ['backend error: authkey expired\n\n', { kind: 'refused', words: 'authkey expired' }],
    [
      "Access denied: checkprefs access denied\n\nUse 'sudo tailscale up'.\nTo not require root, use 'sudo tailscale set --operator=$USER' once.\n",
      { kind: 'no-permission', words: 'checkprefs access denied' },
    ],
    [
      '\ntimeout waiting for Tailscale service to enter a Running state; check health with "tailscale status"\n',
      {
        kind: 'timeout',
        words: 'timeout waiting for Tailscale service to enter a Running state; check health with "tailscale status"',
      },
    ],
    [
      'open /run/user/1000/clawql-key-7-abcdef/key: permission denied\n',
      { kind: 'unread-file', words: 'open /run/user/1000/clawql-key-7-abcdef/key: permission denied' },
    ],
    ['flag provided but not defined: -json', { kind: 'other', words: 'flag provided but not defined: -json' }],
  ];
  for (const [stderr, failure] of cases) {
    it(`knows ${failure.kind} by "${stderr.trim().slice(0, 40)}"`, () => assert.deepEqual(upFailure(stderr), failure));
  }

  it('knows that other settings of the machine are to be named', () => {
    const words = "Error: changing settings via 'tailscale up' requires mentioning all\nnon-default flags.";
    assert.deepEqual(upFailure(`${words}\n\n`), { kind: 'settings', words });
  });
});
