import assert from 'node:assert/strict';
import {
  isKnownKey,
  isPlaceholderSecret,
  isSecretName,
  schemeLength,
} from '../../../../src/core/diagnostics/secretForm.ts';

// Put together, so that no scanner takes them for keys that got lost.
const rest = 'a1B2c3D4' + 'e5F6g7H8';

describe('secretForm', () => {
  it('knows the keys of services by their beginnings, behind a scheme too', () => {
    for (const start of ['tskey-', 'hskey-', 'ghp_', 'gho_', 'ghs_', 'github_pat_', 'xoxb-', 'xoxp-', 'xoxa-']) {
      assert.ok(isKnownKey(start + rest), start);
      assert.ok(isKnownKey(`Bearer ${start}${rest}`), start);
    }
    for (const start of ['lin_api_', 'sk-', 'ya29.']) assert.ok(isKnownKey(start + rest), start);
    for (const value of [rest, 'sk-1', 'ghp_', 'ghp_xxxxxxxxxxxx', 'sk-your-key-here', 'task-' + rest, '']) {
      assert.ok(!isKnownKey(value), value);
    }
  });

  it('knows what stands for a secret', () => {
    for (const value of [
      ...[
        '',
        ' ',
        '<token>',
        'your-api-key',
        'YOUR_TOKEN',
        'change-me',
        'changeme',
        'example',
        'my-token',
        'api_key',
        'xxxx',
        '****',
        'Bearer',
      ],
      ...[
        '…',
        'sk-...',
        '${env:X}',
        '${input:token}',
        '{env:X}',
        '{{token}}',
        '$TOKEN',
        '%TOKEN%',
        'op://vault/item/field',
        'REDACTED',
      ],
    ]) {
      assert.ok(isPlaceholderSecret(value), value);
    }
    for (const value of [rest, 's3cret', 'dXNlcjpwYXNz', 'a%2Fb%3D', 'keyboard-cat', 'yourself']) {
      assert.ok(!isPlaceholderSecret(value), value);
    }
  });

  it('knows names of secrets, and schemes', () => {
    for (const name of ['CLAWQL_API_KEY', 'X-API-Key', 'TOKEN', 'X-Apikey', 'CLIENT_SECRET', 'DB_PASSWORD']) {
      assert.ok(isSecretName(name), name);
    }
    for (const name of ['KEYBOARD', 'MONKEY', 'SSH_PUBLIC_KEY', 'Idempotency-Key', 'CLAWQL_API_KEY_PATH', 'Accept']) {
      assert.ok(!isSecretName(name), name);
    }
    assert.deepEqual(['Bearer x', 'bearer  x', 'Token x', 'x', 'Bearer'].map(schemeLength), [7, 8, 6, 0, 0]);
  });
});
