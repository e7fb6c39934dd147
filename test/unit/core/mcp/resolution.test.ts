import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { dialects, type Dialect, type DialectId } from '../../../../src/core/mcp/dialect.ts';
import { resolutionOf } from '../../../../src/core/mcp/resolution.ts';

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

function dialect(id: DialectId): Dialect {
  const found = dialects.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

describe('resolutionOf', () => {
  it('needs nothing of the user in the window of VS Code, where the variable is set', () => {
    const { text, command } = resolutionOf(dialect('vscode'), url, 'linux', true);
    assert.match(text, /^CLAWQL_MCP_HOST is clawql-1\.tail1a2b3\.ts\.net:8080 in this window/);
    assert.equal(command, undefined);
  });

  it('says that every other client takes the environment in which it was started, and gives the command', () => {
    const others: readonly (readonly [DialectId, boolean])[] = [
      ['vscode', false],
      ['cursor', true],
      ['cursor', false],
      ['claudeCode', false],
    ];
    for (const [id, here] of others) {
      const { text, command } = resolutionOf(dialect(id), url, 'linux', here);
      assert.ok(text.startsWith(`${dialect(id).client} takes CLAWQL_MCP_`), text);
      assert.match(text, /start .* again\.$/);
      assert.notEqual(command, undefined);
    }
  });

  it('gives the command of the platform', () => {
    const command = (platform: string): string | undefined =>
      resolutionOf(dialect('cursor'), url, platform, true).command;
    assert.equal(command('darwin'), `launchctl setenv CLAWQL_MCP_URL '${url}'`);
    assert.equal(command('win32'), `setx CLAWQL_MCP_URL "${url}"`);
    assert.match(command('linux') ?? '', /environment\.d/);
    assert.equal(command('freebsd'), command('linux'));
  });

  it('gives no command for a URL that cannot be written', () => {
    for (const bad of ['http://h/${env:SECRET}', 'http://user:pass@h/mcp', 'ftp://h/']) {
      assert.deepEqual(resolutionOf(dialect('cursor'), bad, 'linux', true), { text: 'It needs no variable.' }, bad);
    }
  });

  it("gives a command that a POSIX shell takes word for word, whatever stands in the host's path", function () {
    if (process.platform === 'win32') this.skip();
    const home = mkdtempSync(path.join(tmpdir(), 'clawql-home-'));
    try {
      const hostile = "http://h/a'b;touch pwned;'&c|d`e`?x=(1)%20!*~";
      const { command } = resolutionOf(dialect('cursor'), hostile, 'linux', true);
      assert.ok(command !== undefined);
      execFileSync('/bin/sh', ['-c', command], { env: { HOME: home, PATH: process.env['PATH'] }, cwd: home });
      const written = readFileSync(path.join(home, '.config', 'environment.d', '60-clawql.conf'), 'utf8');
      assert.equal(written, `CLAWQL_MCP_URL=${new URL(hostile).href}\n`);
      assert.throws(() => readFileSync(path.join(home, 'pwned')));
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
