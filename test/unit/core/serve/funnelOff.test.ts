import assert from 'node:assert/strict';

import { funnelOff } from '../../../../src/core/serve/funnelOff.ts';

const host = 'clawql-1.tail0a1b2c.ts.net';
const on = { AllowFunnel: { [`${host}:443`]: true } };
const web = (handlers: object) => ({
  TCP: { '443': { HTTPS: true } },
  Web: { [`${host}:443`]: { Handlers: handlers } },
});
const forward = (parts: object) => ({ TCP: { '443': { TCPForward: '127.0.0.1:22', ...parts } } });

/** The arguments that end Funnel alone; the kind of answer where there are none. */
function argsOf(config: object): string {
  const off = funnelOff({ ...config, ...on }, host, 443);
  if (off.kind !== 'change') return off.kind;
  assert.deepEqual(off.change.after, config);
  return off.change.args.join(' ');
}

describe('funnelOff', () => {
  it('serves one handler anew, with all that belongs to it', () => {
    const proxy = { Proxy: 'http://127.0.0.1:8080' };
    assert.equal(argsOf(web({ '/': proxy })), 'serve --bg --https=443 --set-path=/ http://127.0.0.1:8080');
    assert.equal(
      argsOf(web({ '/x': { ...proxy, AcceptAppCaps: ['a.example/cap/one', 'a.example/cap/two'] } })),
      'serve --bg --https=443 --set-path=/x --accept-app-caps=a.example/cap/one,a.example/cap/two http://127.0.0.1:8080',
    );
    assert.equal(argsOf(web({ '/': { Text: 'a b' } })), 'serve --bg --https=443 --set-path=/ text:a b');
  });

  it('passes over what the program cannot be told, where something else is at the port', () => {
    const config = web({
      '/files': { Path: '/srv' },
      '/y': { Proxy: '3000' },
      '/x': { Proxy: 'http://127.0.0.1:3000' },
    });
    assert.equal(argsOf(config), 'serve --bg --https=443 --set-path=/x http://127.0.0.1:3000');
  });

  it('forwards TCP anew, as it was', () => {
    assert.equal(argsOf(forward({})), 'serve --bg --tcp=443 tcp://127.0.0.1:22');
    assert.equal(
      argsOf(forward({ TerminateTLS: host, ProxyProtocol: 2 })),
      'serve --bg --tls-terminated-tcp=443 --proxy-protocol=2 tcp://127.0.0.1:22',
    );
  });

  it('names the command that takes all away where no other does', () => {
    const config = { ...web({ '/': { Path: '/srv' } }), ...on };
    const expected = { kind: 'all-or-nothing', args: ['funnel', '--https=443', 'off'] };
    assert.deepEqual(funnelOff(config, host, 443), expected);
    assert.deepEqual(funnelOff(on, host, 443), expected);
  });

  it('has nothing to do where it is off, and cannot where a program in a terminal has it on', () => {
    const config = web({ '/': { Proxy: 'http://127.0.0.1:8080' } });
    assert.deepEqual(funnelOff(config, host, 443), { kind: 'off' });
    assert.deepEqual(funnelOff({ ...config, ...on }, host, 8443), { kind: 'off' });
    assert.deepEqual(funnelOff({ Foreground: { a1: { ...config, ...on } } }, host, 443), { kind: 'foreground' });
    assert.deepEqual(funnelOff('?', host, 443), { kind: 'unreadable' });
  });
});
