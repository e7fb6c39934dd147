import assert from 'node:assert/strict';
import { node, settings } from '../../../support/builders.ts';
import { mcp, ofRule, oneHost, type Place, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('cluster-name');

const cursorFile = '/w/.cursor/mcp.json';
const right = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const paperless = 'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://paperless:8000\n';

describe('cluster-name', () => {
  describe('finds', () => {
    it('what only a cluster or a compose network resolves, where it is read on this machine', () => {
      for (const host of [
        'clawql-mcp-http',
        'clawql-mcp-http.clawql.svc',
        'clawql-mcp-http.clawql.svc.cluster.local',
        'mac-mini.clawql.local',
      ]) {
        const url = `http://${host}:8080/mcp`;
        assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', url), oneHost), [
          `cluster-name information ${url}`,
        ]);
        assert.deepEqual(briefly('/w/.env', `CLAWQL_MCP_URL=${url}`, oneHost, { besideCompose: true }), [
          `cluster-name information ${url}`,
        ]);
      }
      assert.deepEqual(briefly('/w/.env', paperless, oneHost), ['cluster-name information http://paperless:8000']);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, World?, Place?])[] = [
      ["ClawQL's own default beside its compose file", '/w/.env', paperless, oneHost, { besideCompose: true }],
      ['a file that somebody else may read', '/w/.env.production', paperless],
      ['an example', '/w/.env.example', paperless],
      ['a file of another machine', '/w/.env', paperless, oneHost, { isHere: false }],
      ['a node by its short name', '/w/.env', paperless, { peers: [node('paperless')] }],
      [
        "a node under ClawQL's own domain",
        '/w/.env',
        'CLAWQL_MCP_URL=http://mac-mini.clawql.local:8080/mcp',
        {
          peers: [node('mac-mini', { name: 'mac-mini.clawql.local' })],
        },
      ],
      [
        'a container that the editor works in',
        '/w/.env',
        paperless,
        {
          ...oneHost,
          snapshot: { vantage: { remote: 'dev-container' } },
        },
      ],
      [
        'a short name without a status',
        '/w/.env',
        paperless,
        {
          snapshot: { tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] }, hosts: [] },
        },
      ],
      ['a name of the local network', '/w/.env', 'CLAWQL_MCP_URL=http://nas.local:8080/mcp'],
      ['servers that are not ClawQL', cursorFile, mcp('mcpServers', 'tools', 'http://tools:8080/mcp')],
      [
        'a host that the user allowed',
        '/w/.env',
        paperless,
        {
          ...oneHost,
          snapshot: { settings: settings({ 'diagnostics.allowedHosts': [{ host: 'paperless' }] }) },
        },
      ],
    ];
    for (const [name, path, text, world = oneHost, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, world, place), []);
      });
    }
  });

  it('says where the name resolves', () => {
    assert.equal(
      onlyProblem('/w/.env', 'CLAWQL_MCP_URL=http://clawql-mcp-http.clawql.svc:8080/mcp', oneHost).message,
      'CLAWQL_MCP_URL points at clawql-mcp-http.clawql.svc, a name that only the DNS of its cluster resolves; this is ' +
        `read on this machine. clawql-1 carries tag:clawql-mcp and answered at ${right}. Put the tailnet URL there.`,
    );
    assert.match(
      onlyProblem('/w/.env', paperless, oneHost).message,
      /^PAPERLESS_BASE_URL points at paperless, which this tailnet does not know: inside a cluster or a compose network such a name resolves, on this machine only by a hosts file or a search domain\. /,
    );
  });

  describe('mends', () => {
    it('the endpoint with the host that answers', () => {
      assert.deepEqual(fixesOf('/w/.env', 'CLAWQL_MCP_URL=http://clawql:8080/mcp', oneHost), {
        [`* Use ${right}`]: `CLAWQL_MCP_URL=${right}`,
        'Allow clawql here…': 'clawql.allowHost clawql',
      });
    });

    it('a service with the node of its role, else with a host if it runs there', () => {
      const docs = node('docs', { tags: ['tag:paperless'] });
      const roles = settings({ roles: { 'tag:paperless': 'PAPERLESS_BASE_URL' } });
      const allow = { 'Allow paperless here…': 'clawql.allowHost paperless' };
      const mended = (host: string): string => paperless.replace('//paperless', `//${host}.tail1a2b3.ts.net`);
      assert.deepEqual(fixesOf('/w/.env', paperless, { peers: [docs], snapshot: { settings: roles } }), {
        '* Use http://docs.tail1a2b3.ts.net:8000 (docs carries tag:paperless)': mended('docs'),
        ...allow,
      });
      assert.deepEqual(fixesOf('/w/.env', paperless, oneHost), {
        'Use http://clawql-1.tail1a2b3.ts.net:8000 if Paperless runs there': mended('clawql-1'),
        ...allow,
      });
    });
  });
});
