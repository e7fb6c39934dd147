import assert from 'node:assert/strict';

import { blockedBy, type AccessSettings } from '../../../../src/core/diagnosis/editorAccess.ts';

const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const server = { name: 'ClawQL Tailnet', url };
const open: AccessSettings = {
  access: 'all',
  allowedServers: null,
  deniedServers: null,
  allowManagedServersOnly: false,
};

function blocked(settings: Partial<AccessSettings>, servers = [server]) {
  return blockedBy({ ...open, ...settings }, servers);
}

describe('blockedBy', () => {
  it('is nothing where VS Code lets every server in, and where it does not know these settings', () => {
    assert.equal(blocked({}), undefined);
    const unknown = { access: undefined, allowedServers: undefined, deniedServers: undefined };
    assert.equal(blocked({ ...unknown, allowManagedServersOnly: undefined }), undefined);
    assert.equal(blocked({ access: 7, allowedServers: 'x', deniedServers: {} }), undefined);
  });

  it('is the access where it is given to none, or to servers of a registry', () => {
    assert.deepEqual(blocked({ access: 'none' }), { setting: 'chat.mcp.access', value: 'none' });
    assert.deepEqual(blocked({ access: 'registry' }, []), { setting: 'chat.mcp.access', value: 'registry' });
  });

  it('is a list of denied servers with its name or its URL', () => {
    assert.deepEqual(blocked({ deniedServers: [{ serverUrl: 'https://*.ts.net/*' }] }), {
      setting: 'chat.mcp.deniedServers',
      value: 'a list with "https://*.ts.net/*"',
    });
    assert.equal(blocked({ deniedServers: [{ serverName: 'ClawQL Tailnet' }] })?.value, 'a list with "ClawQL Tailnet"');
    assert.equal(blocked({ deniedServers: [{ serverName: 'clawql tailnet' }, { serverName: 'x' }] }), undefined);
    assert.ok(blocked({ deniedServers: [{ serverName: server.name }], allowedServers: [{ serverName: server.name }] }));
  });

  it('is a list of allowed servers without it, an empty one too', () => {
    const without = { setting: 'chat.mcp.allowedServers', value: 'a list without it' };
    assert.deepEqual(blocked({ allowedServers: [] }), without);
    assert.deepEqual(blocked({ allowedServers: [{ serverName: 'github' }, { serverCommand: ['npx'] }] }), without);
    assert.deepEqual(blocked({ allowManagedServersOnly: true }), without);
    assert.equal(blocked({ allowedServers: [{ serverName: 'github' }, { serverUrl: url }] }), undefined);
  });

  it('takes no entry for one that VS Code takes for none', () => {
    assert.equal(blocked({ deniedServers: [{ serverName: server.name, serverUrl: url }, null, 'x', {}] }), undefined);
    assert.ok(blocked({ allowedServers: [{ serverName: '' }] }));
  });

  it('is nothing while one of the entries for the server is let in', () => {
    const servers = [server, { name: 'clawql', url }];
    assert.equal(blocked({ deniedServers: [{ serverName: 'clawql' }] }, servers), undefined);
    assert.ok(blocked({ deniedServers: [{ serverName: 'clawql' }, { serverUrl: `${url}*` }] }, servers));
    assert.equal(blocked({ deniedServers: [{ serverUrl: '*' }] }, []), undefined);
  });

  for (const [pattern, isMatch] of [
    [url, true],
    ['HTTPS://CLAWQL-1.tail1a2b3.ts.net:443/mcp#x', true],
    ['https://clawql-1.tail1a2b3.ts.net/', false],
    ['https://clawql-1.tail1a2b3.ts.net/*', true],
    ['https://*.tail1a2b3.ts.net/mcp', true],
    ['https://*.tail1a2b3.ts.net:443/mcp', true],
    ['https://*.tail1a2b3.ts.net:*/mcp', true],
    ['https://alice@*.ts.net/*', true],
    ['https://*/mcp', true],
    ['*://*/*', true],
    ['http://*/mcp', false],
    ['https://*.ts.net', false],
    ['https://*', false],
    ['https://claw*', false],
    ['*clawql*', false],
    ['https://clawql-1xtail1a2b3.ts.net/*', false],
    ['https://[*/mcp', false],
  ] as const) {
    it(`${isMatch ? 'matches' : 'does not match'} the URL ${pattern}`, () => {
      assert.equal(blocked({ deniedServers: [{ serverUrl: pattern }] }) !== undefined, isMatch);
    });
  }

  it('matches a port as VS Code does', () => {
    const at = [{ name: 'x', url: 'http://clawql-1.tail1a2b3.ts.net:8080/mcp' }];
    const is = (serverUrl: string) => blocked({ deniedServers: [{ serverUrl }] }, at) !== undefined;
    assert.deepEqual(
      ['http://*.ts.net:8080/mcp', 'http://*.ts.net:*/mcp', 'http://*/mcp', 'http://*.ts.net/mcp'].map(is),
      [true, true, true, false],
    );
  });
});
