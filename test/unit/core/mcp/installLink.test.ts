import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import fc from 'fast-check';

import { installLinks, type InstallLink } from '../../../../src/core/mcp/installLink.ts';
import { writableUrl } from '../../../../src/core/mcp/serverDefinition.ts';
import { hostile } from '../../support/hostileTexts.ts';

const name = 'clawql';
const url = 'http://clawql-1.example.ts.net:8080/mcp';
const plain = { name, type: 'http', url };

const secret = {
  headers: { Authorization: 'Bearer ${input:clawql-api-key}' },
  inputs: [{ id: 'clawql-api-key', type: 'promptString', description: 'The API key of ClawQL', password: true }],
};

const awkward = [
  ...hostile,
  "it's",
  '"q"',
  '\\',
  '\\"',
  '$HOME',
  '$(id)',
  '`id`',
  '%PATH%',
  '%20',
  '!!',
  '‘’‚‛',
  'é',
  '😀',
];

/** Any text, as a name or as a part of a URL. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom(...awkward, '\ud800', ' ', '+', ';', '^', '~', '?', '>', '&'), { maxLength: 4 })
    .map((all) => all.join('')),
);

/** URLs that may be handed on, with any text as path and query. */
const urls = fc
  .tuple(
    fc.constantFrom('http://clawql-1.example.ts.net:8080/', 'https://[fd7a:115c:a1e0::1]/', 'http://käse/'),
    text,
    text,
  )
  .map(([start, ...rest]) =>
    `${start}${rest.filter((part) => part !== '').join('?')}`.replaceAll('#', '').toWellFormed(),
  )
  .filter((one) => writableUrl(one) !== undefined);

function textOf(links: readonly InstallLink[], id: InstallLink['id']): string {
  const link = links.find((one) => one.id === id);
  assert.ok(link, id);
  return link.text;
}

function after(start: string, text: string): string {
  assert.ok(text.startsWith(start), text);
  return text.slice(start.length);
}

/** What VS Code reads from a link: `URI.parse` decodes the query, and the handler decodes it once more. */
function readByVsCode(scheme: string, text: string): unknown {
  const once = decodeURIComponent(after(`${scheme}:mcp/install?`, text));
  assert.deepEqual(JSON.parse(decodeURIComponent(once)), JSON.parse(once));
  return JSON.parse(once);
}

/** What Cursor reads from a link, whether its query is decoded once or twice, and its base64 as UTF-8 or as Latin-1. */
function readByCursor(text: string): { readonly name: string | null; readonly config: unknown } {
  const { host, pathname, search, searchParams } = new URL(text);
  assert.equal(`${host}${pathname}`, 'anysphere.cursor-deeplink/mcp/install');
  const config = searchParams.get('config') ?? '';
  const twice = /&config=(.*)$/.exec(decodeURIComponent(search))?.[1] ?? '';
  assert.equal(twice, config);
  assert.match(config, /^[A-Za-z\d]*={0,2}$/);
  assert.equal(Buffer.from(config, 'base64').toString('utf8'), atob(config));
  return { name: searchParams.get('name'), config: JSON.parse(atob(config)) };
}

const shells = ['/bin/sh', '/bin/bash'].filter((shell) => existsSync(shell));

/** Without standard input: from a pipe bash takes itself for a remote shell and reads the user's own start file. */
function runIn(shell: string, script: string): string {
  return execFileSync(shell, ['-c', script], {
    encoding: 'utf8',
    env: {},
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The arguments that a program gets when a POSIX shell runs the command line. */
function readByShell(shell: string, program: string, line: string): readonly string[] {
  const words = runIn(shell, `${program}() { printf '%s\\0' "$@"; }\n${line}`).split('\0');
  assert.equal(words.pop(), '', 'the shell ran something else too');
  return words;
}

/** What a program gets from PowerShell and `cmd.exe` by their rules: neither is here to be asked. */
function readByPowershell(line: string): unknown {
  const [, literal] = /^code --add-mcp '([^']*)'$/.exec(line) ?? [];
  assert.ok(literal !== undefined, line);
  assert.match(literal, /^[!-~]*$/, 'white space is quoted anew, and typographic quotes end the string');
  assert.doesNotMatch(literal, /[%&<>^|]/, 'cmd.exe reads it');
  assert.doesNotMatch(literal, /(?<!\\)"|\\\\/, 'a quote is lost');
  return JSON.parse(literal.replaceAll(String.raw`\"`, '"'));
}

describe('installLinks', () => {
  it('gives links, then command lines, each with what the receiver does', () => {
    const links = installLinks({ name, url }, 'linux');
    assert.deepEqual(
      links.map(({ id, text }) => [id, text]),
      [
        [
          'vscode',
          'vscode:mcp/install?%7B%22name%22%3A%22clawql%22%2C%22type%22%3A%22http%22%2C%22url%22%3A%22http%3A%2F%2Fclawql-1.example.ts.net%3A8080%2Fmcp%22%7D',
        ],
        [
          'vscode-insiders',
          'vscode-insiders:mcp/install?%7B%22name%22%3A%22clawql%22%2C%22type%22%3A%22http%22%2C%22url%22%3A%22http%3A%2F%2Fclawql-1.example.ts.net%3A8080%2Fmcp%22%7D',
        ],
        [
          'cursor',
          'cursor://anysphere.cursor-deeplink/mcp/install?name=clawql&config=eyJ1cmwiOiJodHRwOi8vY2xhd3FsLTEuZXhhbXBsZS50cy5uZXQ6ODA4MC9tY3AifQ%3D%3D',
        ],
        ['code-posix', `code --add-mcp '{"name":"clawql","type":"http","url":"${url}"}'`],
        [
          'code-powershell',
          String.raw`code --add-mcp '{\"name\":\"clawql\",\"type\":\"http\",\"url\":\"http://clawql-1.example.ts.net:8080/mcp\"}'`,
        ],
        ['claude', `claude mcp add --transport http --scope user clawql ${url}`],
      ],
    );
    for (const { label, detail } of links) {
      assert.match(label, /^(Link|Command) for /);
      assert.match(detail, /^[A-Z][^.]*( 5\.1[^.]*)?\.$/);
      assert.doesNotMatch(detail, /token/);
    }
  });

  it("puts the command line for the sender's own shells first", () => {
    const order = (platform: string): readonly string[] =>
      installLinks({ name, url }, platform)
        .map(({ id }) => id)
        .filter((id) => id.startsWith('code-'));
    assert.deepEqual(order('win32'), ['code-powershell', 'code-posix']);
    for (const platform of ['linux', 'darwin', 'freebsd']) {
      assert.deepEqual(order(platform), ['code-posix', 'code-powershell']);
    }
  });

  it('gives none for a URL that may not be handed on', () => {
    for (const refused of ['', 'mcp', 'ftp://h/', 'http://u:p@h/', 'http://h/${env:TOKEN}', 'http://h/#x']) {
      assert.deepEqual(installLinks({ name, url: refused }, 'linux'), [], refused);
    }
  });

  it('names what asks for the token or holds it, never a token', () => {
    const links = installLinks({ name, url, token: true }, 'linux');
    assert.deepEqual(readByVsCode('vscode', textOf(links, 'vscode')), { ...plain, ...secret });
    assert.deepEqual(readByVsCode('vscode-insiders', textOf(links, 'vscode-insiders')), { ...plain, ...secret });
    assert.deepEqual(readByCursor(textOf(links, 'cursor')), {
      name,
      config: { url, headers: { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' } },
    });
    assert.deepEqual(readByPowershell(textOf(links, 'code-powershell')), { ...plain, ...secret });
    for (const { detail } of links) assert.match(detail, /; (VS Code asks for the token|the token is taken from) /);
  });

  it('names no variable where no token is wanted', () => {
    for (const { text } of installLinks({ name, url, token: false }, 'linux')) {
      assert.doesNotMatch(decodeURIComponent(text), /\$|Bearer|inputs/);
    }
    assert.deepEqual(installLinks({ name, url, token: false }, 'linux'), installLinks({ name, url }, 'linux'));
  });

  it('leaves Claude Code out for a name that it refuses', () => {
    for (const refused of ['', 'Claw QL', 'käse', '-x', '@a/b', "a'b", 'a.b']) {
      const ids = installLinks({ name: refused, url }, 'linux').map(({ id }) => id);
      assert.equal(ids.length, 5);
      assert.ok(!ids.includes('claude'), refused);
    }
  });

  it('survives every decoder on the way, whatever stands in the name and the URL', () => {
    fc.assert(
      fc.property(text, urls, fc.boolean(), (one, endpoint, token) => {
        const links = installLinks({ name: one, url: endpoint, token }, 'linux');
        const server = { name: one.toWellFormed(), type: 'http', url: new URL(endpoint).href };
        const whole = token ? { ...server, ...secret } : server;
        assert.deepEqual(readByVsCode('vscode', textOf(links, 'vscode')), whole);
        assert.deepEqual(readByVsCode('vscode-insiders', textOf(links, 'vscode-insiders')), whole);
        assert.deepEqual(readByPowershell(textOf(links, 'code-powershell')), whole);
        const headers = { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' };
        assert.deepEqual(readByCursor(textOf(links, 'cursor')), {
          name: server.name,
          config: token ? { url: server.url, headers } : { url: server.url },
        });
      }),
      { numRuns: 1_000 },
    );
  });

  describe('in a POSIX shell', () => {
    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('reaches a real program word for word', () => {
      const hostileUrl = "http://h/a'b;touch pwned;'&c|d`e`?x=(1)%20!*~";
      const links = installLinks({ name: 'claw_ql-1', url: hostileUrl, token: true }, 'linux');
      const program = `node() { '${process.execPath}' -p 'JSON.stringify(process.argv.slice(1))' -- "$@"; }`;
      const script = [
        program,
        'code() { node "$@"; }',
        'claude() { node "$@"; }',
        textOf(links, 'code-posix'),
        textOf(links, 'claude'),
      ];
      const [code, claude, ...rest] = runIn('/bin/sh', script.join('\n')).split('\n');
      assert.deepEqual(rest, ['']);
      const [option, json, ...more] = JSON.parse(code ?? '') as string[];
      const { href } = new URL(hostileUrl);
      assert.deepEqual([option, more], ['--add-mcp', []]);
      assert.deepEqual(JSON.parse(json ?? ''), { name: 'claw_ql-1', type: 'http', url: href, ...secret });
      assert.deepEqual(JSON.parse(claude ?? ''), [
        ...['mcp', 'add', '--header', 'Authorization: Bearer ${CLAWQL_API_KEY}'],
        ...['--transport', 'http', '--scope', 'user', 'claw_ql-1', href],
      ]);
    });

    it('is quoted where a shell would read it otherwise', () => {
      for (const path of ['a;b', '?a', 'a*', '(a)', 'a=b', 'a,b', "it's"]) {
        const line = textOf(installLinks({ name, url: `http://h/${path}` }, 'linux'), 'claude');
        assert.ok(line.includes(" clawql 'http://h/"), line);
        assert.equal(readByShell('/bin/sh', 'claude', line).at(-1), `http://h/${path}`);
      }
    });

    it('survives the shell, whatever stands in the name and the URL', function () {
      this.timeout(30_000);
      for (const shell of shells) {
        fc.assert(
          fc.property(text, urls, fc.boolean(), (one, endpoint, token) => {
            const { href } = new URL(endpoint);
            const links = installLinks({ name: one, url: endpoint, token }, 'linux');
            const [option, json, ...more] = readByShell(shell, 'code', textOf(links, 'code-posix'));
            assert.deepEqual([option, more], ['--add-mcp', []]);
            const server = { name: one.toWellFormed(), type: 'http', url: href };
            assert.deepEqual(JSON.parse(json ?? ''), token ? { ...server, ...secret } : server);
            const named = installLinks({ name, url: endpoint, token }, 'linux');
            const words = readByShell(shell, 'claude', textOf(named, 'claude'));
            assert.deepEqual(words.slice(0, 2), ['mcp', 'add']);
            assert.deepEqual(words.slice(-6), ['--transport', 'http', '--scope', 'user', name, href]);
          }),
          { numRuns: 100 },
        );
      }
    });
  });
});
