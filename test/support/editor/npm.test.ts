import assert from 'node:assert/strict';
import path from 'node:path';
import { npmEnvironment } from './npm.ts';

describe('the environment of an npm inside `npm test`', () => {
  const outer = {
    PATH: '/usr/bin',
    HOME: '/home/someone',
    HTTPS_PROXY: 'http://proxy.invalid',
    NODE: '/somewhere/node',
    npm_config_registry: 'http://registry.invalid',
    npm_config_userconfig: '/home/someone/.npmrc',
    npm_config_ignore_scripts: 'true',
    npm_config_local_prefix: '/work',
    npm_lifecycle_event: 'test',
    npm_package_name: 'clawql-tailnet',
  };

  it("keeps the user's registry and drops the project's options", () => {
    assert.deepEqual(npmEnvironment(outer, undefined), {
      PATH: '/usr/bin',
      HOME: '/home/someone',
      HTTPS_PROXY: 'http://proxy.invalid',
      npm_config_registry: 'http://registry.invalid',
      npm_config_userconfig: '/home/someone/.npmrc',
    });
  });

  it('compiles for the Node that it is given, by its headers', () => {
    const inner = npmEnvironment(outer, '/cache/node');
    assert.equal(inner['PATH'], ['/cache/node/bin', '/usr/bin'].join(path.delimiter));
    assert.equal(inner['npm_config_nodedir'], '/cache/node');
  });
});
