import assert from 'node:assert/strict';
import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { applyEdits } from '../../../../src/core/text.ts';
import { petstoreJson } from '../spec/specTexts.ts';
import { only } from './specs.ts';
import { briefly, ignoreTitle, mcp, oneHost, problemsOf, type Place } from './world.ts';

const local = 'http://localhost:8080/mcp';
const comment = 'clawql-ignore-next-line localhost-url';
const vscodeFile = '/w/.vscode/mcp.json';

/** The text with the first problem silenced; undefined where no such fix is offered. */
function ignored(path: string, text: string, place: Place = {}): string | undefined {
  const [problem] = problemsOf(path, text, oneHost, place);
  assert.ok(problem);
  const fix = problem.fixes().find(({ title }) => title === ignoreTitle(problem.ruleId));
  return fix?.kind === 'edit' ? applyEdits(text, fix.edits) : undefined;
}

describe('a comment that silences a rule in the next line', () => {
  const silent: Readonly<Record<string, readonly [string, string]>> = {
    'in a .env': ['/w/.env', `# ${comment}\nCLAWQL_MCP_URL=${local}`],
    'with other rules before it': [
      '/w/.env',
      `# clawql-ignore-next-line public-url , localhost-url\nCLAWQL_MCP_URL=${local}`,
    ],
    'with a reason': ['/w/.env', `# ${comment}: a tunnel, env-json\nCLAWQL_MCP_URL=${local}`],
    'with comments between': ['/w/.env', `# ${comment}\r\n  # of the tunnel\r\n#\r\nexport CLAWQL_MCP_URL="${local}"`],
    'behind a byte order mark': ['/w/.env', `\ufeff# ${comment}\nCLAWQL_MCP_URL=${local}`],
    'whose value stands in a later one': ['/w/.env', `# ${comment}\nCLAWQL_MCP_URL=\n"${local}"`],
    'after //': [vscodeFile, `{"servers": {\n// ${comment}\n"clawql": {"url": "${local}"}}}`],
    'in /* */': [vscodeFile, `{"servers": {\n/* ${comment} */\n"clawql": {"url": "${local}"}}}`],
    'behind something else': [
      vscodeFile,
      `{"servers": { // ${comment}\n/* the\n tunnel */\n"clawql": {"url": "${local}"}}}`,
    ],
    'in a file that should hold none': [
      '/w/.mcp.json',
      `{"mcpServers": {\n// ${comment}\n"clawql": {"url": "${local}"}}}`,
    ],
  };
  for (const [name, [path, text]] of Object.entries(silent)) {
    it(name, () => {
      assert.deepEqual(briefly(path, text, oneHost), []);
      assert.equal(briefly(path, text.replace(comment, 'clawql'), oneHost).length, text.includes(comment) ? 1 : 0);
    });
  }

  const loud: Readonly<Record<string, readonly [string, string]>> = {
    'that names another rule': ['/w/.env', `# clawql-ignore-next-line public-url\nCLAWQL_MCP_URL=${local}`],
    'that names none': ['/w/.env', `# clawql-ignore-next-line\nCLAWQL_MCP_URL=${local}`],
    'with an empty line between': ['/w/.env', `# ${comment}\n\nCLAWQL_MCP_URL=${local}`],
    'with another assignment between': ['/w/.env', `# ${comment}\nX=1\nCLAWQL_MCP_URL=${local}`],
    'in the same line': ['/w/.env', `CLAWQL_MCP_URL=${local} # ${comment}`],
    'in the line below': [vscodeFile, `{"servers": {"clawql": {"url": "${local}"}}}\n// ${comment}`],
    'that is text in a value': ['/w/.env', `X="\n# ${comment}\n"\nCLAWQL_MCP_URL=${local}`],
    'that is text in a string': [vscodeFile, `{"servers": {"x": "// ${comment}",\n"clawql": {"url": "${local}"}}}`],
    'before a comment that shares its line with something': [
      vscodeFile,
      `{"servers": {\n// ${comment}\n/* x */ "figma": {},\n"clawql": {"url": "${local}"}}}`,
    ],
  };
  for (const [name, [path, text]] of Object.entries(loud)) {
    it(`silences nothing: one ${name}`, () => {
      assert.deepEqual(briefly(path, text, oneHost), [`localhost-url warning ${local}`]);
    });
  }
});

describe('"Ignore … here"', () => {
  it('puts the comment above, with the indentation and the line ends of the file', () => {
    assert.equal(
      ignored(vscodeFile, `{\r\n\t"servers": {\r\n\t\t"clawql": { "url": "${local}" },\r\n\t},\r\n}\r\n`),
      `{\r\n\t"servers": {\r\n\t\t// ${comment}\r\n\t\t"clawql": { "url": "${local}" },\r\n\t},\r\n}\r\n`,
    );
    assert.equal(
      ignored('/w/.env', `\ufeffCLAWQL_X=1\r\n  export CLAWQL_MCP_URL=\r\n'${local}'`),
      `\ufeffCLAWQL_X=1\r\n  # ${comment}\r\n  export CLAWQL_MCP_URL=\r\n'${local}'`,
    );
    assert.equal(
      ignored(vscodeFile, `\ufeff{"servers": {"clawql": {"url": "${local}"}}}`),
      `\ufeff// ${comment}\n{"servers": {"clawql": {"url": "${local}"}}}`,
    );
  });

  it('stands in a tailnet policy, but for one that an editor takes for strict JSON', () => {
    const rule = '{ "action": "accept", "src": ["*"], "dst": ["*:*"] }';
    const policy = (above: string): string => `{\n  "acls": [\n${above}    ${rule},\n  ],\n}\n`;
    const mark = '    // clawql-ignore-next-line policy-allow-all\n';
    assert.equal(ignored('/w/policy.hujson', policy('')), policy(mark));
    assert.deepEqual(briefly('/w/policy.hujson', policy(mark), oneHost), []);
    assert.deepEqual(briefly('/w/policy.json', policy(mark), oneHost), []);
    assert.equal(ignored('/w/policy.json', policy('')), undefined);
  });

  it('leaves what a .env says as it was', () => {
    const text = `A='\nB="it's"\nCLAWQL_MCP_URL="${local}" # "x\nC='c'\n`;
    const after = ignored('/w/.env', text);
    const values = (of: string) => parseEnv(of).entries.map(({ name, value }) => [name, value]);
    assert.ok(after !== undefined && after !== text);
    assert.deepEqual(values(after), values(text));
  });

  it('is offered where the reader of the file is known to know comments, and nowhere else', () => {
    const text = mcp('servers', 'clawql', local).replace(/ *\/\/.*\n/, '');
    const under = (path: string, ...root: readonly string[]) =>
      ignored(
        path,
        root.reduceRight((inner, key) => `{"${key}": ${inner}}`, `{"clawql": {"url": "${local}"}}`),
      );
    assert.notEqual(ignored(vscodeFile, text), undefined);
    assert.notEqual(under('/w/a.code-workspace', 'settings', 'mcp', 'servers'), undefined);
    assert.notEqual(under('/w/.zed/settings.json', 'context_servers'), undefined);
    assert.notEqual(under('/w/opencode.jsonc', 'mcp'), undefined);
    for (const path of ['/w/.mcp.json', '/w/.cursor/mcp.json', '/w/.gemini/settings.json'])
      assert.equal(under(path, 'mcpServers'), undefined, path);
    assert.equal(under('/w/opencode.json', 'mcp'), undefined);
  });

  it('goes into the description of an API in YAML, where no text can go on over its place', () => {
    const spec = (text: string) => ignored('/w/openapi.yaml', `openapi: 3.0.4\n${text}`, only);
    const url = 'http://localhost:3000';
    const silenced = (before: string, line: string) => `openapi: 3.0.4\n${before}${line}`;
    assert.equal(spec(`servers:\n  - url: '${url}'\n`), silenced('servers:\n', `  # ${comment}\n  - url: '${url}'\n`));
    assert.equal(spec(`servers: [{ url: ${url} }]`), silenced('', `# ${comment}\nservers: [{ url: ${url} }]`));
    assert.equal(spec(`servers: [{ description: "a\n b", url: ${url} }]`), undefined);
    assert.equal(spec(`servers: [{ description: a\n b, url: ${url} }]`), undefined);
    assert.equal(ignored('/w/openapi.yaml', petstoreJson({ servers: [{ url }] }), only), undefined);
  });

  it('is not offered where the line begins in a comment', () => {
    assert.equal(ignored(vscodeFile, `{"servers": {/* ours\n*/ "clawql": {"url": "${local}"}}}`), undefined);
  });

  it('is the last fix but for those that allow more', () => {
    const [problem] = problemsOf('/w/.env', `CLAWQL_MCP_URL=${local}`, oneHost);
    assert.deepEqual(
      problem?.fixes().map(({ title }) => title.replace(/^Use .*/, 'Use')),
      ['Use', 'Ignore localhost-url here', 'Allow localhost here…'],
    );
  });
});
