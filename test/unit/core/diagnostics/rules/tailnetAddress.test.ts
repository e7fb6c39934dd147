import assert from 'node:assert/strict';
import { node, running, settings } from '../../../support/builders.ts';
import { mcp, ofRule, oneHost, type Place, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('tailnet-address');

const cursorFile = '/w/.cursor/mcp.json';
const addressed = node('clawql-1', { addresses: ['100.64.0.1', 'fd7a:115c:a1e0::7'] });
const docs = node('docs', { tags: [], addresses: ['100.64.0.7'] });
const world: World = { peers: [addressed, docs], answering: ['clawql-1'] };
const tika = (host: string): string => `CLAWQL_X=1\nTIKA_BASE_URL=http://${host}:9998\n`;
const tikaName = 'docs.tail1a2b3.ts.net';
const endpoint = 'http://100.64.0.1:8080/mcp';
const right = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const allow = (host: string): Readonly<Record<string, string>> => ({
  [`Allow ${host} here…`]: `clawql.allowHost ${host}`,
});

describe('tailnet-address', () => {
  describe('finds', () => {
    it("a node's address, IPv4 or IPv6, in each kind of file", () => {
      assert.deepEqual(briefly('/w/.env', tika('100.64.0.7'), world), [
        'tailnet-address information http://100.64.0.7:9998',
      ]);
      for (const url of [endpoint, 'http://[fd7a:115c:a1e0:0::7]:8080/mcp']) {
        assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', url), world), [
          `tailnet-address information ${url}`,
        ]);
      }
    });

    it("a Service's address, and a known host's whatever the server's key is", () => {
      const tailnet = running([addressed], {
        services: [{ name: 'svc:mcp', dnsName: 'mcp.tail1a2b3.ts.net', addresses: ['100.64.0.50'], ports: [] }],
      });
      const url = 'http://100.64.0.50/mcp';
      assert.deepEqual(briefly('/w/.env', `CLAWQL_MCP_URL=${url}`, { snapshot: { tailnet } }), [
        `tailnet-address information ${url}`,
      ]);
      assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'tools', endpoint), world), [
        `tailnet-address information ${endpoint}`,
      ]);
    });

    it("a hint in a container's file", () => {
      assert.deepEqual(briefly('/w/.env', tika('100.64.0.7'), world, { besideCompose: true }), [
        'tailnet-address hint http://100.64.0.7:9998',
      ]);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, World?, Place?])[] = [
      ['a name', '/w/.env', tika(tikaName)],
      [
        'an address where no name resolves',
        '/w/.env',
        tika('100.64.0.7'),
        {
          snapshot: { tailnet: running([docs], { magicDns: false }) },
        },
      ],
      [
        'a node without a name',
        '/w/.env',
        tika('100.64.0.7'),
        { peers: [node('x', { name: '', addresses: ['100.64.0.7'] })] },
      ],
      [
        "a company's name for it",
        '/w/.env',
        tika('tika.company.dev'),
        {
          ...world,
          snapshot: { lookups: new Map([['tika.company.dev', ['100.64.0.7']]]) },
        },
      ],
      [
        'an address behind a subnet router',
        '/w/.env',
        tika('10.1.2.3'),
        {
          peers: [node('router', { routes: ['10.1.0.0/16'] })],
        },
      ],
      ['an address of the local network', '/w/.env', tika('192.168.1.2')],
      ['servers that are not ClawQL', cursorFile, mcp('mcpServers', 'tools', 'http://100.64.0.7:1/mcp')],
      ['a web application', '/w/.env', 'API_BASE_URL=http://100.64.0.7'],
      [
        'a host that the user allowed',
        '/w/.env',
        tika('100.64.0.7'),
        {
          ...world,
          snapshot: { settings: settings({ 'diagnostics.allowedHosts': [{ host: '100.64.0.7' }] }) },
        },
      ],
      [
        'everything without a status',
        '/w/.env',
        tika('100.64.0.7'),
        {
          snapshot: { tailnet: { kind: 'checking' }, hosts: [] },
        },
      ],
    ];
    for (const [name, path, text, seen = world, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, seen, place), []);
      });
    }
  });

  it('says whose address it is, and in a container that the name may not resolve', () => {
    assert.equal(
      onlyProblem('/w/.env', tika('100.64.0.7'), world).message,
      'TIKA_BASE_URL points at 100.64.0.7, an address of docs.tail1a2b3.ts.net: a node that is set up anew gets ' +
        'another one, and keeps its name. Put the name there.',
    );
    assert.equal(
      onlyProblem('/w/.env', tika('100.64.0.7'), world, { besideCompose: true }).message,
      'TIKA_BASE_URL points at 100.64.0.7, an address of docs.tail1a2b3.ts.net: a node that is set up anew gets ' +
        'another one. In a container MagicDNS may not resolve; where it does, the name is better. Put the name there.',
    );
    assert.match(
      onlyProblem(cursorFile, mcp('mcpServers', 'clawql', endpoint), world, { tracking: 'tracked' }).message,
      /Name the variable in place of a host: others read mcp\.json too\.$/,
    );
  });

  describe('mends', () => {
    it('with the name of the node, and offers no other machine', () => {
      assert.deepEqual(fixesOf('/w/.env', tika('100.64.0.7'), world), {
        [`* Use http://${tikaName}:9998`]: tika(tikaName),
        ...allow('100.64.0.7'),
      });
      const seen: World = { ...world, peers: [addressed, docs, node('clawql-2')], answering: ['clawql-1', 'clawql-2'] };
      assert.deepEqual(
        fixesOf('/home/u/.cursor/mcp.json', mcp('mcpServers', 'clawql', endpoint), seen, { inWorkspace: false }),
        {
          '* Use http://clawql-1.tail1a2b3.ts.net:8080': mcp('mcpServers', 'clawql', right),
          ...allow('100.64.0.1'),
        },
      );
    });

    it('a file that others read with the variable, a tracked .env with nothing, an example with a placeholder', () => {
      assert.deepEqual(fixesOf(cursorFile, mcp('mcpServers', 'clawql', endpoint), world, { tracking: 'tracked' }), {
        [`* Use the variable CLAWQL_MCP_URL (${right})`]: mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'),
        ...allow('100.64.0.1'),
      });
      assert.deepEqual(fixesOf('/w/.env', tika('100.64.0.7'), world, { tracking: 'tracked' }), {
        'Copy "git rm --cached .env"': 'clawql.copyText git rm --cached .env',
        ...allow('100.64.0.7'),
      });
      assert.deepEqual(fixesOf('/w/.env.example', tika('100.64.0.7'), world), {
        'Use http://your-tika-host:9998': tika('your-tika-host'),
        ...allow('100.64.0.7'),
      });
    });

    it('prefers nothing in a container, nor where it is not known who reads the file', () => {
      assert.deepEqual(fixesOf('/w/.env', tika('100.64.0.7'), world, { besideCompose: true }), {
        [`Use http://${tikaName}:9998 if MagicDNS resolves in the container`]: tika(tikaName),
        ...allow('100.64.0.7'),
      });
      assert.deepEqual(fixesOf('/w/.env.local', tika('100.64.0.7'), world), {
        [`Use http://${tikaName}:9998`]: tika(tikaName),
        ...allow('100.64.0.7'),
      });
    });

    it('and keeps the rest of the URL, which no title shows', () => {
      const text = 'CLAWQL_MCP_URL=http://u:hunter2@100.64.0.1:8080/mcp?a=b#c';
      const fixes = fixesOf('/w/.env', text, world);
      assert.equal(
        fixes['* Use http://clawql-1.tail1a2b3.ts.net:8080'],
        text.replace('100.64.0.1', 'clawql-1.tail1a2b3.ts.net'),
      );
      assert.doesNotMatch(Object.keys(fixes).join(), /hunter2/);
    });

    it('not with a name that no URL can hold', () => {
      const evil = node('x', { name: 'a/b\n.tail1a2b3.ts.net', addresses: ['100.64.0.7'] });
      assert.deepEqual(fixesOf('/w/.env', tika('100.64.0.7'), { ...oneHost, peers: [evil] }), allow('100.64.0.7'));
    });
  });
});
