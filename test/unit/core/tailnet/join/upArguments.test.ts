import assert from 'node:assert/strict';

import { keptSettings, suggestedCommand, upArguments } from '../../../../../src/core/tailnet/join/upArguments.ts';

const server = 'http://10.99.0.1:8080';

/** As tailscale 1.102.3 said it in the tailnet lab. */
function reverts(suggested: string): string {
  return [
    "Error: changing settings via 'tailscale up' requires mentioning all",
    'non-default flags. To proceed, either re-run your command with --reset or',
    'use the command below to explicitly mention the current value of',
    'all non-default settings:',
    '',
    `\ttailscale up ${suggested}`,
    '',
    '',
  ].join('\n');
}

describe('upArguments', () => {
  it('names the file of a key, and never a key', () => {
    const request = { server, keyFile: '/run/user/1000/k/key', keyExpired: false, timeoutSeconds: 60, kept: [] };
    assert.deepEqual(upArguments(request), [
      'up',
      '--json',
      '--login-server=http://10.99.0.1:8080',
      '--timeout=60s',
      '--auth-key=file:/run/user/1000/k/key',
    ]);
  });

  it('does not show a key twice, which is good for one time', () => {
    const request = { server, keyFile: '/k', keyExpired: true, timeoutSeconds: 60, kept: [] };
    assert.ok(!upArguments(request).includes('--force-reauth'));
  });

  it('has a machine whose key has expired log in anew, with its settings named', () => {
    const args = upArguments({ server, keyExpired: true, timeoutSeconds: 900, kept: ['--shields-up'] });
    assert.deepEqual(args.slice(-3), ['--timeout=900s', '--force-reauth', '--shields-up']);
  });
});

describe('keptSettings', () => {
  it('are what "tailscale up" wants named beside what it was given', () => {
    const words = reverts(
      `--json --login-server=${server} --timeout=3s --accept-dns=false --hostname=mylap --shields-up`,
    );
    assert.deepEqual(keptSettings(words), ['--accept-dns=false', '--hostname=mylap', '--shields-up']);
    const key = reverts(`--auth-key=file:/run/k/key --force-reauth --json --advertise-routes=10.0.0.0/8,fd00::/8`);
    assert.deepEqual(keptSettings(key), ['--advertise-routes=10.0.0.0/8,fd00::/8']);
  });

  it('are none where a part of it would have to be unquoted, or nothing is suggested', () => {
    assert.equal(keptSettings(reverts(`--json '--nickname=my work' --shields-up`)), undefined);
    assert.equal(keptSettings(reverts(`--json --operator='a b'`)), undefined);
    assert.equal(keptSettings('backend error: invalid pre auth key'), undefined);
    assert.equal(keptSettings(''), undefined);
  });

  it('never put settings back to their defaults', () => {
    assert.equal(keptSettings(reverts('--json --reset')), undefined);
  });
});

describe('suggestedCommand', () => {
  it('is what "tailscale up" suggests, without a key and what only a program needs', () => {
    const words = reverts(`--auth-key=file:/run/k/key --json --login-server=${server} --timeout=60s --operator='a b'`);
    assert.equal(suggestedCommand(words), `tailscale up --login-server=${server} --operator='a b'`);
    const last = reverts(`--login-server=${server} --auth-key='file:/run/a b/key'`);
    assert.equal(suggestedCommand(last), `tailscale up --login-server=${server}`);
    assert.equal(suggestedCommand('nothing'), undefined);
  });
});
