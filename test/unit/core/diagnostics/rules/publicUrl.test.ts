import assert from 'node:assert/strict';
import { defaultSettings } from '../../../../../src/core/settings.ts';
import type { TailnetNode } from '../../../../../src/core/tailnet/tailnet.ts';
import { node, settings } from '../../../support/builders.ts';
import { lookups, mcp, ofRule, oneHost, type Place, taggedSelf, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('public-url');
const publicName = 'mcp.company.dev';
const publicUrl = `https://${publicName}/mcp`;
const remote = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const looked = (answers: Readonly<Record<string, readonly string[]>>): World => ({
  ...oneHost,
  snapshot: { lookups: new Map(Object.entries(answers)) },
});
const world = looked({
  [publicName]: ['93.184.215.14'],
  'cloud.onyx.app': ['8.8.8.8'],
  'api.github.com': ['140.82.121.6'],
});
const cursorFile = '/w/.cursor/mcp.json';
const allow = { [`Allow ${publicName} here…`]: `clawql.allowHost ${publicName}` };

describe('public-url', () => {
  describe('finds', () => {
    it("a ClawQL server's URL on the internet", () => {
      assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', publicUrl), world), [
        `public-url error ${publicUrl}`,
      ]);
      assert.deepEqual(briefly('/w/.env', `CLAWQL_MCP_URL=${publicUrl}`, world), [`public-url error ${publicUrl}`]);
    });

    it('a public address, without asking anybody', () => {
      const url = 'http://93.184.215.14:8080/mcp';
      assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', url), oneHost), [`public-url error ${url}`]);
    });

    it('services that are never public as errors, and those that may be as warnings', () => {
      const names = ['PAPERLESS', 'STIRLING', 'TIKA', 'GOTENBERG', 'ONYX', 'CLAWQL_API'];
      const text = [
        'CLAWQL_X=1',
        ...names.map((name) => `${name}_BASE_URL=${publicUrl}`),
        `API_BASE_URL=${publicUrl}`,
      ].join('\n');
      assert.deepEqual(
        briefly('/w/.env', text, world).map((line) => line.split(' ')[1]),
        ['error', 'error', 'error', 'error', 'warning', 'warning', 'warning'],
      );
    });

    it('a name that leads into the tailnet and to a public address too, as a warning', () => {
      const both = { ...world, snapshot: { lookups: new Map([[publicName, ['100.101.102.103', '93.184.215.14']]]) } };
      const text = mcp('mcpServers', 'clawql', publicUrl);
      assert.deepEqual(briefly(cursorFile, text, both), [`public-url warning ${publicUrl}`]);
      assert.match(
        onlyProblem(cursorFile, text, both).message,
        /which leads into the tailnet and to the public address 93\.184\.215\.14 too/,
      );
    });

    it('no more than information where it is not known who reads the file', () => {
      for (const [path, place] of [
        ['/w/.env.production', {}],
        ['/w/.env.example', {}],
        ['/w/.env', { isHere: false }],
      ] as const) {
        assert.deepEqual(briefly(path, `CLAWQL_MCP_URL=${publicUrl}`, world, place), [
          `public-url information ${publicUrl}`,
        ]);
      }
    });

    it('a public service beside a compose file, and a public server on the host itself', () => {
      const text = `CLAWQL_X=1\nPAPERLESS_BASE_URL=${publicUrl}`;
      assert.deepEqual(briefly('/w/.env', text, world, { besideCompose: true }), [`public-url error ${publicUrl}`]);
      assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', publicUrl), { ...world, self: taggedSelf }), [
        `public-url error ${publicUrl}`,
      ]);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, World?, Place?])[] = [
      ['servers that are not ClawQL', cursorFile, mcp('mcpServers', 'github', 'https://api.githubcopilot.com/mcp/')],
      [
        'a name that nobody has looked up yet',
        cursorFile,
        mcp('mcpServers', 'clawql', 'https://other.company.dev/mcp'),
      ],
      ['a name without an answer', cursorFile, mcp('mcpServers', 'clawql', publicUrl), looked({ [publicName]: [] })],
      [
        "the company's own name for a node",
        cursorFile,
        mcp('mcpServers', 'clawql', publicUrl),
        looked({ [publicName]: ['100.64.0.1'] }),
      ],
      [
        'a name with an address inside too',
        cursorFile,
        mcp('mcpServers', 'clawql', publicUrl),
        looked({ [publicName]: ['93.184.215.14', '10.0.0.1'] }),
      ],
      ['an address that documentation uses', '/w/.env', 'CLAWQL_MCP_URL=http://203.0.113.7/mcp'],
      ["Paperless' own variable", '/w/.env', 'CLAWQL_X=1\nPAPERLESS_URL=https://docs.example.org'],
      ["a web application's API", '/w/.env', `API_BASE_URL=${publicUrl}\nGRAPHQL_URL=${publicUrl}`],
      ['a file with no name of ClawQL', '/w/.env', `PAPERLESS_BASE_URL=${publicUrl}`],
      [
        'hosts that ClawQL documents as public',
        '/w/.env',
        'ONYX_BASE_URL=https://cloud.onyx.app/api\nCLAWQL_API_BASE_URL=https://api.github.com',
      ],
      ['placeholders', '/w/.env', 'CLAWQL_MCP_URL=https://clawql-host.your-tailnet.ts.net/mcp'],
      [
        'example.com',
        '/w/.env',
        'CLAWQL_MCP_URL=https://clawql.example.com/mcp',
        looked({ 'clawql.example.com': ['93.184.215.14'] }),
      ],
      ['what is to be put in', '/w/.env', 'CLAWQL_MCP_URL=https://<host>/mcp\nCLAWQL_API_BASE_URL=https://change-me/'],
      [
        'variables',
        '/w/.env',
        'CLAWQL_MCP_URL=https://${HOST}.company.dev/mcp\nCLAWQL_API_BASE_URL=https://$HOST.company.dev',
      ],
      [
        'a host that the user allowed',
        '/w/.env',
        `CLAWQL_MCP_URL=${publicUrl}`,
        {
          ...world,
          snapshot: {
            ...world.snapshot,
            settings: { ...defaultSettings, 'diagnostics.allowedHosts': [{ host: publicName, reason: 'on purpose' }] },
          },
        },
      ],
    ];
    for (const [name, path, text, seen = world, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, seen, place), []);
      });
    }
  });

  it('says what leaves the tailnet, and how it knows', () => {
    assert.equal(
      onlyProblem('/w/.env', `CLAWQL_MCP_URL=${publicUrl}`, world).message,
      `CLAWQL_MCP_URL points at ${publicName}, which is on the public internet (it resolves to 93.184.215.14): ` +
        'what clients and ClawQL say to each other leaves the tailnet. ' +
        `clawql-1 carries tag:clawql-mcp and answered at ${remote}. Put the tailnet URL there.`,
    );
    assert.match(
      onlyProblem('/w/.env', `CLAWQL_API_BASE_URL=${publicUrl}`, world).message,
      /execute sends the requests for that API, with their tokens, out of the tailnet\. If that API is public on purpose, allow the host\./,
    );
  });

  describe('mends', () => {
    it('the endpoint with the host that answers', () => {
      assert.deepEqual(fixesOf('/w/.env', `A=1\nCLAWQL_MCP_URL='${publicUrl}'\n`, world), {
        [`* Use ${remote}`]: `A=1\nCLAWQL_MCP_URL='${remote}'\n`,
        ...allow,
      });
      assert.deepEqual(
        fixesOf('/w/.vscode/mcp.json', mcp('servers', 'clawql', publicUrl), world, { tracking: 'tracked' }),
        {
          '* Use the variable CLAWQL_MCP_HOST (clawql-1.tail1a2b3.ts.net:8080)': mcp(
            'servers',
            'clawql',
            'http://${env:CLAWQL_MCP_HOST}/mcp',
          ),
          ...allow,
        },
      );
    });

    it('a service with its own port, over HTTP, if it runs there', () => {
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_X=1\nPAPERLESS_BASE_URL=https://${publicName}:8443/sub`, world), {
        'Use http://clawql-1.tail1a2b3.ts.net:8000 if Paperless runs there':
          'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://clawql-1.tail1a2b3.ts.net:8000/sub',
        ...allow,
      });
    });

    it('a service with the node of its role, which clawql.roles names by its tag', () => {
      const text = `CLAWQL_X=1\nPAPERLESS_BASE_URL=https://${publicName}`;
      const roles = { 'tag:paperless': 'PAPERLESS_BASE_URL' };
      const docs = node('docs', { tags: ['tag:paperless'] });
      const asleep = node('asleep', { tags: ['tag:paperless'], online: false });
      const withRoles = (...peers: readonly TailnetNode[]): World => ({
        ...world,
        peers: [...(world.peers ?? []), ...peers],
        snapshot: { ...world.snapshot, settings: settings({ roles }) },
      });
      assert.deepEqual(fixesOf('/w/.env', text, withRoles(docs)), {
        '* Use http://docs.tail1a2b3.ts.net:8000 (docs carries tag:paperless)':
          'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://docs.tail1a2b3.ts.net:8000',
        ...allow,
      });
      assert.match(
        onlyProblem('/w/.env', text, withRoles(docs, asleep)).message,
        /docs, asleep carry tag:paperless, which clawql\.roles gives to PAPERLESS_BASE_URL\./,
      );
      assert.deepEqual(Object.keys(fixesOf('/w/.env', text, withRoles(docs, asleep))).slice(0, 2), [
        'Use http://docs.tail1a2b3.ts.net:8000 (docs carries tag:paperless)',
        'Use http://asleep.tail1a2b3.ts.net:8000 (asleep carries tag:paperless, offline now)',
      ]);
    });

    it('a service in an example with a placeholder', () => {
      assert.deepEqual(fixesOf('/w/.env.example', `CLAWQL_X=1\nTIKA_BASE_URL=https://${publicName}`, world), {
        'Use http://your-tika-host:9998': 'CLAWQL_X=1\nTIKA_BASE_URL=http://your-tika-host:9998',
        ...allow,
      });
    });

    it('nothing by itself where the variable does not say which service it is', () => {
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_API_BASE_URL=${publicUrl}`, world), allow);
    });
  });

  describe('asks the resolver', () => {
    it("for the hosts of ClawQL's references alone", () => {
      const text = [
        'CLAWQL_MCP_URL=https://mcp.company.dev/mcp',
        'PAPERLESS_BASE_URL=https://docs.company.dev',
        'DATABASE_URL=https://secret.company.dev',
        'TIKA_BASE_URL=http://tika:9998',
        'ONYX_BASE_URL=http://192.0.2.1/api',
        'STIRLING_BASE_URL=https://pdf.your-company.dev',
        'GOTENBERG_BASE_URL=http://clawql-1.tail1a2b3.ts.net:3000',
      ].join('\n');
      assert.deepEqual(lookups('/w/.env', text, oneHost), ['mcp.company.dev', 'docs.company.dev']);
      assert.deepEqual(
        lookups(cursorFile, mcp('mcpServers', 'github', 'https://api.githubcopilot.com/mcp/'), oneHost),
        [],
      );
      assert.deepEqual(lookups(cursorFile, mcp('mcpServers', 'clawql', publicUrl), oneHost), [publicName]);
    });

    it('not before the status is known, and not for what the user allowed', () => {
      const text = mcp('mcpServers', 'clawql', publicUrl);
      assert.deepEqual(lookups(cursorFile, text, { snapshot: { tailnet: { kind: 'checking' } } }), []);
      const settings = { ...defaultSettings, 'diagnostics.allowedHosts': [{ host: publicName }] };
      assert.deepEqual(lookups(cursorFile, text, { snapshot: { settings } }), []);
    });
  });

  it("knows a server that is ClawQL's by its host, by what answered and by the selection", () => {
    const server = (host: string): string => mcp('mcpServers', 'tools', `http://${host}:8080/mcp`);
    const peers = [node('clawql-1', { addresses: ['8.8.4.4'] })];
    // An address of a known host that the status no longer has is public by itself.
    const stale: World = {
      peers,
      snapshot: { tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } },
    };
    assert.deepEqual(briefly(cursorFile, server('8.8.4.4'), stale), ['public-url error http://8.8.4.4:8080/mcp']);
    const selection = { tailnet: 'alice@example.com', hostId: 'x', label: 'x', url: 'http://8.8.8.8:8080/mcp' };
    assert.deepEqual(briefly(cursorFile, server('8.8.8.8'), { snapshot: { selection } }), [
      'public-url error http://8.8.8.8:8080/mcp',
    ]);
    assert.deepEqual(briefly(cursorFile, server('8.8.8.8'), {}), []);
  });
});
