import assert from 'node:assert/strict';
import { catalogueRows } from '../../../../src/core/clawql/catalogueRows.ts';
import { hoverAt, type HoverContext } from '../../../../src/core/help/hovers.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { node, selectionOf } from '../../support/builders.ts';
import { oneHost, snapshotOf, type World } from '../diagnostics/world.ts';
import { atCaret } from './caret.ts';

function hover(path: string, marked: string, world: World, parts: Partial<HoverContext> = {}) {
  const { model, offset } = atCaret(path, marked);
  const context: HoverContext = {
    snapshot: snapshotOf(world),
    environment: {},
    isOurs: () => false,
    label: 'mcp.json',
    uri: `file://${path}`,
    reader: { kind: 'program' },
    ...parts,
  };
  const found = hoverAt(model, offset, context);
  return found && { at: model.source.text.slice(found.span.offset, spanEnd(found.span)), text: plain(found.markdown) };
}

/** Markdown as a reader sees it. */
function plain(markdown: string): string {
  return markdown.replaceAll('**', '').replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

const remote = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

describe('hovers', () => {
  it('say what a variable does, where it leads, in which zone, and from where that was seen', () => {
    const text = 'CLAWQL_X=1\nTIKA_¦BASE_URL=http://user:hunter2@localhost:9998/?key=hunter2 # x';
    assert.deepEqual(hover('/w/.env', text, oneHost), {
      at: 'TIKA_BASE_URL=http://user:hunter2@localhost:9998/?key=hunter2',
      text: [
        'TIKA_BASE_URL',
        'It leads to http://localhost:9998/. That is the machine itself on which it is read. Seen from this machine.',
        'Apache Tika server.',
        "ClawQL's server reads it.",
        "Where it is not set: http://tika:9998; with ClawQL's Helm chart http://clawql-mcp-http-tika:9998",
        'For example: http://tika:9998',
      ].join('\n\n'),
    });
  });

  it('are there on the value too, and tell the vantage', () => {
    const world: World = { ...oneHost, snapshot: { vantage: { remote: 'dev-container' } } };
    assert.match(
      hover('/w/.env', `CLAWQL_MCP_URL="${remote}¦"`, world)?.text ?? '',
      /It leads to http:\/\/clawql-1\.tail1a2b3\.ts\.net:8080\/mcp\. That is clawql-1, a node of the tailnet\. Seen from the remote machine \(dev-container\)\.\n/,
    );
  });

  it('say of a name that ClawQL does not read that it does not', () => {
    assert.match(
      hover('/w/.env', 'CLAWQL_X=1\nTIKA_¦URL=http://a', oneHost)?.text ?? '',
      /ClawQL 5\.0\.0 does not read it\./,
    );
  });

  it('show no secret', () => {
    for (const { name } of catalogueRows) {
      const text = `CLAWQL_X=1\n${name}¦=https://me:hunter2@api.example.net/?t=hunter2`;
      assert.doesNotMatch(hover('/w/.env', text, oneHost)?.text ?? '', /hunter2/, name);
    }
    assert.doesNotMatch(hover('/w/.env', 'CLAWQL_GITHUB_TOKEN=ghp_¦abc', oneHost)?.text ?? '', /ghp_abc/);
  });

  it("are none where nothing is ClawQL's, and none beside a variable", () => {
    assert.equal(hover('/w/.env', 'TIKA_¦BASE_URL=http://tika:9998', oneHost), undefined);
    assert.equal(hover('/w/.env', 'CLAWQL_X=1\nSITE_¦URL=http://a', oneHost), undefined);
    assert.equal(hover('/w/.env', `# TIKA_¦BASE_URL\nCLAWQL_MCP_URL=${remote}`, oneHost), undefined);
    const figma = '{"mcpServers": {"figma": {"url": "http://127.0.0.1:¦3845/mcp"}}}';
    assert.equal(hover('/w/.cursor/mcp.json', figma, oneHost), undefined);
  });

  it("say what a server's URL comes to", () => {
    const selected: World = { ...oneHost, snapshot: { selection: selectionOf(node('clawql-1'), { url: remote }) } };
    const text = '{"servers": {"clawql": {"url": "http://¦${env:CLAWQL_MCP_HOST}/mcp"}}}';
    const environment = { CLAWQL_MCP_HOST: 'clawql-1.tail1a2b3.ts.net:8080' };
    assert.deepEqual(hover('/w/.vscode/mcp.json', text, selected, { environment, reader: { kind: 'this-window' } }), {
      at: 'http://${env:CLAWQL_MCP_HOST}/mcp',
      text: [
        'MCP server "clawql"',
        `It leads to ${remote}. That is clawql-1, a node of the tailnet. Seen from this machine.`,
        `VS Code calls ${remote}. That is the selected server, which answers from this machine.`,
      ].join('\n\n'),
    });
    assert.match(
      hover('/w/.vscode/mcp.json', text, selected, { environment })?.text ?? '',
      /takes CLAWQL_MCP_HOST from the environment in which it was started, which is not seen from here/,
    );
  });

  it('claim nothing of what another machine resolves', () => {
    const text = `{"servers": {"clawql": {"url": "${remote}¦"}}}`;
    const reader = { kind: 'remote-window', machine: 'box' } as const;
    const { text: said } = hover('/w/.vscode/mcp.json', text, oneHost, { reader }) ?? {};
    assert.match(said ?? '', /resolves and calls it on the remote machine \(box\): not checked here\./);
    assert.doesNotMatch(said ?? '', /That is/);
  });

  it('are one line a paragraph, whatever stands in the file', () => {
    const key = 'clawql<img src=x>](command:x)\\n**';
    const { model, offset } = atCaret('/w/.cursor/mcp.json', `{"mcpServers": {"${key}": {"url": "${remote}¦"}}}`);
    const context: HoverContext = {
      ...{ snapshot: snapshotOf(oneHost), environment: {}, isOurs: () => false },
      ...{ label: '', uri: '', reader: { kind: 'program' } },
    };
    assert.doesNotMatch(hoverAt(model, offset, context)?.markdown ?? '', /<img|\]\(/);
  });
});
