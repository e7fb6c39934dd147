import assert from 'node:assert/strict';
import { node, running, settings } from '../../../support/builders.ts';
import { mcp, ofRule, oneHost, type Place, twoHosts, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('unknown-node');

const cursorFile = '/w/.cursor/mcp.json';
const own = '/home/u/.cursor/mcp.json';
const typo = 'http://clawql-l.tail1a2b3.ts.net:8080/mcp';
const right = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const gone = 'http://removed.tail1a2b3.ts.net:8080/mcp';
const allow = (host: string): Readonly<Record<string, string>> => ({
  [`Allow ${host} here…`]: `clawql.allowHost ${host}`,
});
const world: World = { ...oneHost, peers: [...(oneHost.peers ?? []), node('docs', { tags: ['tag:paperless'] })] };

describe('unknown-node', () => {
  describe('finds', () => {
    it('a name under the suffix that nobody has, in each kind of file', () => {
      assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', gone), world), [`unknown-node warning ${gone}`]);
      assert.deepEqual(briefly('/w/.env', `CLAWQL_MCP_URL=${gone}`, world), [`unknown-node warning ${gone}`]);
      assert.deepEqual(
        briefly('/w/.env', 'CLAWQL_GRPC_SOURCES=[{"name":"a","endpoint":"removed.tail1a2b3.ts.net:50051"}]', world),
        ['unknown-node warning removed.tail1a2b3.ts.net:50051'],
      );
    });

    it("an address in the tailnet's range that nobody has", () => {
      for (const url of ['http://100.64.9.9:8080/mcp', 'http://[fd7a:115c:a1e0::99]:8080/mcp']) {
        assert.deepEqual(briefly('/w/.env', `CLAWQL_MCP_URL=${url}`, world), [`unknown-node warning ${url}`]);
      }
    });

    it("a name that is nearly a node's, under a suffix that is nearly the tailnet's", () => {
      const url = 'http://clawql-1.tail1a2b4.ts.net:8080/mcp';
      assert.deepEqual(briefly('/w/.env', `CLAWQL_MCP_URL=${url}`, world), [`unknown-node warning ${url}`]);
    });

    it('no more than information where it is not known who reads the file', () => {
      for (const [path, place] of [
        ['/w/.env.production', {}],
        ['/w/.env.example', {}],
        ['/w/.env', { isHere: false }],
      ] as const) {
        assert.deepEqual(briefly(path, `CLAWQL_MCP_URL=${gone}`, world, place), [`unknown-node information ${gone}`]);
      }
    });
  });

  describe('is quiet about', () => {
    const env = (host: string): string => `CLAWQL_MCP_URL=http://${host}:8080/mcp`;
    const quiet: readonly (readonly [string, string, string, World?, Place?])[] = [
      ['a node', '/w/.env', env('clawql-1.tail1a2b3.ts.net')],
      ['a node by its short name', '/w/.env', env('clawql-1')],
      ['a name below a node', '/w/.env', env('mcp.clawql-1.tail1a2b3.ts.net')],
      [
        'a Service, and a record of the administrator',
        '/w/.env',
        env('svc.tail1a2b3.ts.net') + '\nTIKA_BASE_URL=http://tika.tail1a2b3.ts.net',
        {
          snapshot: {
            tailnet: running([], {
              services: [{ name: 'svc:svc', dnsName: 'svc.tail1a2b3.ts.net', addresses: [], ports: [] }],
              extraRecords: new Map([['tika.tail1a2b3.ts.net', ['100.101.102.103']]]),
            }),
          },
        },
      ],
      [
        'another tailnet that this machine has been in',
        '/w/.env',
        env('clawql-1.tail9999.ts.net'),
        {
          ...world,
          snapshot: { otherSuffixes: new Map([['tail9999.ts.net', 'bob@example.com']]) },
        },
      ],
      ['a tailnet of which nothing is known', '/w/.env', env('clawql-1.other-name.ts.net')],
      [
        'a company name with an address that is not known',
        '/w/.env',
        env('mcp.company.dev'),
        {
          ...world,
          snapshot: { lookups: new Map([['mcp.company.dev', ['100.64.9.9']]]) },
        },
      ],
      [
        "a carrier's address where the tailnet has others",
        '/w/.env',
        env('100.64.9.9'),
        {
          self: { addresses: ['fd7a:115c:a1e0::1'] },
        },
      ],
      [
        'everything without a status',
        '/w/.env',
        env('removed.tail1a2b3.ts.net'),
        {
          snapshot: { tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] }, hosts: [] },
        },
      ],
      ['servers that are not ClawQL', cursorFile, mcp('mcpServers', 'tools', gone)],
      [
        'a host that the user allowed',
        '/w/.env',
        env('removed.tail1a2b3.ts.net'),
        {
          ...world,
          snapshot: { settings: settings({ 'diagnostics.allowedHosts': [{ host: 'removed.tail1a2b3.ts.net' }] }) },
        },
      ],
    ];
    for (const [name, path, text, seen = world, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, seen, place), []);
      });
    }
  });

  it('says what is missing, what may be meant, and what is known', () => {
    assert.equal(
      onlyProblem('/w/.env', `CLAWQL_MCP_URL=${typo}?token=hunter2`, world).message,
      'CLAWQL_MCP_URL points at clawql-l.tail1a2b3.ts.net, which is no node that is visible here: a typo, a removed ' +
        'node, or a policy that hides it. Perhaps clawql-1.tail1a2b3.ts.net is meant. ' +
        `clawql-1 carries tag:clawql-mcp and answered at ${right}. Put the tailnet URL there.`,
    );
    assert.match(
      onlyProblem('/w/.env', 'CLAWQL_MCP_URL=http://100.64.9.9/mcp', world).message,
      /^CLAWQL_MCP_URL points at 100\.64\.9\.9, an address that no node visible here has: a removed node, or a policy that hides it\. clawql-1/,
    );
  });

  describe('mends', () => {
    it('a typo with the one known host that it may mean', () => {
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL='${typo}'\n`, world), {
        '* Use http://clawql-1.tail1a2b3.ts.net:8080': `CLAWQL_MCP_URL='${right}'\n`,
        ...allow('clawql-l.tail1a2b3.ts.net'),
      });
    });

    it('with its own scheme, port and path, and with the URL that answered', () => {
      const text = 'CLAWQL_MCP_URL=https://clawql-l.tail1a2b3.ts.net/x/mcp';
      assert.deepEqual(fixesOf('/w/.env', text, world), {
        '* Use https://clawql-1.tail1a2b3.ts.net': text.replace('clawql-l', 'clawql-1'),
        [`Use ${right}`]: `CLAWQL_MCP_URL=${right}`,
        ...allow('clawql-l.tail1a2b3.ts.net'),
      });
    });

    it('with none by itself where two may be meant, or the one is no host that is known', () => {
      assert.deepEqual(Object.keys(fixesOf('/w/.env', `CLAWQL_MCP_URL=${typo}`, twoHosts)), [
        'Use http://clawql-1.tail1a2b3.ts.net:8080',
        'Use http://clawql-2.tail1a2b3.ts.net:8080',
        'Allow clawql-l.tail1a2b3.ts.net here…',
      ]);
      assert.deepEqual(
        Object.keys(fixesOf('/w/.env', 'CLAWQL_MCP_URL=http://dosc.tail1a2b3.ts.net:8080/mcp', world)).slice(0, 2),
        ['Use http://docs.tail1a2b3.ts.net:8080', `Use ${right}`],
      );
    });

    it('with a node that is asleep, and says so', () => {
      const seen: World = { peers: [node('clawql-1', { online: false })] };
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${typo}`, seen), {
        '* Use http://clawql-1.tail1a2b3.ts.net:8080 (offline now)': `CLAWQL_MCP_URL=${right}`,
        'ClawQL: Select Tailnet MCP Server…': 'clawql.selectServer',
        ...allow('clawql-l.tail1a2b3.ts.net'),
      });
    });

    it('what is near nothing with the host that answered', () => {
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${gone}`, world), {
        [`* Use ${right}`]: `CLAWQL_MCP_URL=${right}`,
        ...allow('removed.tail1a2b3.ts.net'),
      });
    });

    it("a service with the node of its role, by its name or by the role's word", () => {
      const roles = settings({ roles: { 'tag:paperless': 'PAPERLESS_BASE_URL' } });
      const seen: World = { ...world, snapshot: { settings: roles } };
      const env = (host: string): string => `CLAWQL_X=1\nPAPERLESS_BASE_URL=http://${host}.tail1a2b3.ts.net:8000\n`;
      assert.deepEqual(fixesOf('/w/.env', env('doc'), seen), {
        '* Use http://docs.tail1a2b3.ts.net:8000': env('docs'),
        ...allow('doc.tail1a2b3.ts.net'),
      });
      assert.deepEqual(fixesOf('/w/.env', env('removed'), seen), {
        '* Use http://docs.tail1a2b3.ts.net:8000 (docs carries tag:paperless)': env('docs'),
        ...allow('removed.tail1a2b3.ts.net'),
      });
    });

    it('a shared file with the variable, the tracked one with nothing, an example with a placeholder', () => {
      const variable = mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}');
      assert.deepEqual(fixesOf(cursorFile, mcp('mcpServers', 'clawql', typo), world, { tracking: 'tracked' }), {
        [`* Use the variable CLAWQL_MCP_URL (${right})`]: variable,
        ...allow('clawql-l.tail1a2b3.ts.net'),
      });
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${typo}`, world, { tracking: 'unknown' }), {
        ...allow('clawql-l.tail1a2b3.ts.net'),
      });
      assert.deepEqual(
        fixesOf('/w/.env.example', 'CLAWQL_X=1\nTIKA_BASE_URL=http://clawql-l.tail1a2b3.ts.net:1', world),
        {
          'Use http://your-tika-host:1': 'CLAWQL_X=1\nTIKA_BASE_URL=http://your-tika-host:1',
          ...allow('clawql-l.tail1a2b3.ts.net'),
        },
      );
    });

    it("prefers nothing where it is not known who reads the file, and the variable in a team's own", () => {
      assert.deepEqual(
        Object.keys(fixesOf('/w/.env.local', `CLAWQL_MCP_URL=${typo}`, world))[0],
        'Use http://clawql-1.tail1a2b3.ts.net:8080',
      );
      assert.deepEqual(
        Object.keys(fixesOf(own, mcp('mcpServers', 'clawql', typo), world, { inWorkspace: false }))[0],
        '* Use http://clawql-1.tail1a2b3.ts.net:8080',
      );
      const titles = Object.keys(fixesOf(cursorFile, mcp('mcpServers', 'clawql', typo), world));
      assert.deepEqual(
        titles.filter((title) => title.startsWith('* ')),
        [`* Use the variable CLAWQL_MCP_URL (${right})`],
      );
    });
  });
});
