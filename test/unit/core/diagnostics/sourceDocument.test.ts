import assert from 'node:assert/strict';
import { documentKind, isExample } from '../../../../src/core/diagnostics/sourceDocument.ts';
import { targetOf } from '../../../../src/core/diagnostics/urlTarget.ts';

function kind(path: string): string | undefined {
  const found = documentKind(path);
  return found?.kind === 'mcp' ? found.dialect.id : found?.kind;
}

describe('sourceDocument', () => {
  it('knows the files that are checked by their paths', () => {
    for (const path of [
      '/w/.env',
      '.env',
      '/w/.env.local',
      '/w/.env.example',
      '/w/clawql.env',
      '/w/clawql.env.sample',
      '/c:/w/.ENV',
    ]) {
      assert.equal(kind(path), 'env', path);
    }
    assert.equal(kind('/w/.vscode/mcp.json'), 'vscode');
    assert.equal(kind('/w/.cursor/mcp.json.example'), 'cursor');
    assert.equal(kind('/w/team.code-workspace'), 'vscodeWorkspace');
    assert.equal(kind('/w/.gemini/settings.json.sample'), 'geminiCli');
    assert.equal(kind('/home/u/.config/Code/User/profiles/-abc/mcp.json'), 'vscode');
    for (const path of [
      '/w/.envrc',
      '/w/.env/x',
      '/w/environment',
      '/w/env',
      '/w/.env.d/x',
      '/w/settings.json',
      '/w/.vscode/settings.json',
      '/w/mcp.json',
      '/w/.envy',
      '/w/x.env.js',
    ]) {
      assert.equal(kind(path), undefined, path);
    }
  });

  it('knows examples', () => {
    for (const path of [
      '/w/.env.example',
      '/w/.env.sample',
      '/w/.env.template',
      '/w/.env.dist',
      '/w/.mcp.json.example',
    ]) {
      assert.equal(isExample(path), true, path);
    }
    for (const path of ['/w/.env', '/w/example.env', '/example/.env']) assert.equal(isExample(path), false, path);
  });
});

describe('urlTarget', () => {
  it('is the host of an http or https URL', () => {
    const hosts = [
      'http://Host.Example.TS.net.:8080/mcp',
      'https://user:x@h/',
      'http://[FD7A::1]:80',
      'http://0x7f.1',
      'http://münchen.de',
    ];
    assert.deepEqual(
      hosts.map((value) => targetOf(value)?.host),
      [undefined, 'h', '[fd7a::1]', '127.0.0.1', 'xn--mnchen-3ya.de'],
    );
    assert.equal(targetOf('http://Host.TS.net.:8080/mcp')?.host, 'host.ts.net');
  });

  it('is none of what does not lead to one host by itself', () => {
    const values = [
      '',
      'h:8080',
      'localhost',
      'ftp://h',
      'grpc://h:1',
      'http://',
      'http://${H}/',
      'http://$H/',
      '{{url}}',
      '${env:X}',
    ];
    const placeholders = [
      'http://<host>/mcp',
      'https://your-host.ts.net',
      'http://your_host',
      'http://a.example.org',
      'http://change-me:1',
    ];
    for (const value of [...values, ...placeholders, 'http://%HOST%/']) assert.equal(targetOf(value), undefined, value);
    assert.equal(targetOf('http://yourself.dev')?.host, 'yourself.dev');
  });
});
