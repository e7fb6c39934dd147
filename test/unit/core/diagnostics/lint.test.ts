import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentKind } from '../../../../src/core/diagnostics/sourceDocument.ts';
import { applyEdits, spanEnd } from '../../../../src/core/text.ts';
import { node } from '../../support/builders.ts';
import { briefly, mcp, oneHost, problemsOf, taggedSelf, twoHosts, type Place, type World } from './world.ts';

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
      ...['', 'localhost', '${X}', 'http://your-host', 'http://clawql-1:8080/mcp', 'http://u:p@0.0.0.0:9'],
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
  ...['CLAWQL_X', 'OTHER', 'MCP_HOST'],
);
const quotes = fc.constantFrom('', '"', "'", '`');
const envLine = fc
  .tuple(name, quotes, value, fc.constantFrom('\n', '\r\n', ' # c\n'))
  .map(([key, quote, text, end]) => `${key}=${quote}${text}${quote}${end}`);
const envFile = fc.tuple(
  fc.constantFrom('/w/.env', '/w/.env.local', '/w/.env.example', '/w/clawql.env'),
  fc.array(envLine, { maxLength: 6 }).map((lines) => lines.join('')),
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
);

describe('lint', () => {
  it('mends what it underlines: after each edit that problem is gone and no other is new', () => {
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
            assert.equal(briefly(path, after, seen, around).length, problems.length - 1, after);
          }
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(edits > 100, `${edits} edits`);
  });

  it("writes no node's name into a file that others get to read", () => {
    fc.assert(
      fc.property(file, place, world, ([path, text], around, seen) => {
        const isShown = path.endsWith('.example') || around.tracking === 'tracked' || around.tracking === 'unknown';
        for (const problem of problemsOf(path, text, seen, around)) {
          for (const fix of problem.fixes()) {
            if (fix.kind !== 'edit') continue;
            const isTeams = documentKind(path)?.kind === 'mcp' && around.inWorkspace && fix.isPreferred;
            if (isShown || isTeams) assert.doesNotMatch(applyEdits(text, fix.edits), /tail1a2b3\.ts\.net/);
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
          if (!around.isHere || seen === twoHosts) assert.equal(preferred.length, 0);
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

  it('reads a file while it is being typed', () => {
    const text = mcp('mcpServers', 'clawql', 'http://localhost:8080/mcp');
    for (let length = 0; length <= text.length; length++) {
      const count = problemsOf('/w/.cursor/mcp.json', text.slice(0, length), oneHost).length;
      assert.ok(count === 0 || (count === 1 && length > text.indexOf('mcp"')), `${length}: ${count}`);
    }
  });
});
