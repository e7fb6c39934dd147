import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { isWritten, type WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { dialectById, writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import { resolutionOf, type Resolution, type ResolutionInput } from '../../../../src/core/mcp/resolution.ts';
import { valueOfVariable } from '../../../../src/core/mcp/serverDefinition.ts';

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

function dialect(id: string): WrittenDialect {
  const found = dialectById(id);
  assert.ok(found && isWritten(found), id);
  return found;
}

function resolution(id: string, parts: Partial<ResolutionInput> = {}): Resolution {
  return resolutionOf(dialect(id), {
    endpoint: { url },
    form: 'variable',
    platform: 'linux',
    reader: { kind: 'program' },
    isShared: true,
    own: [],
    ...parts,
  });
}

describe('resolutionOf', () => {
  it('needs nothing of the user in the window of VS Code, where the variable is set', () => {
    for (const id of ['vscode', 'vscodeWorkspace']) {
      assert.deepEqual(resolution(id, { reader: { kind: 'this-window' } }), {
        text: 'CLAWQL_MCP_HOST is clawql-1.tail1a2b3.ts.net:8080 in this window: ClawQL Tailnet sets it. Others who open the folder pick their own server.',
      });
    }
  });

  it('speaks of others only where they get to read the file', () => {
    const { text } = resolution('vscode', { reader: { kind: 'this-window' }, isShared: false });
    assert.match(text, /ClawQL Tailnet sets it\. Each window follows its own pick\.$/);
  });

  it("says that the user's own variable beats the pick in this window, and nothing of other variables", () => {
    const reader = { kind: 'this-window' } as const;
    const own = ['CLAWQL_MCP_URL=http://mine/mcp', 'CLAWQL_MCP_HOST=mine:1'];
    assert.deepEqual(resolution('vscode', { reader, own }), {
      text: 'Your own CLAWQL_MCP_HOST=mine:1 is in the environment of this window and beats the pick: remove it there to follow the pick.',
    });
    assert.match(resolution('vscode', { reader, own: own.slice(0, 1) }).text, /ClawQL Tailnet sets it/);
    assert.doesNotMatch(resolution('cursor', { own }).text, /Your own/);
  });

  it('says that another program takes the environment in which it was started, and gives the command', () => {
    for (const { id, client, written } of writtenDialects) {
      const { text, command } = resolution(id);
      const { name } = written.variable;
      assert.equal(
        text,
        `${client} takes ${name} from the environment in which it was started: set it for your login, then quit and start ${client} again. A terminal of this window has it already.`,
      );
      assert.ok(command?.includes(`${name}=${valueOfVariable(written.variable, url) ?? ''}`), command);
    }
  });

  it('says what is to be done on the remote machine that resolves it, and that nothing was checked there', () => {
    const reader = { kind: 'remote-window', machine: 'dev-container' } as const;
    assert.deepEqual(resolution('vscode', { reader, own: ['CLAWQL_MCP_HOST=mine:1'] }), {
      text: 'VS Code resolves CLAWQL_MCP_HOST on the remote machine (dev-container), where this extension does not run and nothing was checked: install ClawQL Tailnet there, or set CLAWQL_MCP_HOST to clawql-1.tail1a2b3.ts.net:8080 there.',
    });
  });

  it('needs no variable where the file holds the URL itself, whoever reads it', () => {
    for (const reader of [
      { kind: 'this-window' },
      { kind: 'program' },
      { kind: 'remote-window', machine: 'x' },
    ] as const) {
      assert.deepEqual(resolution('cursor', { form: 'literal', reader }), {
        text: 'It holds the URL itself, so Cursor needs no variable for it.',
      });
    }
  });

  it('says where the token of a server that wants one comes from, in either form', () => {
    const endpoint = { url, wantsToken: true };
    for (const form of ['literal', 'variable'] as const) {
      for (const reader of [
        { kind: 'this-window' },
        { kind: 'program' },
        { kind: 'remote-window', machine: 'x' },
      ] as const) {
        assert.match(
          resolution('vscode', { endpoint, form, reader }).text,
          /\. The server wants a token: VS Code takes it from CLAWQL_API_KEY/,
        );
      }
      assert.doesNotMatch(resolution('vscode', { form }).text, /token/);
      assert.doesNotMatch(resolution('vscode', { form, endpoint: { url, wantsToken: false } }).text, /token/);
    }
  });

  it('gives the command of the platform', () => {
    const command = (platform: string): string | undefined => resolution('cursor', { platform }).command;
    assert.equal(command('darwin'), `launchctl setenv CLAWQL_MCP_URL '${url}'`);
    assert.equal(command('win32'), `setx CLAWQL_MCP_URL "${url}"`);
    assert.match(command('linux') ?? '', /environment\.d/);
    assert.equal(command('freebsd'), command('linux'));
  });

  it('gives no command for a URL that cannot be written', () => {
    for (const bad of ['http://h/${env:SECRET}', 'http://user:pass@h/mcp', 'ftp://h/']) {
      const { text, command } = resolution('cursor', { endpoint: { url: bad } });
      assert.equal(command, undefined, bad);
      assert.ok(!text.includes(bad), text);
    }
  });

  it("gives a command that a POSIX shell takes word for word, whatever stands in the host's path", function () {
    if (process.platform === 'win32') this.skip();
    const home = mkdtempSync(path.join(tmpdir(), 'clawql-home-'));
    try {
      const hostile = "http://h/a'b;touch pwned;'&c|d`e`?x=(1)%20!*~";
      const { command } = resolution('cursor', { endpoint: { url: hostile } });
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
