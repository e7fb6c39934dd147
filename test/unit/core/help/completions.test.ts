import assert from 'node:assert/strict';
import fc from 'fast-check';
import { catalogueRow } from '../../../../src/core/clawql/catalogue.ts';
import { completionsAt, type Completion } from '../../../../src/core/help/completions.ts';
import { applyEdits, spanEnd } from '../../../../src/core/text.ts';
import { node, settings } from '../../support/builders.ts';
import { oneHost, read, snapshotOf, twoHosts, type Place, type World } from '../diagnostics/world.ts';
import { atCaret } from './caret.ts';

const one = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const two = 'http://clawql-2.tail1a2b3.ts.net:8080/mcp';
const cursorFile = '/w/.cursor/mcp.json';
const paperless: World = {
  peers: [
    node('docs', { tags: ['tag:paperless'], online: false }),
    node('archive', { tags: ['tag:paperless'] }),
    node('clawql-1'),
  ],
  answering: ['clawql-1'],
  snapshot: { settings: settings({ roles: { 'tag:paperless': 'PAPERLESS_BASE_URL' } }) },
};

function completions(path: string, marked: string, world: World, place: Place = {}): readonly Completion[] {
  const { model, offset } = atCaret(path, marked, place);
  return completionsAt(model, offset, snapshotOf(world));
}

function labels(path: string, marked: string, world: World, place: Place = {}): readonly string[] {
  return completions(path, marked, world, place).map(({ label }) => label);
}

/** The text once the first completion was taken. */
function taken(path: string, marked: string, world: World, place: Place = {}): string | undefined {
  const [first] = completions(path, marked, world, place);
  return first && applyEdits(marked.replace('¦', ''), [{ span: first.span, text: first.insertText }, ...first.more]);
}

const server = (url: string, key = 'clawql'): string => `{"mcpServers": {"${key}": {"url": "${url}"}}}`;

describe('completions of URLs', () => {
  it('are the endpoints of the hosts, those that answered first, with what is known of them', () => {
    const found = completions('/w/.env', 'CLAWQL_MCP_URL=¦', { ...twoHosts, answering: ['clawql-2'] });
    assert.deepEqual(
      found.map(({ label, note, detail }) => [label, note, detail]),
      [
        [two, '12 ms', 'clawql-2 · 12 ms · clawql-mcp 5.0.0'],
        ['https://clawql-1.tail1a2b3.ts.net/mcp', 'no answer', 'clawql-1 · has not answered'],
      ],
    );
    assert.match(
      found[0]?.documentation ?? '',
      /clawql&#45;2 carries tag&#58;clawql&#45;mcp and answered at .* Seen from this machine/,
    );
  });

  it('take the place of the whole value, in the form that the file needs', () => {
    assert.equal(
      taken('/w/.env', 'export CLAWQL_MCP_URL = "http://loc¦alhost" # x', oneHost),
      `export CLAWQL_MCP_URL = "${one}" # x`,
    );
    const own = { inWorkspace: false };
    assert.equal(taken('/home/u/.cursor/mcp.json', server('http://¦x'), oneHost, own), server(one));
    assert.equal(taken('/home/u/.cursor/mcp.json', server('¦'), oneHost, own), server(one));
    const bridged = (url: string) => `{"mcpServers": {"clawql": {"command": "npx", "args": ["mcp-remote", ${url}]}}}`;
    assert.equal(
      taken('/home/u/.cursor/mcp.json', bridged('"https://¦x"'), oneHost, own),
      bridged(`"${one}", "--allow-http"`),
    );
  });

  it('name the variable in files that others get to read, each client in its own words', () => {
    const tracked = { tracking: 'tracked' } as const;
    assert.deepEqual(labels(cursorFile, server('¦'), twoHosts, tracked), ['${env:CLAWQL_MCP_URL}']);
    assert.deepEqual(labels('/w/.mcp.json', server('$¦'), oneHost, tracked), ['${CLAWQL_MCP_URL}']);
    assert.deepEqual(labels('/w/.vscode/mcp.json', '{"servers": {"clawql": {"url": "¦"}}}', twoHosts, tracked), [
      'http://${env:CLAWQL_MCP_HOST}/mcp',
    ]);
    assert.deepEqual(labels(cursorFile, server('¦'), {}, tracked), ['${env:CLAWQL_MCP_URL}'], 'no host is known');
    assert.deepEqual(labels(`${cursorFile}.example`, server('¦'), oneHost), ['${env:CLAWQL_MCP_URL}']);
    assert.deepEqual(labels(cursorFile, server('¦'), oneHost), ['${env:CLAWQL_MCP_URL}', one], 'not tracked');
    assert.equal(completions(cursorFile, server('¦'), oneHost, tracked)[0]?.detail, `must hold ${one}`);
    assert.deepEqual(
      labels('/w/.zed/settings.json', '{"context_servers": {"clawql": {"url": "¦"}}}', oneHost, tracked),
      [],
    );
  });

  it('hold no name in a .env that git tracks, or that shows others what to write', () => {
    assert.deepEqual(labels('/w/.env', 'CLAWQL_MCP_URL=¦', oneHost, { tracking: 'tracked' }), []);
    assert.deepEqual(labels('/w/.env', 'CLAWQL_X=1\nPAPERLESS_BASE_URL=¦', paperless, { tracking: 'tracked' }), []);
    assert.deepEqual(labels('/w/.env.example', 'CLAWQL_MCP_URL=¦', oneHost), ['http://your-clawql-host:8080/mcp']);
    assert.deepEqual(labels('/w/.env.example', 'CLAWQL_X=1\nPAPERLESS_BASE_URL=¦', paperless), []);
  });

  it('of a service are the nodes of its role with its usual port', () => {
    assert.deepEqual(
      completions('/w/.env', 'CLAWQL_X=1\nPAPERLESS_BASE_URL=¦', paperless).map(({ label, detail }) => [label, detail]),
      [
        ['http://archive.tail1a2b3.ts.net:8000', 'archive · tag:paperless'],
        ['http://docs.tail1a2b3.ts.net:8000', 'docs · tag:paperless · offline now'],
      ],
    );
    assert.deepEqual(labels('/w/.env', 'CLAWQL_X=1\nTIKA_BASE_URL=¦', paperless), []);
  });

  it("are none for what is not ClawQL's", () => {
    assert.deepEqual(labels(cursorFile, server('http://127.0.0.1:3845/¦', 'figma'), oneHost), []);
    assert.deepEqual(labels(cursorFile, '{"mcpServers": {"clawql": {"type": "¦", "url": ""}}}', oneHost), []);
    assert.deepEqual(labels('/w/.env', 'PAPERLESS_BASE_URL=¦', paperless), []);
    assert.deepEqual(labels('/w/.env', 'CLAWQL_X=1\nSITE_URL=¦', oneHost), []);
    assert.ok(
      labels(cursorFile, server(`${one}¦`, 'tools'), oneHost).includes(one),
      "another key at ClawQL's own host",
    );
  });
});

describe('completions of names', () => {
  const names = (marked: string, path = '/w/.env'): readonly string[] => labels(path, marked, oneHost);

  it("are the variables that ClawQL's server and clients read, but for those that are assigned", () => {
    const found = names('CLAWQL_MCP_URL=x\nTIKA_BASE_URL=x\n¦');
    assert.ok(found.includes('PAPERLESS_BASE_URL') && found.includes('CLAWQL_API_BASE_URL'));
    assert.ok(!found.includes('CLAWQL_MCP_URL') && !found.includes('TIKA_BASE_URL'));
    for (const name of found) assert.match(catalogueRow(name)?.reader ?? '', /^(server|client)$/);
  });

  it('say what they are for', () => {
    const found = completions('/w/.env', 'CLAWQL_X=1\nPAPER¦', oneHost);
    const { detail, documentation } = found.find(({ label }) => label === 'PAPERLESS_BASE_URL') ?? {};
    assert.equal(detail, 'Paperless-ngx REST.');
    assert.match(documentation ?? '', /ClawQL's server reads it/);
  });

  it('take the place of the name, and bring the = that is missing', () => {
    const first = (marked: string) => {
      const text = marked.replace('¦', '');
      const found = completions('/w/.env', marked, oneHost).find(({ label }) => label === 'PAPERLESS_BASE_URL');
      return found && applyEdits(text, [{ span: found.span, text: found.insertText }]);
    };
    assert.equal(first('CLAWQL_X=1\n  export PAP¦ER\nY=2'), 'CLAWQL_X=1\n  export PAPERLESS_BASE_URL=\nY=2');
    assert.equal(first('\ufeff¦\nCLAWQL_X=1'), '\ufeffPAPERLESS_BASE_URL=\nCLAWQL_X=1');
    assert.equal(first('CLAWQL_X=1\nPAPERLESS_BASE_URL¦=x'), 'CLAWQL_X=1\nPAPERLESS_BASE_URL=x');
    assert.equal(first('CLAWQL_X=1\nPAPER¦=x'), 'CLAWQL_X=1\nPAPERLESS_BASE_URL=x');
  });

  it("are none in a file that is not ClawQL's, in a comment and in a value", () => {
    for (const marked of [
      '¦',
      'NODE_ENV=x\n¦',
      'CLAWQL_X=1\n# PAPER¦',
      'CLAWQL_X=PAPER¦',
      'CLAWQL_X="\nPAPER¦\n"',
      'CLAWQL_X=1\nY ¦',
    ])
      assert.deepEqual(names(marked), [], marked);
    assert.deepEqual(names('{"mcpServers": {}}¦', cursorFile), []);
  });

  it('hold, whatever the text, in the document', () => {
    const line = fc.constantFrom(
      'CLAWQL_MCP_URL=',
      'PAPERLESS_BASE_URL="',
      "'",
      '\n',
      '\r\n',
      ' ',
      '#',
      'export ',
      'X',
      '=',
      '\ufeff',
      'http://a/',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.nat(), (parts, at) => {
        const text = parts.join('');
        const offset = at % (text.length + 1);
        for (const { span, more } of completionsAt(read('/w/.env', text), offset, snapshotOf(oneHost))) {
          assert.ok(span.offset <= offset && offset <= spanEnd(span) && spanEnd(span) <= text.length);
          assert.deepEqual(more, []);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
