import assert from 'node:assert/strict';

import { retiredUrl } from '../../../../src/core/retire/retiredUrl.ts';
import { usesOf } from '../../../../src/core/retire/usesOf.ts';
import { spanEnd, type Span } from '../../../../src/core/text.ts';

/** The text of every use and, in brackets, of every mention. */
function found(text: string, url = 'https://mcp.acme.dev/mcp'): readonly string[] {
  const retired = retiredUrl(url);
  assert.ok(retired, `${url} can be retired`);
  const { uses, mentions } = usesOf(text, retired);
  const cut = (span: Span): string => text.slice(span.offset, spanEnd(span));
  return [...uses.map(({ span }) => cut(span)), ...mentions.map((span) => `(${cut(span)})`)];
}

describe('usesOf', () => {
  it('finds the URL as people and programs spell it', () => {
    const spellings = [
      'https://mcp.acme.dev/mcp',
      'https://mcp.acme.dev/mcp/',
      'https://mcp.acme.dev:443/mcp',
      'http://mcp.acme.dev/mcp',
      'http://mcp.acme.dev:80/mcp/',
      'HTTPS://MCP.Acme.dev/mcp',
      'https://mcp.acme.dev./mcp',
      'https://someone@mcp.acme.dev/mcp',
      'https://someone:pass-word@mcp.acme.dev/mcp',
      'mcp.acme.dev/mcp',
      'mcp.acme.dev:443/mcp/',
      String.raw`https:\/\/mcp.acme.dev\/mcp`,
      'https%3A%2F%2Fmcp.acme.dev%2Fmcp',
      'https%3a%2f%2fmcp.acme.dev%3a443%2fmcp',
    ];
    for (const one of spellings) {
      for (const [before, after] of [
        ['', ''],
        ['"', '"'],
        ['<', '>'],
        ['(', ')'],
        ['`', '`'],
        ['URL=', '\n'],
        ['see ', ', then'],
        ['', '?token=abc'],
      ] as const) {
        assert.deepEqual(found(`${before}${one}${after}`), [one], `${before}${one}${after}`);
      }
    }
  });

  it('ends where the sentence ends', () => {
    assert.deepEqual(found('It is at https://mcp.acme.dev/mcp. Ask at mcp.acme.dev/mcp: it answers.'), [
      'https://mcp.acme.dev/mcp',
      'mcp.acme.dev/mcp',
    ]);
    assert.deepEqual(found('At https://mcp.acme.dev.', 'https://mcp.acme.dev'), ['https://mcp.acme.dev']);
  });

  it('finds it in a link that carries it', () => {
    const link = 'vscode:mcp/install?%7B%22url%22%3A%22https%3A%2F%2Fmcp.acme.dev%2Fmcp%22%7D';
    assert.deepEqual(found(link), ['https%3A%2F%2Fmcp.acme.dev%2Fmcp']);
    assert.deepEqual(found('https://go.example/?u=https%3A%2F%2Fmcp.acme.dev%2Fmcp&x=1'), [
      'https%3A%2F%2Fmcp.acme.dev%2Fmcp',
    ]);
  });

  it('passes over other hosts, be it that they hold this one', () => {
    for (const other of [
      'https://mcp.acme.dev.evil/mcp',
      'https://mcp.acme.dev-evil.com/mcp',
      'https://mcp.acme.developer/mcp',
      'https://a.mcp.acme.dev/mcp',
      'https://my-mcp.acme.dev/mcp',
      'https://xmcp.acme.dev/mcp',
      'https://mcp.acme.devé/mcp',
      'https://émcp.acme.dev/mcp',
      'https://mcpxacme.dev/mcp',
      'https%3A%2F%2Fa.mcp.acme.dev%2Fmcp',
    ]) {
      assert.deepEqual(found(other), [], other);
    }
  });

  it('only mentions the host where the URL is another one', () => {
    for (const other of [
      'https://mcp.acme.dev/mcp-old',
      'https://mcp.acme.dev/mcp.json',
      'https://mcp.acme.dev/mcp/tools',
      'https://mcp.acme.dev/mcp//',
      'https://mcp.acme.dev/mcp%20x',
      'https://mcp.acme.dev/MCP',
      'https://mcp.acme.dev/healthz',
      'https://mcp.acme.dev/',
      'https://mcp.acme.dev:8443/mcp',
      'http://mcp.acme.dev:443/mcp',
      'https://mcp.acme.dev:80/mcp',
      'wss://mcp.acme.dev/mcp',
      'git+https://mcp.acme.dev/mcp',
      'https://mcp.acme.dev@evil.example/mcp',
      'https://mcp.acme.dev:pw@evil.example/mcp',
      'https://evil.example/mcp.acme.dev/mcp',
      'https://mcp.acme.dev/mcp$SUFFIX',
      'someone@mcp.acme.dev/mcp',
      'mcp.acme.dev',
      'mcp.acme.dev:8443/mcp',
      'https%3A%2F%2Fmcp.acme.dev%2Fmcp%2Ftools',
      'https%3A%2F%2Fmcp.acme.dev%2Fmcp2',
    ]) {
      assert.deepEqual(found(`"${other}"`), ['(mcp.acme.dev)'], other);
    }
  });

  it('knows a port, a root and an address', () => {
    assert.deepEqual(found('https://a.dev:8443/mcp https://a.dev/mcp', 'https://a.dev:8443/mcp'), [
      'https://a.dev:8443/mcp',
      '(a.dev)',
    ]);
    assert.deepEqual(found('<https://a.dev> "https://a.dev/" https://a.dev/mcp a.dev', 'https://a.dev/'), [
      'https://a.dev',
      'https://a.dev/',
      '(a.dev)',
      '(a.dev)',
    ]);
    assert.deepEqual(found('http://203.0.113.7/mcp 203.0.113.70/mcp 1203.0.113.7', 'http://203.0.113.7/mcp'), [
      'http://203.0.113.7/mcp',
    ]);
    assert.deepEqual(found('x https://[2001:db8::7]:8443/mcp', 'https://[2001:db8::7]:8443/mcp'), [
      'https://[2001:db8::7]:8443/mcp',
    ]);
  });

  it('needs time in proportion to the text', () => {
    const text = 'https://'.repeat(20_000) + 'mcp.acme.dev'.repeat(20_000) + ' https://mcp.acme.dev/mcp'.repeat(2_000);
    assert.equal(found(text).filter((one) => !one.startsWith('(')).length, 2_000);
  });
});

describe('retiredUrl', () => {
  it('takes http and https URLs of one host, and keeps no secret of them', () => {
    assert.equal(retiredUrl(' https://me:secret@MCP.acme.dev/mcp?key=secret#x ')?.url.href, 'https://mcp.acme.dev/mcp');
    for (const other of [
      '',
      'mcp.acme.dev/mcp',
      'ftp://a.dev',
      'https://',
      'https://${HOST}/mcp',
      'https://<host>/mcp',
    ]) {
      assert.equal(retiredUrl(other), undefined, other);
    }
  });
});
