import assert from 'node:assert/strict';

import { editorProxy, type ProxySettings } from '../../../../src/core/diagnosis/editorProxy.ts';

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const none: ProxySettings = { support: 'override', proxy: '', noProxy: [] };
const setting: ProxySettings = { ...none, proxy: 'http://proxy.example:3128' };
const environment = { HTTP_PROXY: 'http://127.0.0.1:9' };

describe('editorProxy', () => {
  it('is none where nothing says so', () => {
    assert.equal(editorProxy(url, none, {}), undefined);
    assert.equal(editorProxy(url, none, { HTTP_PROXY: '', ALL_PROXY: 'http://proxy.example:3128' }), undefined);
  });

  it('is that of the setting before that of the environment', () => {
    assert.deepEqual(editorProxy(url, setting, environment), { by: 'http.proxy', to: 'proxy.example:3128' });
    assert.deepEqual(editorProxy(url, none, environment), { by: 'HTTP_PROXY', to: '127.0.0.1:9' });
  });

  it('is that of the first variable that is set, whatever the scheme of the URL', () => {
    const all = {
      HTTP_PROXY: 'http://a',
      http_proxy: 'http://b',
      HTTPS_PROXY: 'http://c',
      https_proxy: 'http://d',
    };
    const order = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;
    for (const [index, by] of order.entries()) {
      const left = Object.fromEntries(order.slice(index).map((name) => [name, all[name]]));
      for (const one of [url, url.replace('http:', 'https:')]) assert.equal(editorProxy(one, none, left)?.by, by);
    }
  });

  it('has neither user nor password', () => {
    for (const proxy of [
      'http://alice:s3cr3t@proxy:3128',
      'socks5://alice:s3cr3t@proxy:3128/',
      ' HTTPS://a@proxy:3128 ',
    ]) {
      assert.deepEqual(editorProxy(url, { ...none, proxy }, {}), { by: 'http.proxy', to: 'proxy:3128' });
    }
  });

  it('is not what VS Code takes for no proxy', () => {
    for (const proxy of ['proxy.example:3128', 'ftp://proxy.example', '  ']) {
      assert.equal(editorProxy(url, { ...none, proxy }, {}), undefined);
      assert.equal(editorProxy(url, { ...none, proxy }, environment)?.by, 'HTTP_PROXY');
    }
    assert.equal(editorProxy(url, none, { https_proxy: 'nonsense', ...environment }), undefined);
  });

  it('is none where the support of proxies is off, and none for this machine', () => {
    assert.equal(editorProxy(url, { ...setting, support: 'off' }, environment), undefined);
    for (const own of ['http://localhost:8080/mcp', 'http://127.0.0.1/mcp', 'http://[::1]:8080/mcp']) {
      assert.equal(editorProxy(own, setting, environment), undefined);
    }
  });

  for (const [exceptions, isExcepted] of [
    ['.tail1a2b3.ts.net', true],
    ['ts.net', true],
    ['clawql-1.tail1a2b3.ts.net', true],
    [' other.example , .TAIL1A2B3.ts.net', true],
    ['.ts.net:8080', true],
    ['*', true],
    ['.ts.net:443', false],
    ['s.net', false],
    ['*.ts.net', false],
    ['', false],
  ] as const) {
    it(`is ${isExcepted ? 'none' : 'there'} with the exceptions "${exceptions}"`, () => {
      const inSettings = editorProxy(url, { ...setting, noProxy: exceptions.split(',') }, {});
      assert.equal(inSettings === undefined, isExcepted);
      const inEnvironment = editorProxy(url, none, { ...environment, NO_PROXY: exceptions });
      assert.equal(inEnvironment === undefined, isExcepted);
    });
  }

  it('takes the exceptions of the environment only where the settings have none', () => {
    const NO_PROXY = '*';
    assert.equal(editorProxy(url, { ...setting, noProxy: ['x'] }, { NO_PROXY })?.by, 'http.proxy');
    assert.equal(editorProxy(url, setting, { NO_PROXY }), undefined);
  });
});
