import assert from 'node:assert/strict';

import type { JoinEnd } from '../../../../../src/core/tailnet/join/joinOutcome.ts';
import { escapeLinks } from '../../../../../src/core/views/escape.ts';
import { joinMessage, type JoinContext } from '../../../../../src/core/views/join/joinMessage.ts';

const context: JoinContext = {
  server: 'https://headscale.example.com',
  place: 'headscale.example.com',
  keyExpired: false,
  byKey: true,
  isWindows: false,
};
const message = (end: JoinEnd, parts: Partial<JoinContext> = {}, left: readonly string[] = []) =>
  joinMessage({ end, left }, { ...context, ...parts });

describe('joinMessage', () => {
  it('leaves a login that has come about to the name of the tailnet', () => {
    assert.equal(message({ kind: 'joined' }), undefined);
  });

  it('says that a cancelled login left the machine as it was, and warns where it did not', () => {
    assert.deepEqual(message({ kind: 'cancelled' }), {
      severity: 'info',
      text: 'the login at headscale.example.com was cancelled. This machine is as it was.',
      next: 'try-again',
    });
    const warned = message({ kind: 'cancelled' }, {}, ['ControlURL', 'WantRunning']);
    assert.equal(warned?.severity, 'warning');
    assert.match(warned.text, /could be put back \(ControlURL, WantRunning\).*"tailscale debug prefs"/);
  });

  it("gives the server's reason, and what to do about a key", () => {
    const { text = '' } = message({ kind: 'refused', words: 'authkey expired' }) ?? {};
    assert.match(text, /headscale\.example\.com did not let this machine in: authkey expired\. The key may have/);
    assert.doesNotMatch(message({ kind: 'refused', words: 'no' }, { byKey: false })?.text ?? '', /key/);
  });

  it('has room for what is to be done, whatever a program says', () => {
    const words = 'a long word '.repeat(100);
    const ends: readonly JoinEnd[] = [
      { kind: 'refused', words },
      { kind: 'timeout', words },
      { kind: 'no-permission', words },
      { kind: 'unread-file', words },
      { kind: 'settings', words },
      { kind: 'other', words },
    ];
    for (const end of ends) {
      const shown = escapeLinks(`ClawQL: ${message(end)?.text ?? ''}`);
      assert.match(shown, /This machine is as it was\.$/, end.kind);
    }
  });

  it('names the one command that lets this user do it, and runs nothing as root', () => {
    const told = message({ kind: 'no-permission', words: 'prefs write access denied' });
    assert.equal(told?.command, 'sudo tailscale set --operator=$USER');
    assert.equal(told.next, 'try-again');
    const windows = message({ kind: 'no-permission', words: '' }, { isWindows: true });
    assert.equal(windows?.command, undefined);
    assert.match(windows?.text ?? '', /account that runs Tailscale/);
  });

  it("gives the daemon's reason for a server that does not answer", () => {
    const words = 'fetch control key: Get "http://10.99.0.1:9/key?v=142": dial tcp: connection refused';
    assert.match(message({ kind: 'timeout', words })?.text ?? '', /could not log in .*connection refused\. Check the/);
    assert.match(message({ kind: 'timeout', words: '' })?.text ?? '', /has not come about in time/);
  });

  const byHand: readonly JoinEnd[] = [
    { kind: 'unread-file', words: 'open /run/k: permission denied' },
    { kind: 'sandboxed' },
    { kind: 'no-program' },
    { kind: 'no-local-api' },
  ];
  for (const end of byHand) {
    it(`offers the same login to be run by hand where it is ${end.kind}, without a key or its file`, () => {
      const told = message(end, { keyExpired: true });
      assert.equal(told?.command, 'tailscale up --login-server=https://headscale.example.com --force-reauth');
      assert.equal(told.next, 'run');
      assert.doesNotMatch(told.text, /\/run\/k/);
    });
  }

  it('hands on the command that Tailscale suggests', () => {
    const words = "requires mentioning all\n\n\ttailscale up --json --login-server=http://h --operator='a b'\n";
    assert.equal(
      message({ kind: 'settings', words })?.command,
      "tailscale up --login-server=http://h --operator='a b'",
    );
  });
});
