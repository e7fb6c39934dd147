import assert from 'node:assert/strict';

import { decodeSettings, defaultSettings, settingKeys, type SettingKey } from '../../../src/core/settings.ts';

function decoded(values: Partial<Record<SettingKey, unknown>>): ReturnType<typeof decodeSettings> {
  return decodeSettings((key) => values[key]);
}

describe('decodeSettings', () => {
  it('gives every default where nothing is set, and no problem', () => {
    assert.deepEqual(decoded({}), { settings: defaultSettings, problems: [] });
    assert.deepEqual(Object.keys(defaultSettings).toSorted(), [...settingKeys].toSorted());
  });

  it('takes what is set', () => {
    const values = {
      tags: ['tag:clawql-mcp', 'tag:staging-2'],
      ports: [8443, 1, 65535],
      serverName: 'team_ClawQL-1',
      hosts: ['clawql-1', 'svc:clawql', 'https://box.example.ts.net/clawql/mcp'],
      roles: { 'tag:paperless': 'PAPERLESS_BASE_URL' },
      'tailscale.socketPath': '/run/tailscaled.sock',
      'tailscale.cliPath': '/opt/tailscale',
      'diagnostics.enabled': false,
      'diagnostics.allowedHosts': [{ host: 'api.example.com', reason: 'staging' }, { host: 'x' }],
      account: { policyOwners: 'Platform team', vendors: '' },
    };
    assert.deepEqual(decoded(values), { settings: values, problems: [] });
  });

  const wrong: readonly (readonly [SettingKey, unknown])[] = [
    ['tags', 'tag:clawql-mcp'],
    ['tags', ['clawql-mcp']],
    ['tags', ['tag:']],
    ['tags', ['tag:1abc']],
    ['tags', ['tag:a b']],
    ['tags', [1]],
    ['ports', []],
    ['ports', [0]],
    ['ports', [65536]],
    ['ports', [80.5]],
    ['ports', ['8080']],
    ['ports', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['account', 'Platform team'],
    ['account', { policyOwners: 7 }],
    ['hosts', 'clawql-1'],
    ['hosts', [7]],
    ['roles', { paperless: 'PAPERLESS_BASE_URL' }],
    ['roles', { 'tag:paperless': 'paperless base url' }],
    ['serverName', ''],
    ['serverName', 'a b'],
    ['serverName', 'x'.repeat(65)],
    ['serverName', '__proto__ '],
    ['tailscale.socketPath', 7],
    ['diagnostics.enabled', 'yes'],
    ['diagnostics.allowedHosts', ['api.example.com']],
    ['diagnostics.allowedHosts', [{ reason: 'no host' }]],
  ];
  for (const [key, value] of wrong) {
    it(`does not use clawql.${key} = ${JSON.stringify(value)}: says so, and its default is in force`, () => {
      const { settings, problems } = decoded({ [key]: value });
      assert.deepEqual(settings, defaultSettings);
      assert.deepEqual(
        problems.map((problem) => problem.key),
        [key],
      );
      assert.notEqual(problems[0]?.reason ?? '', '');
    });
  }

  it('lets one wrong value cost only itself', () => {
    const { settings, problems } = decoded({ tags: 'wrong', ports: [9000], serverName: 7 });
    assert.deepEqual(settings, { ...defaultSettings, ports: [9000] });
    assert.deepEqual(
      problems.map(({ key }) => key),
      ['tags', 'serverName'],
    );
  });
});
