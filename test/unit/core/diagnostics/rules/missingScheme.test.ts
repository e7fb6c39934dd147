import assert from 'node:assert/strict';
import { node } from '../../../support/builders.ts';
import { mcp, ofRule, oneHost, type Place, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('missing-scheme');

const cursorFile = '/w/.cursor/mcp.json';
const env = (value: string): string => `CLAWQL_X=1\nPAPERLESS_BASE_URL=${value}\n`;

describe('missing-scheme', () => {
  describe('finds', () => {
    it('a host with a port, or with a domain, in a variable', () => {
      for (const value of [
        'mac-mini:8080',
        'paperless.tail1a2b3.ts.net',
        'paperless:8000/sub',
        '100.64.0.7:8000',
        '[fd7a:115c:a1e0::7]:8000',
        'localhost',
        'docs.company.dev/api?x=1',
      ]) {
        assert.deepEqual(briefly('/w/.env', env(value), oneHost), [`missing-scheme error ${value}`]);
      }
    });

    it("a ClawQL server's URL in the MCP file of each client, by its key or by its host", () => {
      const url = 'clawql-1:8080/mcp';
      for (const [path, text] of [
        ['/w/.vscode/mcp.json', mcp('servers', 'clawql', url)],
        ['/w/.cursor/mcp.json', mcp('mcpServers', 'tools', url)],
        ['/w/.mcp.json', mcp('mcpServers', 'our-ClawQL', url)],
      ] as const) {
        assert.deepEqual(briefly(path, text, oneHost), [`missing-scheme error ${url}`]);
      }
    });

    it('an endpoint in a list, and what is only read by a container', () => {
      const text = `CLAWQL_GRAPHQL_SOURCES='[{"name":"a","endpoint":"api:4000/graphql"}]'`;
      assert.deepEqual(briefly('/w/.env', text, oneHost, { besideCompose: true }), [
        'missing-scheme error api:4000/graphql',
      ]);
    });

    it('no more than information where it is not known who reads the file', () => {
      for (const [path, place] of [
        ['/w/.env.local', {}],
        ['/w/.env.example', {}],
        ['/w/.env', { isHere: false }],
      ] as const) {
        assert.deepEqual(briefly(path, env('paperless:8000'), oneHost, place), [
          'missing-scheme information paperless:8000',
        ]);
      }
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, Place?])[] = [
      ['a variable', '/w/.env', env('${PAPERLESS_HOST}:8000')],
      ['a variable of a client', '/w/.mcp.json', mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}')],
      ['a placeholder', '/w/.env.example', env('your-paperless-host:8000')],
      ['what is to be put in', '/w/.env', env('<host>:8000')],
      ['a word that may be anything', '/w/.env', env('none')],
      ['nothing', '/w/.env', env('')],
      ['a file', '/w/.env', 'CLAWQL_SPEC_URL=./openapi.yaml\nOPENAPI_SPEC_URL=openapi.json'],
      ['a path', '/w/.env', 'CLAWQL_SPEC_PATH=specs/openapi.yaml\nCLAWQL_API_BASE_URL=/api/v1'],
      ['another scheme', '/w/.env', env('ftp://paperless:8000')],
      ['a secret in it', '/w/.env', env('user:hunter2@paperless:8000')],
      ['an endpoint of gRPC', '/w/.env', 'CLAWQL_GRPC_SOURCES=[{"name":"a","endpoint":"127.0.0.1:50051"}]'],
      [
        'hosts and binds',
        '/w/.env',
        'CLAWQL_X=1\nMCP_HOST=0.0.0.0\nGRPC_BIND=0.0.0.0\nCLAWQL_OUROBOROS_DB_HOST=db.x.dev',
      ],
      ["another tool's server", cursorFile, mcp('mcpServers', 'figma', '127.0.0.1:3845/mcp')],
      ['a web application', '/w/.env', 'API_BASE_URL=localhost:3000'],
    ];
    for (const [name, path, text, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, oneHost, place), []);
      });
    }
  });

  it('says what it is taken for', () => {
    assert.equal(
      onlyProblem('/w/.env', env('paperless.tail1a2b3.ts.net/x'), oneHost).message,
      'PAPERLESS_BASE_URL names paperless.tail1a2b3.ts.net without a scheme: ClawQL says "Invalid URL". ' +
        'Write http:// before it.',
    );
    assert.equal(
      onlyProblem('/w/.env', env('mac-mini:8080/mcp'), oneHost).message,
      'PAPERLESS_BASE_URL names mac-mini without a scheme: ClawQL takes what stands before the colon for the scheme, ' +
        'and says that it is not supported. Write http:// before it.',
    );
    assert.equal(
      onlyProblem(cursorFile, mcp('mcpServers', 'clawql', 'mac-mini:8080/mcp'), oneHost).message,
      'MCP server "clawql" names mac-mini without a scheme: without http:// or https:// this is no URL that ' +
        'Cursor can call. Write http:// before it.',
    );
    assert.doesNotMatch(onlyProblem('/w/.env', env('paperless:8000/?token=hunter2'), oneHost).message, /hunter2/);
  });

  describe('mends', () => {
    it('with http, whatever else the file is: no name is given away that does not stand there', () => {
      for (const tracking of ['tracked', 'untracked'] as const) {
        assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL="mac-mini:8080/mcp" # a\r\n`, oneHost, { tracking }), {
          '* Put http:// before it': `CLAWQL_MCP_URL="http://mac-mini:8080/mcp" # a\r\n`,
        });
      }
      assert.deepEqual(fixesOf(cursorFile, mcp('mcpServers', 'clawql', 'clawql-1:8080/mcp'), oneHost), {
        '* Put http:// before it': mcp('mcpServers', 'clawql', 'http://clawql-1:8080/mcp'),
      });
    });

    it('with https where the port says so', () => {
      assert.deepEqual(fixesOf('/w/.env', env('clawql-1.tail1a2b3.ts.net:443/x'), oneHost), {
        '* Put https:// before it': env('https://clawql-1.tail1a2b3.ts.net:443/x'),
      });
    });

    it('with https, and not by itself, where the host may be a public one', () => {
      assert.deepEqual(fixesOf('/w/.env', env('docs.company.dev/x'), oneHost), {
        'Put https:// before it': env('https://docs.company.dev/x'),
      });
    });

    it('prefers nothing where nobody is known to read it', () => {
      assert.deepEqual(fixesOf('/w/.env.local', env('paperless:8000'), oneHost), {
        'Put http:// before it': env('http://paperless:8000'),
      });
    });

    it('inside of a list', () => {
      const text = (endpoint: string): string => `CLAWQL_GRAPHQL_SOURCES='[{"name":"a","endpoint":"${endpoint}"}]'`;
      const world: World = { peers: [node('api')] };
      assert.deepEqual(fixesOf('/w/.env', text('api:4000/graphql'), world), {
        '* Put http:// before it': text('http://api:4000/graphql'),
      });
    });
  });
});
