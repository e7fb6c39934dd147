import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../../../src/core/mcp/dialect.ts';
import { dialectById, dialects } from '../../../../src/core/mcp/dialects.ts';
import { resolveUrl, type ReaderEnvironment, type ResolvedUrl } from '../../../../src/core/mcp/resolvedUrl.ts';
import { cpuTime } from '../../../support/cpuTime.ts';

const environment = {
  HOST: 'h',
  PORT: '8080',
  PATH_PART: 'clawql/mcp',
  URL: 'http://h:8080/mcp',
  NO_URL: 'h:8080',
  DOLLAR: '$x',
};

function dialect(id: string): Dialect {
  const found = dialectById(id);
  assert.ok(found, id);
  return found;
}

function resolved(id: string, text: string, seen: ReaderEnvironment = environment): ResolvedUrl {
  return resolveUrl(text, dialect(id), seen);
}

/** The URL, or what kind it is instead, with the names or references. */
function briefly(id: string, text: string, seen?: ReaderEnvironment): string {
  const result = resolved(id, text, seen);
  switch (result.kind) {
    case 'url':
      return result.url;
    case 'unset':
    case 'unseen':
      return `${result.kind} ${result.names.join(' ')}`;
    case 'foreign':
      return `foreign ${result.references.join(' ')}`;
    case 'unsupported':
      return `unsupported: ${result.reason}`;
    case 'unknown':
      return 'unknown';
  }
}

type Row = readonly [id: string, text: string, result: string];

function table(rows: readonly Row[], seen?: ReaderEnvironment): void {
  for (const [id, text, result] of rows) {
    it(`${id}: ${JSON.stringify(text)} is ${result}`, () => {
      assert.equal(seen === undefined ? briefly(id, text) : briefly(id, text, seen), result);
    });
  }
}

describe('resolveUrl where every variable is set', () => {
  table([
    ['vscode', 'http://${env:HOST}:8080/mcp', 'http://h:8080/mcp'],
    ['vscode', 'http://h:${env:PORT}/mcp', 'http://h:8080/mcp'],
    ['vscode', 'https://h/${env:PATH_PART}', 'https://h/clawql/mcp'],
    ['vscode', 'http://${env:HOST}:${env:PORT}/${env:PATH_PART}', 'http://h:8080/clawql/mcp'],
    ['vscodeWorkspace', 'http://${env:HOST}/mcp', 'http://h/mcp'],
    ['devcontainer', 'http://${env:HOST}/mcp', 'http://h/mcp'],
    ['cursor', '${env:URL}', 'http://h:8080/mcp'],
    ['windsurf', '${env:URL}', 'http://h:8080/mcp'],
    ['cline', '${env:URL}', 'http://h:8080/mcp'],
    ['roo', 'http://${env:HOST}/mcp', 'http://h/mcp'],
    ['claudeCode', '${URL}', 'http://h:8080/mcp'],
    ['claudeCode', '${GONE:-http://x/mcp}', 'http://x/mcp'],
    ['kiro', 'http://${HOST}:${PORT}/mcp', 'http://h:8080/mcp'],
    ['copilotCli', 'http://${HOST}:${GONE:-1}/mcp', 'http://h:1/mcp'],
    ['geminiCli', '$URL', 'http://h:8080/mcp'],
    ['geminiCli', 'http://$HOST:${PORT}/mcp', 'http://h:8080/mcp'],
    ['geminiCli', '${GONE:-http://x/mcp}', 'http://x/mcp'],
    ['jetbrainsCopilot', 'http://${env:HOST}/mcp', 'http://h/mcp'],
    ['openCode', '{env:URL}', 'http://h:8080/mcp'],
  ]);
});

describe('resolveUrl where a variable is not set', () => {
  table([
    ['vscode', 'http://${env:GONE}/mcp', 'unset GONE'],
    ['vscode', 'http://${env:GONE}:${env:LOST}/mcp', 'unset GONE LOST'],
    ['vscode', 'http://${env:HOST}:${env:GONE}/mcp', 'unset GONE'],
    ['vscode', 'http://${env:GONE:-localhost}/mcp', 'unset GONE:-localhost'],
    ['cursor', '${env:GONE}', 'unset GONE'],
    ['roo', '${env:GONE}', 'unset GONE'],
    ['claudeCode', 'http://${GONE}/mcp', 'unset GONE'],
    ['geminiCli', 'http://$GONE/mcp', 'unset GONE'],
    ['openCode', 'http://{env:GONE}/mcp', 'unset GONE'],
    ['cursor', '${env:constructor}', 'unset constructor'],
  ]);
});

describe('resolveUrl where the environment of the reader cannot be seen', () => {
  const unseen: readonly Row[] = [
    ['cursor', '${env:URL}', 'unseen URL'],
    ['vscode', 'http://${env:HOST}:${env:PORT}/mcp', 'unseen HOST PORT'],
    ['claudeCode', '${URL:-http://x}', 'unseen URL'],
    ['geminiCli', 'http://$HOST/mcp', 'unseen HOST'],
    ['openCode', '{env:URL}', 'unseen URL'],
    ['cursor', 'http://h/mcp', 'http://h/mcp'],
    ['cursor', 'http://h/mcp?$filter=x', 'http://h/mcp?$filter=x'],
    [
      'vscode',
      '${env:URL}',
      'unsupported: VS Code does not take a variable as the whole URL: write the scheme and the path',
    ],
    ['zed', 'http://h/mcp', 'http://h/mcp'],
  ];
  for (const [id, text, result] of unseen) {
    it(`${id}: ${JSON.stringify(text)} is ${result}`, () => {
      const found = resolveUrl(text, dialect(id), undefined);
      assert.equal(found.kind === 'unseen' ? `unseen ${found.names.join(' ')}` : briefly(id, text), result);
    });
  }
});

describe('resolveUrl of references of another kind', () => {
  table([
    ['vscode', 'http://${input:host}/mcp', 'foreign ${input:host}'],
    ['vscode', 'http://${command:clawql.host}/mcp', 'foreign ${command:clawql.host}'],
    [
      'vscode',
      'http://h/${workspaceFolder}/${workspaceFolderBasename}',
      'foreign ${workspaceFolder} ${workspaceFolderBasename}',
    ],
    ['cursor', 'http://h/${userHome}${pathSeparator}x', 'foreign ${userHome} ${pathSeparator}'],
    ['windsurf', '${file:/run/secrets/url}', 'foreign ${file:/run/secrets/url}'],
    ['vscode', 'http://${input:host}:${env:GONE}/mcp', 'foreign ${input:host}'],
    ['openCode', 'http://{file:~/.host}/mcp', 'foreign {file:~/.host}'],
  ]);
});

describe('resolveUrl of forms that a client does not take', () => {
  const whole = 'does not take a variable as the whole URL: write the scheme and the path';
  const other = 'this is no http or https URL that';
  table([
    ['vscode', '${env:URL}', `unsupported: VS Code ${whole}`],
    ['vscodeWorkspace', '${env:URL}/x', `unsupported: VS Code ${whole}`],
    ['vscode', '${input:url}', `unsupported: VS Code ${whole}`],
    ['devcontainer', '${env:URL}', `unsupported: VS Code in the dev container ${whole}`],
    ['vscode', 'http://${HOST}/mcp', 'unsupported: VS Code does not replace ${HOST}: it wants ${env:NAME}'],
    ['vscode', 'http://${input:x}/${HOST}', 'unsupported: VS Code does not replace ${HOST}: it wants ${env:NAME}'],
    ['cursor', '${URL}', 'unsupported: Cursor does not replace ${URL}: it wants ${env:NAME}'],
    ['cursor', '${URL:-http://alice:s3cret@h}', 'unsupported: Cursor does not replace ${URL}: it wants ${env:NAME}'],
    ['cline', 'http://${HOST}/mcp', 'unsupported: Cline does not replace ${HOST}: it wants ${env:NAME}'],
    ['claudeCode', '${env:URL}', 'unsupported: Claude Code does not replace ${env:URL}: it wants ${NAME}'],
    ['claudeCode', 'http://$HOST/mcp', `unsupported: ${other} Claude Code can call`],
    ['openCode', 'http://${HOST}/mcp', 'unsupported: OpenCode does not replace ${HOST}: it wants {env:NAME}'],
    ['zed', 'http://${HOST}/mcp', 'unsupported: Zed does not replace ${HOST}'],
    ['antigravity', '${env:URL}', 'unsupported: Antigravity does not replace ${env:URL}'],
    ['vscode', '', `unsupported: ${other} VS Code can call`],
    ['vscode', 'h:8080/mcp', `unsupported: ${other} VS Code can call`],
    ['vscode', 'ftp://h/mcp', `unsupported: ${other} VS Code can call`],
    ['vscode', 'ws://h/mcp', `unsupported: ${other} VS Code can call`],
    ['vscode', 'http://', `unsupported: ${other} VS Code can call`],
    ['cursor', '${env:NO_URL}', `unsupported: ${other} Cursor can call`],
    ['cursor', 'http://${env:DOLLAR}/mcp', `unsupported: ${other} Cursor can call`],
    ['vscode', 'http://h/${env:HOST', `unsupported: ${other} VS Code can call`],
  ]);
});

describe('resolveUrl for clients whose way with variables is not known', () => {
  table([
    ['amp', 'http://${HOST}/mcp', 'unknown'],
    ['jetbrains', '${env:URL}', 'unknown'],
    ['jetbrains', 'http://{env:HOST}/mcp', 'unknown'],
    ['amp', '$URL', 'unknown'],
    ['amp', 'http://h/mcp', 'http://h/mcp'],
    ['jetbrains', 'h:8080', 'unsupported: this is no http or https URL that JetBrains AI Assistant and Junie can call'],
  ]);
});

describe('resolveUrl', () => {
  it('takes a variable as the whole argument of a command, in VS Code too', () => {
    const vscode = dialect('vscode');
    assert.deepEqual(resolveUrl('${env:URL}', vscode, environment, 'argument'), { kind: 'url', url: environment.URL });
    assert.deepEqual(resolveUrl('${input:url}', vscode, environment, 'argument').kind, 'foreign');
    assert.deepEqual(resolveUrl('${env:URL}', vscode, undefined, 'argument'), { kind: 'unseen', names: ['URL'] });
  });

  it('writes the URL as a parser does', () => {
    assert.equal(briefly('vscode', 'HTTP://H.example:80'), 'http://h.example/');
    assert.equal(briefly('vscode', 'https://h:443/mcp'), 'https://h/mcp');
  });

  it('never throws, shows no value of a variable but in the URL, and takes no time over a text of any length', () => {
    const part = fc.constantFrom(
      ...[
        'http://',
        'https://',
        '${env:HOST}',
        '${HOST}',
        '$HOST',
        '{env:HOST}',
        '${env:',
        '${',
        '}',
        ':-',
        '${GONE:-x}',
      ],
      ...['${input:x}', '${file:/x}', '{file:x}', ':', '/', '@', '[', ']', 'h', '8080', ' ', '%', '\\', '\n', '\ud800'],
    );
    const text = fc.oneof(
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.tuple(part, part).map(([piece, end]) => piece.repeat(10_000) + end),
    );
    fc.assert(
      fc.property(fc.constantFrom(...dialects), text, fc.boolean(), (of, written, isSeen) => {
        const resolve = () => resolveUrl(written, of, isSeen ? environment : undefined);
        const ms = cpuTime(resolve);
        assert.ok(ms < 1_000, `${of.id}: ${written.slice(0, 40)}: ${ms} ms`);
        const result = resolve();
        if (result.kind === 'url') assert.match(result.url, /^https?:\/\/[^/]/);
        if (result.kind === 'unsupported') assert.ok(!result.reason.includes(environment.PATH_PART));
        if (result.kind === 'unset' || result.kind === 'unseen') assert.ok(result.names.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
