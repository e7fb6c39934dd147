import assert from 'node:assert/strict';
import { defaultSettings } from '../../../../../src/core/settings.ts';
import { node } from '../../../support/builders.ts';
import { mcp, ofRule, oneHost, taggedSelf, twoHosts, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('localhost-url');
const local = 'http://localhost:8080/mcp';
const remote = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const allow = { 'Allow localhost here…': 'clawql.allowHost localhost' };
const select = { 'ClawQL: Select Tailnet MCP Server…': 'clawql.selectServer' };
const cursorFile = '/w/.cursor/mcp.json';
const cursorText = mcp('mcpServers', 'clawql', local);
const noDaemon: World = {
  snapshot: {
    tailnet: { kind: 'unavailable', failure: { kind: 'not-found', where: '/run/tailscaled.sock', detail: '' } },
    hosts: [],
  },
};
const selected = (name: string): World => ({
  ...twoHosts,
  snapshot: {
    selection: {
      tailnet: 'alice@example.com',
      hostId: name,
      label: name,
      url: `http://${name}.tail1a2b3.ts.net:8080/mcp`,
    },
  },
});

describe('localhost-url', () => {
  describe('finds', () => {
    for (const host of [
      'localhost:8080',
      '127.0.0.1:8080',
      '[::1]:8080',
      '0.0.0.0:8080',
      'LOCALHOST.:8080',
      'clawql.localhost',
    ]) {
      it(`${host} in the MCP file of each client`, () => {
        const url = `http://${host}/mcp`;
        for (const [path, text] of [
          ['/w/.vscode/mcp.json', mcp('servers', 'clawql', url)],
          ['/w/.cursor/mcp.json', mcp('mcpServers', 'clawql', url)],
          ['/w/.mcp.json', mcp('mcpServers', 'our-ClawQL', url)],
        ] as const) {
          assert.deepEqual(briefly(path, text, oneHost), [`localhost-url warning ${url}`]);
        }
      });
    }

    it('the URL that is handed to mcp-remote', () => {
      const text = `{"servers": {"clawql": {"command": "npx", "args": ["-y", "mcp-remote", "${local}"]}}}`;
      assert.deepEqual(briefly('/w/.vscode/mcp.json', text, oneHost), [`localhost-url warning ${local}`]);
    });

    it('a URL that is written with escapes', () => {
      const text = String.raw`{"servers": {"clawql": {"url": "http:\/\/local\u0068ost:8080\/mcp"}}}`;
      assert.deepEqual(briefly('/w/.vscode/mcp.json', text, oneHost), [
        String.raw`localhost-url warning http:\/\/local\u0068ost:8080\/mcp`,
      ]);
    });

    it('CLAWQL_MCP_URL in any form that dotenv reads, the last one of several', () => {
      for (const [text, value] of [
        [`CLAWQL_MCP_URL=${local}`, local],
        [`\ufeffexport CLAWQL_MCP_URL = "${local}" # mine\r\n`, local],
        [`CLAWQL_MCP_URL: '${local}'`, local],
        [`CLAWQL_MCP_URL=http://a.invalid\nCLAWQL_MCP_URL=${local}`, local],
      ] as const) {
        assert.deepEqual(briefly('/w/.env', text, oneHost), [`localhost-url warning ${value}`]);
      }
    });

    it("a service's URL on a laptop, because the server runs elsewhere and would call itself", () => {
      const text =
        'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://localhost:8000\nTIKA_BASE_URL=http://127.0.0.1:9998\n';
      assert.deepEqual(briefly('/w/.env', text, oneHost), [
        'localhost-url warning http://localhost:8000',
        'localhost-url warning http://127.0.0.1:9998',
      ]);
    });

    it('CLAWQL_MCP_URL beside a compose file too, because clients read it and no container does', () => {
      const text = `CLAWQL_MCP_URL=${local}`;
      assert.deepEqual(briefly('/w/.env', text, oneHost, { besideCompose: true }), [`localhost-url warning ${local}`]);
      assert.deepEqual(Object.keys(fixesOf('/w/.env', text, oneHost, { besideCompose: true }))[0], `* Use ${remote}`);
    });

    it('localhost of another machine, even where this one is the host', () => {
      const world: World = { self: taggedSelf };
      assert.deepEqual(briefly(cursorFile, cursorText, world, { isHere: false }), [
        `localhost-url information ${local}`,
      ]);
    });

    it('less where less is known', () => {
      const env = `CLAWQL_MCP_URL=${local}`;
      const service = 'CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998';
      const information = [`localhost-url information ${local}`];
      assert.deepEqual(briefly(cursorFile, cursorText, noDaemon), information, 'no daemon');
      assert.deepEqual(briefly(cursorFile, cursorText, {}), information, 'no host');
      assert.deepEqual(briefly(cursorFile, cursorText, oneHost, { isHere: false }), information, 'another machine');
      assert.deepEqual(briefly('/w/.env.production', env, oneHost), information, 'another reader');
      assert.deepEqual(briefly('/w/.env.example', env, oneHost), information, 'an example');
      assert.deepEqual(briefly('/w/.env.local', service, oneHost), ['localhost-url information http://localhost:9998']);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, World, Parameters<typeof briefly>[3]?])[] = [
      ["another tool's server", cursorFile, mcp('mcpServers', 'figma', 'http://127.0.0.1:3845/mcp'), oneHost],
      ['the client variable', '/w/.mcp.json', mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}'), oneHost],
      [
        'a host that is a variable',
        '/w/.vscode/mcp.json',
        mcp('servers', 'clawql', 'http://${env:CLAWQL_MCP_HOST}/mcp'),
        oneHost,
      ],
      ['the machine that is the host', cursorFile, cursorText, { self: taggedSelf }],
      [
        'a remote machine that is the host',
        cursorFile,
        cursorText,
        { self: taggedSelf, snapshot: { vantage: { remote: 'ssh-remote' } } },
      ],
      [
        'a machine that was selected',
        cursorFile,
        cursorText,
        { snapshot: { selection: { tailnet: 'alice@example.com', hostId: 'laptop', label: 'laptop', url: local } } },
      ],
      [
        'a moment before the status is known',
        cursorFile,
        cursorText,
        { snapshot: { tailnet: { kind: 'checking' }, hosts: [] } },
      ],
      ['a setting that is not a URL', '/w/.env', 'CLAWQL_X=1\nMCP_HOST=0.0.0.0', oneHost],
      ['a commented line', '/w/.env', `CLAWQL_X=1\n# CLAWQL_MCP_URL=${local}`, oneHost],
      ['a commented server', cursorFile, `{"mcpServers": {/* "clawql": {"url": "${local}"} */}}`, oneHost],
      [
        'an assignment that a later one replaces',
        '/w/.env',
        `CLAWQL_MCP_URL=${local}\nCLAWQL_MCP_URL=${remote}`,
        oneHost,
      ],
      [
        'a web application',
        '/w/.env',
        'API_BASE_URL=http://localhost:3000\nGRAPHQL_URL=http://localhost:4000/graphql',
        oneHost,
      ],
      [
        "a name that ClawQL's server does not read",
        '/w/.env',
        'CLAWQL_X=1\nN8N_BASE_URL=http://localhost:5678\nSTIRLING_PDF_BASE_URL=http://localhost:1',
        oneHost,
      ],
      ['a service where the server may run', '/w/.env', 'CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998', {}],
      [
        'a service on the host itself',
        '/w/.env',
        'CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998',
        { self: taggedSelf },
      ],
      [
        "what ClawQL's documentation puts beside the server",
        '/w/.env',
        'CLAWQL_LABEL_STUDIO_URL=http://localhost:8080\nOTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces\n' +
          'CLAWQL_GRPC_SOURCES=[{"name":"svc","endpoint":"127.0.0.1:50051","protoPath":"./a.proto"}]',
        oneHost,
      ],
      ['a service without a daemon', '/w/.env', 'CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998', noDaemon],
      [
        'a service in a container',
        '/w/.env',
        'CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998',
        oneHost,
        { besideCompose: true },
      ],
      ['a service in an example', '/w/.env.example', 'CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998', oneHost],
      [
        'a name of a container beside its compose file',
        '/w/.env',
        'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://paperless:8000',
        oneHost,
        { besideCompose: true },
      ],
      ['a tailnet URL', cursorFile, mcp('mcpServers', 'clawql', remote), oneHost],
      [
        'a host that the user allowed',
        cursorFile,
        cursorText,
        {
          ...oneHost,
          snapshot: { settings: { ...defaultSettings, 'diagnostics.allowedHosts': [{ host: 'Localhost' }] } },
        },
      ],
      [
        'everything when it is switched off',
        cursorFile,
        cursorText,
        { ...oneHost, snapshot: { settings: { ...defaultSettings, 'diagnostics.enabled': false } } },
      ],
    ];
    for (const [name, path, text, world, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, world, place), []);
      });
    }

    it('an allowed IPv6 address, with or without its brackets', () => {
      for (const host of ['::1', '[::1]']) {
        const settings = { ...defaultSettings, 'diagnostics.allowedHosts': [{ host, reason: 'a tunnel' }] };
        assert.deepEqual(
          problemsOf('/w/.env', 'CLAWQL_MCP_URL=http://[::1]:8080/mcp', { ...oneHost, snapshot: { settings } }),
          [],
        );
      }
    });
  });

  describe('says', () => {
    it('what, why, what is known and what to do', () => {
      assert.equal(
        onlyProblem('/home/u/.cursor/mcp.json', cursorText, oneHost, { inWorkspace: false }).message,
        'MCP server "clawql" points at localhost: whoever reads this looks for ClawQL on their own machine. ' +
          `clawql-1 carries tag:clawql-mcp and answered at ${remote}. Put the tailnet URL there.`,
      );
    });

    it('that nothing is known, and why', () => {
      assert.equal(
        onlyProblem(cursorFile, cursorText, noDaemon).message,
        'MCP server "clawql" points at localhost: whoever reads this looks for ClawQL on their own machine. ' +
          'Which machines run ClawQL is not known here: No Tailscale daemon is running here (looked first at /run/tailscaled.sock; the log has every place). ' +
          'Install and start Tailscale. If it listens elsewhere, set clawql.tailscale.socketPath. ' +
          'Choose a host with "ClawQL: Select Tailnet MCP Server…".',
      );
    });

    it('from where it was seen', () => {
      const world: World = { ...oneHost, snapshot: { vantage: { remote: 'dev-container' } } };
      assert.match(
        onlyProblem(cursorFile, cursorText, world).message,
        /8080\/mcp \(seen from the remote machine, dev-container\)\./,
      );
    });

    it('the selected host alone where it answers', () => {
      const { message } = onlyProblem(cursorFile, cursorText, selected('clawql-1'));
      assert.match(message, /clawql-1 carries tag:clawql-mcp, is selected and answered at \S+:8080\/mcp\./);
      assert.doesNotMatch(message, /clawql-2/);
    });

    it('how many hosts there are beyond the first three', () => {
      const peers = [1, 2, 3, 4, 5].map((number) => node(`clawql-${number}`));
      const { message } = onlyProblem(cursorFile, cursorText, { peers, answering: ['clawql-4'] });
      assert.match(
        message,
        /clawql-4 carries tag:clawql-mcp and answered at .*; clawql-1 .* has not answered; .*; 2 more\./,
      );
    });

    it('neither a secret of the URL nor the address of the login page', () => {
      const text = 'CLAWQL_MCP_URL=http://user:hunter2@localhost:8080/mcp?token=hunter2';
      const world: World = {
        snapshot: {
          tailnet: { kind: 'off', backendState: 'NeedsLogin', authUrl: 'https://login.example/a/hunter2', health: [] },
          hosts: [],
        },
      };
      const problem = onlyProblem('/w/.env', text, world);
      const titles = problem.fixes().map(({ title }) => title);
      assert.doesNotMatch([problem.message, ...titles].join(), /hunter2/);
      const service = 'CLAWQL_X=1\nTIKA_BASE_URL=http://user:hunter2@localhost:9998/?token=hunter2';
      assert.doesNotMatch(Object.keys(fixesOf('/w/.env', service, oneHost)).join(), /hunter2/);
    });

    it('names of peers in one line, whatever they hold', () => {
      const peers = [node('clawql-1', { name: 'evil\n\u202egnp.tail1a2b3.ts.net', hostName: 'x' })];
      assert.match(onlyProblem(cursorFile, cursorText, { peers }).message, /^[^\n\u202e]*$/);
    });
  });

  describe('mends', () => {
    it("the user's own MCP file with the URL of the only host that answered", () => {
      assert.deepEqual(fixesOf('/home/u/.cursor/mcp.json', cursorText, oneHost, { inWorkspace: false }), {
        [`* Use ${remote}`]: mcp('mcpServers', 'clawql', remote),
        ...allow,
      });
    });

    it("a team's MCP file with the variable; the URL stays possible while git does not track it", () => {
      const variable = {
        [`* Use the variable CLAWQL_MCP_URL (${remote})`]: mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'),
      };
      assert.deepEqual(fixesOf(cursorFile, cursorText, oneHost), {
        ...variable,
        [`Use ${remote}`]: mcp('mcpServers', 'clawql', remote),
        ...allow,
      });
      for (const tracking of ['tracked', 'unknown'] as const) {
        assert.deepEqual(fixesOf(cursorFile, cursorText, oneHost, { tracking }), { ...variable, ...allow });
        assert.deepEqual(fixesOf('/home/u/.cursor/mcp.json', cursorText, oneHost, { tracking, inWorkspace: false }), {
          ...variable,
          ...allow,
        });
      }
    });

    it('each client in its own words', () => {
      assert.deepEqual(
        fixesOf('/w/.vscode/mcp.json', mcp('servers', 'clawql', local), oneHost, { tracking: 'tracked' }),
        {
          '* Use the variable CLAWQL_MCP_HOST (clawql-1.tail1a2b3.ts.net:8080)': mcp(
            'servers',
            'clawql',
            'http://${env:CLAWQL_MCP_HOST}/mcp',
          ),
          ...allow,
        },
      );
      assert.deepEqual(fixesOf('/w/.mcp.json', mcp('mcpServers', 'clawql', local), oneHost, { tracking: 'tracked' }), {
        [`* Use the variable CLAWQL_MCP_URL (${remote})`]: mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}'),
        ...allow,
      });
    });

    it('what mcp-remote is given, with the flag that it needs for HTTP', () => {
      const text = (...words: readonly string[]): string =>
        `{"mcpServers": {"clawql": {"command": "npx", "args": ${JSON.stringify(words)}}}}`;
      const own = { inWorkspace: false };
      const path = '/home/u/.cursor/mcp.json';
      const fixed = text('mcp-remote', remote, '--allow-http').replace(',"--allow', ', "--allow');
      assert.equal(fixesOf(path, text('mcp-remote', local), oneHost, own)[`* Use ${remote}`], fixed);
      const flagged = text('mcp-remote', remote, '--allow-http');
      assert.equal(fixesOf(path, text('mcp-remote', local, '--allow-http'), oneHost, own)[`* Use ${remote}`], flagged);
    });

    it('what mcp-remote is given with a URL that needs no flag', () => {
      const secure = 'https://clawql-2.tail1a2b3.ts.net/mcp';
      const world = selected('clawql-2');
      const selection = { ...world.snapshot!.selection!, url: secure };
      const text = (url: string): string => `{"mcpServers": {"clawql": {"command": "mcp-remote", "args": ["${url}"]}}}`;
      const fixes = fixesOf(
        '/home/u/.cursor/mcp.json',
        text(local),
        { ...world, answering: [], snapshot: { selection } },
        { inWorkspace: false },
      );
      assert.equal(fixes[`* Use ${secure}`], text(secure));
    });

    it('a .env that git does not track, in its quotes and with its comment', () => {
      const text = `\ufeffA=1\r\nexport CLAWQL_MCP_URL="${local}" # here\r\n`;
      for (const tracking of ['untracked', 'ignored'] as const) {
        assert.deepEqual(fixesOf('/w/.env', text, oneHost, { tracking }), {
          [`* Use ${remote}`]: `\ufeffA=1\r\nexport CLAWQL_MCP_URL="${remote}" # here\r\n`,
          ...allow,
        });
      }
    });

    it('a .env that git tracks with nothing but the way out of it', () => {
      const text = `CLAWQL_MCP_URL=${local}`;
      const problem = onlyProblem('/w/.env', text, oneHost, { tracking: 'tracked' });
      assert.match(
        problem.message,
        /Git tracks \.env, so no fix writes a host's name into it: run "git rm --cached \.env" and ignore the file\.$/,
      );
      assert.deepEqual(fixesOf('/w/.env', text, oneHost, { tracking: 'tracked' }), {
        'Copy "git rm --cached .env"': 'clawql.copyText git rm --cached .env',
        ...allow,
      });
      assert.deepEqual(fixesOf('/w/.env', text, oneHost, { tracking: 'unknown' }), allow);
      assert.deepEqual(fixesOf("/w/a'; rm -rf ~.env", text, oneHost, { tracking: 'tracked' }), allow);
    });

    it('an example with a placeholder or the variable, never with a name', () => {
      for (const tracking of ['tracked', 'untracked'] as const) {
        assert.deepEqual(fixesOf('/w/.env.example', `CLAWQL_MCP_URL=${local}\n`, oneHost, { tracking }), {
          'Use the placeholder http://your-clawql-host:8080/mcp': 'CLAWQL_MCP_URL=http://your-clawql-host:8080/mcp\n',
          ...allow,
        });
        assert.equal(
          fixesOf(`${cursorFile}.example`, cursorText, oneHost, { tracking })['Use the variable CLAWQL_MCP_URL'],
          mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'),
        );
      }
    });

    it('with each of several hosts, and prefers none', () => {
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, twoHosts), {
        [`Use ${remote}`]: `CLAWQL_MCP_URL=${remote}`,
        'Use http://clawql-2.tail1a2b3.ts.net:8080/mcp': 'CLAWQL_MCP_URL=http://clawql-2.tail1a2b3.ts.net:8080/mcp',
        ...allow,
      });
      assert.deepEqual(fixesOf(cursorFile, cursorText, twoHosts, { tracking: 'tracked' }), {
        'Use the variable CLAWQL_MCP_URL': mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'),
        ...allow,
      });
    });

    it('with the selected host before all others, whether it answers or not', () => {
      const second = {
        '* Use http://clawql-2.tail1a2b3.ts.net:8080/mcp': 'CLAWQL_MCP_URL=http://clawql-2.tail1a2b3.ts.net:8080/mcp',
        ...allow,
      };
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, selected('clawql-2')), second);
      assert.deepEqual(
        fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, { ...selected('clawql-2'), answering: ['clawql-1'] }),
        second,
      );
    });

    it('not with a selection from another tailnet or of a node that is gone', () => {
      for (const change of [{ tailnet: 'other.com' }, { hostId: 'gone' }]) {
        const world = selected('clawql-2');
        const selection = { ...world.snapshot!.selection!, ...change };
        const titles = Object.keys(
          fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, { ...world, snapshot: { selection } }),
        );
        assert.equal(titles.filter((title) => title.startsWith('* ')).length, 0);
        assert.equal(titles.length, 3);
      }
    });

    it('prefers nothing where it is not known who reads the file', () => {
      const fix = { [`Use ${remote}`]: `CLAWQL_MCP_URL=${remote}`, ...allow };
      assert.deepEqual(fixesOf('/w/.env.production', `CLAWQL_MCP_URL=${local}`, oneHost), fix);
      assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, oneHost, { isHere: false }), fix);
    });

    it('with no name but a choice where no host is proved', () => {
      for (const world of [noDaemon, {}, { peers: [node('clawql-1')] }]) {
        assert.deepEqual(fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, world), { ...select, ...allow });
        assert.deepEqual(fixesOf(cursorFile, cursorText, world), { ...select, ...allow });
      }
    });

    it('with no more hosts than a menu holds', () => {
      const names = Array.from({ length: 12 }, (_, number) => `clawql-${number}`);
      const world: World = { peers: names.map((name) => node(name)), answering: names };
      const titles = Object.keys(fixesOf('/w/.env', `CLAWQL_MCP_URL=${local}`, world));
      assert.equal(titles.length, 10);
      assert.ok(titles.includes('ClawQL: Select Tailnet MCP Server…'));
    });

    it("never with a host's URL in which a client would expand a variable", () => {
      const [host] = oneHost.peers!;
      const evil = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp?x=${env:AWS_SECRET_ACCESS_KEY}';
      const world: World = {
        peers: [host!],
        snapshot: { selection: { tailnet: 'alice@example.com', hostId: host!.id, label: 'x', url: evil } },
      };
      for (const place of [{ inWorkspace: false }, {}]) {
        assert.deepEqual(fixesOf(cursorFile, cursorText, world, place), { ...select, ...allow });
      }
    });

    it('a service with the same port on a host, honestly and never preferred', () => {
      const text = 'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://localhost:8000/\nA=1\n';
      assert.deepEqual(fixesOf('/w/.env', text, twoHosts), {
        'Use http://clawql-1.tail1a2b3.ts.net:8000 if Paperless runs there': text.replace(
          'localhost',
          'clawql-1.tail1a2b3.ts.net',
        ),
        'Use http://clawql-2.tail1a2b3.ts.net:8000 if Paperless runs there': text.replace(
          'localhost',
          'clawql-2.tail1a2b3.ts.net',
        ),
        ...allow,
      });
      const offline = { peers: [node('clawql-0', { online: false }), node('clawql-1')] };
      assert.deepEqual(
        Object.keys(fixesOf('/w/.env', text, offline)).filter((title) => title.includes('if Paperless')),
        [
          'Use http://clawql-1.tail1a2b3.ts.net:8000 if Paperless runs there',
          'Use http://clawql-0.tail1a2b3.ts.net:8000 (offline now) if Paperless runs there',
        ],
      );
      assert.deepEqual(fixesOf('/w/.env', text, oneHost, { tracking: 'unknown' }), allow);
      const api = 'CLAWQL_API_BASE_URL=https://127.0.0.1/v2?x=1';
      assert.equal(
        fixesOf('/w/.env', api, oneHost)['Use https://clawql-1.tail1a2b3.ts.net if that API runs there'],
        'CLAWQL_API_BASE_URL=https://clawql-1.tail1a2b3.ts.net/v2?x=1',
      );
    });
  });
});
