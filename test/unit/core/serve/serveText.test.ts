import assert from 'node:assert/strict';

import { withHandler } from '../../../../src/core/serve/configChange.ts';
import { configLines } from '../../../../src/core/serve/configLines.ts';
import { changeText, reachText, servedText, troubleText } from '../../../../src/core/serve/serveText.ts';
import { answered, failed } from '../../support/builders.ts';

const host = 'laptop.tail1a2b3.ts.net';
const place = { protocol: 'https', host, port: 443, mount: '/' } as const;
const url = `https://${host}/mcp`;

describe('configLines', () => {
  it('has a line for each place, with what others need to know of it', () => {
    const config = {
      TCP: { '443': { HTTPS: true }, '80': { HTTP: true }, '9000': { TCPForward: '127.0.0.1:22', TerminateTLS: host } },
      Web: {
        [`${host}:443`]: {
          Handlers: {
            '/': { Proxy: 'http://127.0.0.1:8080' },
            '/files': { Path: '/srv' },
            '/hi': { Text: 'hello' },
            '/to': { Redirect: 'https://example.com' },
          },
        },
        [`${host}:80`]: { Handlers: { '/': { Proxy: '3000' } } },
      },
      AllowFunnel: { [`${host}:443`]: true },
      Services: { 'svc:docs': {} },
      Foreground: { a1: { TCP: { '5000': { TCPForward: 'localhost:5000' } } } },
    };
    assert.deepEqual(configLines(config, host), [
      `http://${host}/ → 3000`,
      `https://${host}/ → http://127.0.0.1:8080 (public by Funnel)`,
      `https://${host}/files → /srv (public by Funnel)`,
      `https://${host}/hi → a text (public by Funnel)`,
      `https://${host}/to → redirect to https://example.com (public by Funnel)`,
      `tcp://${host}:5000 → localhost:5000 (from a terminal)`,
      `tls-terminated-tcp://${host}:9000 → 127.0.0.1:22`,
      'svc:docs (Tailscale Service)',
    ]);
  });
});

describe('what is said of serving', () => {
  it('shows the command, and what is there before and after it', () => {
    const after = withHandler({}, place, 'http://127.0.0.1:8080');
    assert.equal(
      changeText('tailscale serve', { before: {}, after }, host),
      `This runs: tailscale serve\n\nServed here now:\n• nothing\n\nServed here afterwards:\n• https://${host}/ → http://127.0.0.1:8080 (new)`,
    );
  });

  it('keeps a long list short, but for what changes', () => {
    const mounts = Array.from(
      { length: 40 },
      (_, index) => [`/m${index}`, { Proxy: 'http://127.0.0.1:3000' }] as const,
    );
    const before = {
      TCP: { '443': { HTTPS: true } },
      Web: { [`${host}:443`]: { Handlers: Object.fromEntries(mounts) } },
    };
    const text = changeText('x', { before, after: withHandler(before, place, 'http://127.0.0.1:8080') }, host);
    assert.equal(text.split('\n').length, 20);
    assert.match(text, /→ http:\/\/127\.0\.0\.1:8080 \(new\)\n• and 34 more, which stay as they are$/);
  });

  it('says why it is HTTP, and who reaches it', () => {
    const http = { ...place, protocol: 'http', port: 80 } as const;
    assert.match(reachText(http, 'none'), /gives no certificates: WireGuard encrypts .* port 80 of this machine/);
    assert.doesNotMatch(reachText(place, 'certificates'), /HTTP|WireGuard/);
    assert.match(reachText(place, 'to-enable'), /not seem to be enabled .* port 443/);
  });

  it('claims no more than was seen from here', () => {
    assert.match(
      servedText(url, answered(url), 'this machine').join(' '),
      /called from this machine, .* 2 tools\. Whether .* port 443\.$/,
    );
    const silent = failed(url, { kind: 'timeout', afterMs: 4_000, detail: '' });
    assert.match(
      servedText(url, silent, 'this machine').join(' '),
      /^Serve is set up for .*, but a call from this machine did not get/,
    );
    const closed = failed(url, { kind: 'sign-in', detail: 'HTTP 401' }, 'initialize');
    assert.match(
      servedText(`http://${host}:8081/mcp`, closed, 'this machine').join(' '),
      /asks for a sign-in\. .* port 8081\.$/,
    );
  });

  it('names for each trouble what to do', () => {
    const operator = 'sudo tailscale set --operator=$USER';
    const { sentences, remedy } = troubleText({ kind: 'no-permission' }, operator);
    assert.equal(sentences.at(-1), operator);
    assert.equal(remedy, operator);
    assert.deepEqual(Object.keys(troubleText({ kind: 'no-permission' }, undefined)), ['sentences']);
    assert.match(
      troubleText({ kind: 'no-program', tried: ['tailscale'] }, operator).sentences.join(' '),
      /clawql\.tailscale\.cliPath/,
    );
    assert.match(troubleText({ kind: 'changed-meanwhile' }, operator).sentences.join(' '), /Run this again/);
    assert.match(troubleText({ kind: 'refused', words: 'no' }, operator).sentences.join(' '), /said: no$/);
  });
});
