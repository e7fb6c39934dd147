import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Problem } from '../../../../src/core/diagnostics/rule.ts';
import { documentKind } from '../../../../src/core/diagnostics/sourceDocument.ts';
import { applyEdits, spanEnd } from '../../../../src/core/text.ts';
import { node } from '../../support/builders.ts';
import {
  briefly,
  ignoreTitle,
  mcp,
  oneHost,
  problemsOf,
  taggedSelf,
  twoHosts,
  type Place,
  type World,
} from './world.ts';

const value = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        'http://localhost:8080/mcp',
        'http://[::1]:1',
        'https://8.8.8.8/x?y=1',
        'http://mcp.company.dev/',
        'https://127.0.0.1',
      ],
      ...['${env:X}', '$X', 'http://${X}/mcp?key=s3cretvalue', 'http://clawql-1:8080/sse', 'http://clawql-1:8080/mcp/'],
      ...['', 'localhost', '${X}', 'http://your-host', 'http://clawql-1:8080/mcp', 'http://u:p@0.0.0.0:9'],
      ...['http://100.64.0.7:8080/mcp', 'http://100.64.9.9/', 'http://clawql-l.tail1a2b3.ts.net:8080/mcp'],
      ...['http://x.tail1a2b3.ts.net/a?b=c', 'http://paperless:8000', 'http://a.b.svc:1', 'clawql-1:8080/mcp'],
      ...[
        'https://h.dev/x#y',
        'a1b2c3d4e5f6#g7',
        'google',
        'github',
        '[{"name":"a","url":"http://h.dev"},1]',
        '{"a":1',
      ],
    ),
  },
  fc.string(),
);
const name = fc.constantFrom(
  ...[
    'CLAWQL_MCP_URL',
    'CLAWQL_API_BASE_URL',
    'API_BASE_URL',
    'PAPERLESS_BASE_URL',
    'STIRLING_BASE_URL',
    'ONYX_BASE_URL',
  ],
  ...['CLAWQL_GRAPHQL_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ...['CLAWQL_X', 'OTHER', 'MCP_HOST', 'CLAWQL_GRAPHQL_SOURCES', 'CLAWQL_PROVIDER', 'CLAWQL_GITHUB_TOKEN'],
  ...['TIKA_URL', 'CLAWQL_GOOGLE_TOKEN', 'CLAWQL_GITHUB_TOKNE'],
);
const quotes = fc.constantFrom('', '"', "'", '`');
const envLine = fc
  .tuple(name, quotes, value, fc.constantFrom('\n', '\r\n', ' # c\n'))
  .map(([key, quote, text, end]) => `${key}=${quote}${text}${quote}${end}`);
const listLine = fc
  .tuple(
    fc.constantFrom('CLAWQL_GRAPHQL_SOURCES', 'CLAWQL_GRPC_SOURCES'),
    fc.constantFrom("'", '', '`', '"'),
    fc.array(fc.oneof(value, fc.constantFrom('100.64.0.7:50051', 'clawql-l.tail1a2b3.ts.net:1', 'x:80')), {
      maxLength: 3,
    }),
    fc.constantFrom(0, 1),
  )
  .map(([key, quote, endpoints, space]) => {
    const list = JSON.stringify(
      endpoints.map((endpoint, index) => ({ name: `s${index}`, endpoint })),
      null,
      space,
    );
    return `${key}=${quote}${list}${quote}\r\n`;
  });
const envFile = fc.tuple(
  fc.constantFrom('/w/.env', '/w/.env.local', '/w/.env.example', '/w/clawql.env'),
  fc.array(fc.oneof({ weight: 3, arbitrary: envLine }, listLine), { maxLength: 6 }).map((lines) => lines.join('')),
);
const mcpPath = fc.constantFrom(
  ...[
    '/w/.cursor/mcp.json',
    '/w/.mcp.json',
    '/w/.cursor/mcp.json.example',
    '/w/.vscode/mcp.json',
    '/w/team.code-workspace',
  ],
  // Files that are read and never written: what is found in them can be mended all the same.
  ...['/w/.gemini/settings.json', '/w/.zed/settings.json', '/w/.agents/mcp_config.json', '/w/opencode.json'],
);
const servers = fc.array(fc.tuple(fc.constantFrom('clawql', 'figma', 'tools'), fc.boolean(), value), { maxLength: 4 });
const mcpFile = fc.tuple(mcpPath, servers).map(([path, all]): [string, string] => {
  const kind = documentKind(path);
  assert.ok(kind?.kind === 'mcp');
  const { root, urlKeys } = kind.dialect;
  const entries = all.map(([key, isBridged, url]) => {
    const definition = isBridged ? { command: 'npx', args: ['mcp-remote', url] } : { [urlKeys[0]]: url };
    return `${JSON.stringify(key)}: ${JSON.stringify(definition)}`;
  });
  return [
    path,
    root.reduceRight((inner, name) => `{${JSON.stringify(name)}: ${inner}}`, `// ours\n{${entries.join(', ')}}`),
  ];
});
const file = fc.oneof(envFile, mcpFile);
const place: fc.Arbitrary<Required<Omit<Place, 'spec'>>> = fc.record({
  tracking: fc.constantFrom('tracked', 'untracked', 'ignored', 'unknown'),
  besideCompose: fc.boolean(),
  inWorkspace: fc.boolean(),
  isHere: fc.boolean(),
});
const lookups = new Map([['mcp.company.dev', ['93.184.215.14']]]);
const selection = {
  tailnet: 'alice@example.com',
  hostId: 'clawql-2',
  label: 'clawql-2',
  url: 'https://clawql-2.tail1a2b3.ts.net/mcp',
};
const world: fc.Arbitrary<World> = fc.constantFrom(
  { ...oneHost, snapshot: { lookups } },
  { ...twoHosts, snapshot: { lookups } },
  { ...twoHosts, snapshot: { lookups, selection } },
  { peers: [node('clawql-1')], snapshot: { lookups } },
  { ...oneHost, self: taggedSelf, snapshot: { lookups } },
  { peers: [node('clawql-1', { addresses: ['100.64.0.7'] })], answering: ['clawql-1'], snapshot: { lookups } },
);
/** How many names of the tailnet a text holds. */
function namesIn(text: string): number {
  return text.split('tail1a2b3.ts.net').length - 1;
}

/** Fixes that make ClawQL read or call what it did not: that can be wrong in its turn. */
const revealing = ['env-unread-variable', 'env-comment-truncation', 'missing-scheme', 'mcp-wrong-key', 'mcp-path'];

/** What a right URL or variable can have in its turn: the same server is there already, or nobody has set the variable yet. */
const following = ['mcp-duplicate-server', 'mcp-variable-unset'];

/** Rules on where a URL leads: of one URL at most one of them speaks. */
const zoneRules = ['missing-scheme', 'localhost-url', 'public-url', 'unknown-node', 'tailnet-address', 'cluster-name'];

function countByRule(problems: readonly Problem[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(problems, ({ ruleId }) => ruleId)].map(([id, { length }]) => [id, length]));
}

describe('lint', () => {
  it('mends what it underlines: after each edit that problem is gone and no other of its rule is new', () => {
    let edits = 0;
    fc.assert(
      fc.property(file, place, world, ([path, text], around, seen) => {
        const problems = problemsOf(path, text, seen, around);
        for (const problem of problems) {
          assert.ok(problem.span.length > 0 && spanEnd(problem.span) <= text.length);
          for (const fix of problem.fixes()) {
            if (fix.kind !== 'edit') continue;
            edits++;
            const after = applyEdits(text, fix.edits);
            const [before, left] = [problems, problemsOf(path, after, seen, around)].map(countByRule);
            assert.ok(before && left);
            const own = (before.get(problem.ruleId) ?? 0) - 1;
            // A comment silences its rule in the whole line.
            if (fix.title === ignoreTitle(problem.ruleId)) assert.ok((left.get(problem.ruleId) ?? 0) <= own, after);
            else assert.equal(left.get(problem.ruleId) ?? 0, own, after);
            if (revealing.includes(problem.ruleId)) continue;
            for (const [id, count] of left) {
              assert.ok(following.includes(id) || count <= (before.get(id) ?? 0), `${id}: ${after}`);
            }
          }
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(edits > 100, `${edits} edits`);
  });

  it('says one thing of where one URL leads', () => {
    fc.assert(
      fc.property(file, place, world, ([path, text], around, seen) => {
        const zones = problemsOf(path, text, seen, around).filter(({ ruleId }) => zoneRules.includes(ruleId));
        const places = zones.map(({ span }) => span.offset);
        assert.equal(new Set(places).size, places.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes no node's name into a file that others get to read", () => {
    fc.assert(
      fc.property(file, place, world, ([path, text], around, seen) => {
        const isShown = path.endsWith('.example') || around.tracking === 'tracked' || around.tracking === 'unknown';
        for (const problem of problemsOf(path, text, seen, around)) {
          for (const fix of problem.fixes()) {
            if (fix.kind !== 'edit') continue;
            const isTeams = documentKind(path)?.kind === 'mcp' && around.inWorkspace && fix.isPreferred;
            const after = applyEdits(text, fix.edits);
            if (isShown || isTeams) assert.ok(namesIn(after) <= namesIn(text), after);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('names no variable in a file of a client whose way with them is not known well enough to write it', () => {
    for (const [path, text] of [
      ['/w/.gemini/settings.json', mcp('mcpServers', 'clawql', 'http://localhost:8080/mcp')],
      ['/w/.kiro/settings/mcp.json', mcp('mcpServers', 'clawql', 'https://8.8.8.8/mcp')],
    ] as const) {
      for (const tracking of ['tracked', 'untracked', 'ignored'] as const) {
        const problems = problemsOf(path, text, oneHost, { tracking });
        assert.equal(problems.length, 1, path);
        for (const fix of problems.flatMap((problem) => problem.fixes())) {
          if (fix.kind === 'edit') assert.doesNotMatch(applyEdits(text, fix.edits), /CLAWQL_MCP/);
        }
      }
    }
  });

  it('prefers at most one fix of a problem', () => {
    fc.assert(
      fc.property(file, place, world, ([path, text], around, seen) => {
        for (const problem of problemsOf(path, text, seen, around)) {
          const preferred = problem.fixes().filter((fix) => fix.kind === 'edit' && fix.isPreferred);
          assert.ok(preferred.length <= 1);
          const isHosts = ['localhost-url', 'public-url'].includes(problem.ruleId);
          if (isHosts && (!around.isHere || seen === twoHosts)) assert.equal(preferred.length, 0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives problems in the order of the text', () => {
    const text = 'CLAWQL_MCP_URL=https://8.8.8.8/mcp\nTIKA_BASE_URL=http://localhost:1\nONYX_BASE_URL=https://8.8.4.4';
    assert.deepEqual(
      briefly('/w/.env', text, oneHost).map((line) => line.split(' ')[0]),
      ['public-url', 'localhost-url', 'public-url'],
    );
  });

  describe('says nothing by any rule of a .env that is right:', () => {
    const right: readonly (readonly [string, string, string, Place?])[] = [
      [
        'a service beside its compose file',
        '/w/.env',
        'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://paperless:8000',
        { besideCompose: true },
      ],
      [
        'variables of other programs',
        '/w/.env',
        'CLAWQL_X=1\nPAPERLESS_URL=https://docs.example.org\nS3_ENDPOINT_URL=http://minio:9000',
      ],
      [
        'a web application',
        '/w/.env',
        'API_BASE_URL=http://localhost:3000\nAPI_BASE_URL=x#y\nGRAPHQL_URL=http://localhost:4000/graphql',
      ],
      [
        'a web application that calls ClawQL',
        '/w/.env',
        'CLAWQL_MCP_URL=http://clawql-1:8080/mcp\nAPI_BASE_URL=http://localhost:3000\nGRAPHQL_URL=http://localhost:4000\nPORT=3000\nPORT=3000',
      ],
      ['every interface', '/w/.env', 'CLAWQL_X=1\nMCP_HOST=0.0.0.0'],
      [
        'an example with placeholders',
        '/w/.env.example',
        'CLAWQL_GITHUB_TOKEN=your-github-token\nPAPERLESS_SECRET_KEY=change-me',
      ],
      [
        'a file of Windows',
        '/w/.env',
        '\ufeffexport CLAWQL_PROVIDER="github"\r\n# why\r\nCLAWQL_HTTP_HEADERS=\'{\r\n"A":"b"}\'\r\n',
      ],
    ];
    for (const [name, path, text, around] of right) {
      it(name, () => {
        for (const tracking of ['tracked', 'untracked'] as const) {
          assert.deepEqual(briefly(path, text, oneHost, { tracking, ...around }), []);
        }
      });
    }
  });

  it('reads a file while it is being typed', () => {
    const text = mcp('mcpServers', 'clawql', 'http://localhost:8080/mcp');
    for (let length = 0; length <= text.length; length++) {
      const count = problemsOf('/w/.cursor/mcp.json', text.slice(0, length), oneHost).length;
      assert.ok(count === 0 || (count === 1 && length > text.indexOf('mcp"')), `${length}: ${count}`);
    }
  });
});
