import assert from 'node:assert/strict';
import { ofRule, type Place } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('mcp-secret');

const file = '/w/.cursor/mcp.json';
// Put together, so that no scanner takes them for keys that got lost.
const token = 'a1B2c3D4' + 'e5F6g7H8';
const key = 'ghp' + '_' + token;
const server = (parts: string, name = 'clawql'): string => `{"mcpServers":{"${name}":{${parts}}}}`;
const header = (name: string, value: string): string =>
  server(`"url":"http://clawql.example/mcp","headers":{"${name}":"${value}"}`);
const url = (value: string): string => server(`"url":"${value}"`);
const env = (name: string, value: string): string => server(`"command":"clawql-mcp","env":{"${name}":"${value}"}`);
const tracked: Place = { tracking: 'tracked' };

describe('mcp-secret', () => {
  describe('finds', () => {
    const rows: readonly (readonly [string, string, string])[] = [
      ['a bearer token, without its scheme', header('Authorization', `Bearer ${token}`), token],
      ['a token without a scheme', header('authorization', token), token],
      ['a basic credential', header('Authorization', `Basic ${token}=`), `${token}=`],
      ['an API key', header('X-API-Key', token), token],
      ['any other header of that kind', header('X-Team-Token', 's3cret'), 's3cret'],
      ['a key of a known form in any header', header('X-Anything', key), key],
      ['a password before the host', url(`http://alice:${token}@clawql.example/mcp`), `alice:${token}`],
      ['a key before the host', url(`http://${key}@clawql.example/mcp`), key],
      ['a token in the query', url(`http://clawql.example/mcp?a=b&token=${token}#x`), token],
      ['a key in the query of a URL with a variable', url(`http://\${env:H}/mcp?api_key=${token}`), token],
      ["a command's token", env('CLAWQL_GITHUB_TOKEN', token), token],
      ["a command's key of a known form, whatever it is called", env('EXTRA', key), key],
      [
        'the URL of mcp-remote',
        server(`"command":"npx","args":["mcp-remote","https://clawql.example/mcp?token=${token}"]`),
        token,
      ],
    ];
    for (const [name, text, underlined] of rows) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, {}, tracked), [`mcp-secret error ${underlined}`]);
        assert.deepEqual(briefly(file, text, {}, { tracking: 'unknown' }), [`mcp-secret error ${underlined}`]);
        assert.deepEqual(briefly(file, text, {}, { tracking: 'ignored' }), [`mcp-secret warning ${underlined}`]);
      });
    }
  });

  describe('is quiet about', () => {
    const rows: readonly (readonly [string, string])[] = [
      ['variables', header('Authorization', 'Bearer ${env:CLAWQL_API_KEY}')],
      ['what the client asks for', header('Authorization', 'Bearer ${env:TOKEN}')],
      ['placeholders', header('Authorization', 'Bearer <token>')],
      ['placeholders in words', header('X-API-Key', 'your-api-key')],
      ['placeholders that are crossed out', header('X-API-Key', 'ghp_xxxxxxxxxxxxxxxx')],
      ['an empty value', header('Authorization', '')],
      ['a scheme alone', header('Authorization', 'Bearer ')],
      ['headers of other kinds', header('X-Team', 'platform')],
      ['a user name alone', url('http://alice@clawql.example/mcp')],
      ['a variable before the host', url('http://alice:${env:PASSWORD}@clawql.example/mcp')],
      ['a query of another kind', url('http://clawql.example/mcp?key=1&page=2')],
      ['a path to a key', env('CLAWQL_TLS_KEY', '/run/secrets/key.pem')],
      ['a number', env('CLAWQL_MAX_TOKEN', '4096')],
      ['a public key', env('CLAWQL_PUBLIC_KEY', token)],
      ["another tool's server", header('Authorization', `Bearer ${token}`).replace('"clawql"', '"github"')],
      ['example.org', url('http://clawql.example.org/mcp')],
    ];
    for (const [name, text] of rows) it(name, () => assert.deepEqual(briefly(file, text, {}, tracked), []));

    it("VS Code's inputs", () => {
      const text =
        '{"inputs":[{"id":"token"}],"servers":{"clawql":{"url":"http://h.example","headers":{"Authorization":"Bearer ${input:token}"}}}}';
      assert.deepEqual(briefly('/w/.vscode/mcp.json', text, {}, tracked), []);
    });
  });

  it('says where it stands and who can read it, and never what it is', () => {
    const text = header('Authorization', `Bearer ${token}`);
    assert.equal(
      onlyProblem(file, text, {}, tracked).message,
      'MCP server "clawql" holds a secret in its header Authorization: git tracks mcp.json, so it is in the history for everybody ' +
        'who has the repository. Name the variable CLAWQL_API_KEY there and set it where Cursor is started, and change the secret, because others may have it.',
    );
    assert.match(onlyProblem(file, text, {}, { tracking: 'unknown' }).message, /: git may track mcp\.json, /);
    assert.match(
      onlyProblem(file, text, {}, { tracking: 'ignored' }).message,
      /Name the variable CLAWQL_API_KEY there and set it where Cursor is started\.$/,
    );
    assert.match(
      onlyProblem(file, url(`http://alice:${token}@clawql.example/mcp`), {}, tracked).message,
      /its URL, before the host: .* Take it out of the file, and change the secret, because others may have it\.$/,
    );
    for (const one of [
      text,
      header('X-Y-Token', key),
      url(`http://a:${key}@h.example/?token=${key}`),
      env('A_KEY', key),
    ]) {
      for (const problem of problemsOf(file, one, {}, tracked)) {
        const shown = [problem.message, ...problem.fixes().map(({ title }) => title)].join(' ');
        assert.ok(!shown.includes(token), shown);
      }
    }
  });

  describe('mends', () => {
    const title = (variable: string, client = 'Cursor'): string =>
      `Use the variable ${variable}, set where ${client} is started`;

    it("a header with a variable in the client's own form", () => {
      assert.deepEqual(fixesOf(file, header('Authorization', `Bearer ${token}`), {}), {
        [title('CLAWQL_API_KEY')]: header('Authorization', 'Bearer ${env:CLAWQL_API_KEY}'),
      });
      assert.deepEqual(fixesOf('/w/.mcp.json', header('X-API-Key', token), {}), {
        [title('CLAWQL_API_KEY', 'Claude Code')]: header('X-API-Key', '${CLAWQL_API_KEY}'),
      });
      assert.deepEqual(fixesOf(file, header('X-Team-Token', token), {}), {
        [title('TEAM_TOKEN')]: header('X-Team-Token', '${env:TEAM_TOKEN}'),
      });
    });

    it("a command's variable with the one of the same name, and a query with the one of the key", () => {
      assert.deepEqual(fixesOf(file, env('CLAWQL_GITHUB_TOKEN', key), {}), {
        [title('CLAWQL_GITHUB_TOKEN')]: env('CLAWQL_GITHUB_TOKEN', '${env:CLAWQL_GITHUB_TOKEN}'),
      });
      assert.deepEqual(fixesOf(file, url(`http://clawql.example/mcp?token=${token}&a=b`), {}), {
        [title('CLAWQL_API_KEY')]: url('http://clawql.example/mcp?token=${env:CLAWQL_API_KEY}&a=b'),
      });
    });

    it('nothing before the host, and nothing for a client whose way with variables is not known well enough', () => {
      assert.deepEqual(fixesOf(file, url(`http://alice:${token}@clawql.example/mcp`), {}), {});
      assert.deepEqual(fixesOf('/w/.junie/mcp/mcp.json', header('Authorization', `Bearer ${token}`), {}), {});
    });
  });
});
