import assert from 'node:assert/strict';

import type { SourceDocument } from '../../../../src/core/diagnostics/sourceDocument.ts';
import { retiredUrl } from '../../../../src/core/retire/retiredUrl.ts';
import { retirementOf } from '../../../../src/core/retire/retirement.ts';
import { applyEdits } from '../../../../src/core/text.ts';

const url = 'https://mcp.acme.dev/mcp';
const endpoint = 'http://clawql-1.tail0.ts.net:8080/mcp';
const placeholder = 'http://your-clawql-host:8080/mcp';

type Place = Partial<Omit<SourceDocument, 'text' | 'path'>>;

function retire(path: string, text: string, place: Place = {}) {
  const retired = retiredUrl(url);
  assert.ok(retired);
  const source = { path, text, tracking: 'untracked', besideCompose: false, inWorkspace: true, isHere: true, ...place };
  return retirementOf(source as SourceDocument, retired, endpoint);
}

/** The text after all replacements. */
function after(path: string, text: string, place: Place = {}): string {
  const { replacements } = retire(path, text, place);
  return applyEdits(
    text,
    replacements.flatMap(({ edits }) => edits),
  );
}

const home: Place = { inWorkspace: false };
const tracked: Place = { tracking: 'tracked' };

describe('retirementOf', () => {
  it("puts each client's own words into the workspace's files, and the URL into the user's", () => {
    const vscode = (to: string): string =>
      `{\n\t// ours\n\t"servers": { "c": { "url": "${to}", "headers": {} } },\n}\n`;
    assert.equal(after('/w/.vscode/mcp.json', vscode(url)), vscode('http://${env:CLAWQL_MCP_HOST}/mcp'));
    const other = (to: string): string => `{ "mcpServers": { "c": { "url": "${to}" } } }`;
    assert.equal(after('/w/.cursor/mcp.json', other(`${url}/?key=1`)), other('${env:CLAWQL_MCP_URL}'));
    assert.equal(after('/w/.mcp.json', other(url), tracked), other('${CLAWQL_MCP_URL}'));
    assert.equal(after('/home/me/.cursor/mcp.json', other(url), home), other(endpoint));
    assert.equal(after('/w/.mcp.json.example', other(url), tracked), other('${CLAWQL_MCP_URL}'));
  });

  it('gives mcp-remote the flag that plain HTTP needs', () => {
    assert.equal(
      after(
        '/home/me/.cursor/mcp.json',
        `{ "mcpServers": { "c": { "command": "npx", "args": ["mcp-remote", "${url}"] } } }`,
        home,
      ),
      `{ "mcpServers": { "c": { "command": "npx", "args": ["mcp-remote", "${endpoint}", "--allow-http"] } } }`,
    );
  });

  it('finds servers that stand elsewhere in a file of the user', () => {
    const claude = (to: string): string => `{ "projects": { "/w": { "mcpServers": { "c": { "url": "${to}" } } } } }`;
    assert.equal(after('/home/me/.claude.json', claude(url), home), claude(endpoint));
    const escaped = String.raw`{ "note": "https:\/\/mcp.acme.dev\/mcp" }`;
    assert.equal(
      after('/home/me/.claude.json', escaped, home),
      String.raw`{ "note": "http:\/\/clawql-1.tail0.ts.net:8080\/mcp" }`,
    );
  });

  it('writes a .env that git does not track, and no other', () => {
    assert.equal(after('/w/.env', `A=1\nCLAWQL_MCP_URL="${url}"\n`), `A=1\nCLAWQL_MCP_URL="${endpoint}"\n`);
    assert.equal(after('/w/.env.example', `CLAWQL_MCP_URL=${url}\n`, tracked), `CLAWQL_MCP_URL=${placeholder}\n`);
    const { replacements, kept } = retire('/w/.env', `CLAWQL_MCP_URL=${url}\n`, tracked);
    assert.deepEqual(replacements, []);
    assert.deepEqual(kept, [
      {
        span: { offset: 15, length: url.length },
        reason: 'git tracks this file, so no name of the tailnet is written into it',
      },
    ]);
  });

  it('writes no name of the tailnet into text that others read', () => {
    assert.equal(
      after('/w/README.md', `See <${url}> or [it](${url}?a=1).`, tracked),
      `See <${placeholder}> or [it](${placeholder}?a=1).`,
    );
    assert.equal(
      after('/w/go.sh', `curl ${url}\ncurl "${url}/"\necho '${url}'\n`, tracked),
      `curl \${CLAWQL_MCP_URL}\ncurl "\${CLAWQL_MCP_URL}"\necho '${url}'\n`,
    );
    assert.equal(after('/w/compose.yaml', `  - URL=${url}\n`), '  - URL=${CLAWQL_MCP_URL}\n');
    const code = `const url = '${url}';\n`;
    assert.equal(after('/w/src/client.ts', code), code);
    assert.match(retire('/w/src/client.ts', code).kept[0]?.reason ?? '', /^others get to read this file/);
    assert.equal(after('/w/notes.txt', url, { tracking: 'ignored' }), endpoint);
    assert.equal(after('/home/me/notes.md', url, home), endpoint);
  });

  it('tells an entry that a program reads from text', () => {
    const text = `{\n  // was ${url}\n  "servers": { "c": { "url": "${url}" } }\n}`;
    assert.deepEqual(
      retire('/w/.vscode/mcp.json', text, { tracking: 'ignored' }).replacements.map(({ kind }) => kind),
      ['text', 'entry'],
    );
  });

  it('writes nothing into a file that does not parse, and says where it breaks', () => {
    const { replacements, kept, broken } = retire('/w/.vscode/mcp.json', `{ "servers": { "c": { "url": "${url}" }\n`);
    assert.deepEqual(replacements, []);
    assert.equal(broken?.line, 2);
    assert.match(kept[0]?.reason ?? '', /^the file does not parse, so it is not written: line 2, column 1: /);
  });

  it('keeps the bytes round a use: line ends, a byte order mark and what follows', () => {
    const text = (to: string): string => `\ufeff{\r\n  "mcpServers": { "c": { "url": "${to}" } }\r\n}\n`;
    assert.equal(after('/home/me/.cursor/mcp.json', text(url), home), text(endpoint));
  });

  it('keeps what else names the host as a mention', () => {
    const { replacements, mentions } = retire('/w/README.md', 'https://mcp.acme.dev/healthz and mcp.acme.dev');
    assert.deepEqual(replacements, []);
    assert.deepEqual(
      mentions.map(({ offset }) => offset),
      [8, 33],
    );
  });
});
