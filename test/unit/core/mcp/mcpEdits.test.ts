import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createScanner, findNodeAtLocation, parse, parseTree, type ParseError } from 'jsonc-parser';
import { dialects, type Dialect } from '../../../../src/core/mcp/dialect.ts';
import { removeServer, upsertServer, type EditPlan } from '../../../../src/core/mcp/mcpEdits.ts';
import { serverDefinition, type ServerDefinition } from '../../../../src/core/mcp/serverDefinition.ts';
import { applyEdits, inverseEdits } from '../../../../src/core/text.ts';
import { jsoncFile } from './jsonc.ts';

const [vscode, cursor, claudeCode] = dialects as readonly [Dialect, Dialect, Dialect];
const commandProperties = ['command', 'args', 'cwd', 'env', 'envFile'];
const url = 'http://clawql-1.example.ts.net:8080/mcp';

function definitionFor(dialect: Dialect): ServerDefinition {
  const definition = serverDefinition(dialect, url, 'literal');
  assert.ok(definition);
  return definition;
}

function applied(text: string, plan: EditPlan): string {
  if (plan.kind === 'broken') assert.fail(`broken at ${plan.line}:${plan.column}: ${plan.reason}`);
  return plan.kind === 'edits' ? applyEdits(text, plan.edits) : text;
}

function upserted(text: string, dialect = vscode): string {
  return applied(text, upsertServer(text, dialect, 'clawql', definitionFor(dialect)));
}

function removed(text: string, dialect = vscode): string {
  return applied(text, removeServer(text, dialect, 'clawql'));
}

type Json = Record<string, unknown>;

function meaning(text: string): Json {
  const errors: ParseError[] = [];
  const value = parse(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true, allowEmptyContent: true }) as
    Json | undefined;
  assert.deepEqual(errors, [], text);
  return value ?? {};
}

/** All tokens and comments, in their order: what is not white space. */
function tokensOf(text: string): readonly string[] {
  const scanner = createScanner(text.replace(/^\ufeff/, ' '), false);
  const tokens: string[] = [];
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token.trim() !== '') tokens.push(token);
  }
  return tokens;
}

function commentsOf(text: string): readonly string[] {
  return tokensOf(text).filter((token) => token.startsWith('/'));
}

/** The text without the values at those paths, and so without the comments in them. */
function without(text: string, paths: readonly (readonly string[])[]): string {
  const root = parseTree(text.replace(/^\ufeff/, ' '), [], { allowTrailingComma: true });
  const nodes = paths.map((path) => root && findNodeAtLocation(root, [...path])).filter((node) => node !== undefined);
  return applyEdits(
    text,
    nodes.map(({ offset, length }) => ({ span: { offset, length }, text: '0' })),
  );
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let position = 0;
  for (const token of whole) if (token === part[position]) position++;
  return position === part.length;
}

const anyFile = fc
  .constantFrom(...dialects)
  .chain((dialect) => fc.tuple(fc.constant(dialect), jsoncFile(dialect.rootKey, ['clawql'])));
const fileWithoutServer = fc
  .constantFrom(...dialects)
  .chain((dialect) => fc.tuple(fc.constant(dialect), jsoncFile(dialect.rootKey, ['clawql-2'])));

describe('mcpEdits', () => {
  it('makes any file mean what was asked, and no more', () => {
    fc.assert(
      fc.property(anyFile, ([dialect, text]) => {
        const before = meaning(text);
        const servers = (before[dialect.rootKey] ?? {}) as Record<string, Json>;
        const kept = Object.entries(servers['clawql'] ?? {}).filter(
          ([name, value]) => !commandProperties.includes(name) && !(name === 'type' && value === 'stdio'),
        );
        const wanted = { ...Object.fromEntries(kept), ...definitionFor(dialect).properties };
        assert.deepEqual(meaning(upserted(text, dialect)), {
          ...before,
          [dialect.rootKey]: { ...servers, clawql: wanted },
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every comment, the byte order mark, the kind of line end and the end of the file', () => {
    fc.assert(
      fc.property(anyFile, ([dialect, text]) => {
        const server = [dialect.rootKey, 'clawql'];
        const touched = [...Object.keys(definitionFor(dialect).properties), ...commandProperties];
        const values = touched.map((name) => [...server, name]);
        for (const [result, gone] of [
          [upserted(text, dialect), values],
          [removed(text, dialect), [server]],
        ] as const) {
          assert.deepEqual(commentsOf(result), commentsOf(without(text, gone)));
          assert.equal(result.startsWith('\ufeff'), text.startsWith('\ufeff'));
          assert.equal(/\s*$/.exec(result)?.[0], /\s*$/.exec(text)?.[0]);
          const ends = new Set(text.match(/\r\n|\r|\n/g));
          if (ends.size > 0) assert.deepEqual(new Set(result.match(/\r\n|\r|\n/g) ?? ends), ends);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('changes at most one line of those that were there when it adds a server', () => {
    fc.assert(
      fc.property(fileWithoutServer, ([dialect, text]) => {
        const result = upserted(text, dialect);
        assert.ok(isSubsequence(tokensOf(text), tokensOf(result)));
        const lines = (content: string): string[] => content.split(/\r\n|\r|\n/);
        const left = lines(result);
        const changed = lines(text).filter((line) => {
          const index = left.indexOf(line);
          if (index >= 0) left.splice(index, 1);
          return index < 0;
        });
        assert.ok(changed.length <= 1, JSON.stringify([text, result, changed]));
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing the second time, and is taken back byte for byte', () => {
    fc.assert(
      fc.property(anyFile, fc.boolean(), ([dialect, text], isRemoval) => {
        const act = (content: string): EditPlan =>
          isRemoval
            ? removeServer(content, dialect, 'clawql')
            : upsertServer(content, dialect, 'clawql', definitionFor(dialect));
        const plan = act(text);
        const result = applied(text, plan);
        assert.deepEqual(act(result), { kind: 'unchanged' });
        if (plan.kind === 'edits') assert.equal(applyEdits(result, inverseEdits(text, plan.edits)), text);
        else assert.equal(result, text);
      }),
      { numRuns: 1000 },
    );
  });

  it('removes the server and nothing else', () => {
    fc.assert(
      fc.property(anyFile, ([dialect, text]) => {
        const before = meaning(text);
        const { clawql, ...others } = (before[dialect.rootKey] ?? {}) as Json;
        const wanted = dialect.rootKey in before ? { ...before, [dialect.rootKey]: others } : before;
        assert.deepEqual(meaning(removed(text, dialect)), wanted);
        if (clawql === undefined) assert.deepEqual(removeServer(text, dialect, 'clawql'), { kind: 'unchanged' });
      }),
      { numRuns: 1000 },
    );
  });

  it('removes what it added, byte for byte, where lines of their own stood round it', () => {
    fc.assert(
      fc.property(fileWithoutServer, ([dialect, text]) => {
        const servers = meaning(text)[dialect.rootKey];
        fc.pre(typeof servers === 'object' && Object.keys(servers ?? {}).length > 0);
        assert.equal(removed(upserted(text, dialect), dialect), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('never fails on a text that is no JSON: it says where', () => {
    fc.assert(
      fc.property(
        anyFile,
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', ',', '/*', '\\'),
        ([dialect, text], at, junk) => {
          const position = at % (text.length + 1);
          const broken = text.slice(0, position) + junk + text.slice(position + 1);
          const plan = upsertServer(broken, dialect, 'clawql', definitionFor(dialect));
          if (plan.kind === 'broken') assert.ok(plan.line >= 1 && plan.column >= 1 && plan.reason.length > 0);
          else meaning(applied(broken, plan));
        },
      ),
      { numRuns: 1000 },
    );
  });

  const examples: readonly { name: string; dialect?: Dialect; before: string; after: string }[] = [
    {
      name: 'an empty file',
      before: '',
      after: `{\n  "servers": {\n    "clawql": {\n      "type": "http",\n      "url": "${url}"\n    }\n  }\n}\n`,
    },
    {
      name: 'white space with a byte order mark and CRLF',
      dialect: cursor,
      before: '\ufeff \r\n\r\n',
      after: `\ufeff{\r\n  "mcpServers": {\r\n    "clawql": {\r\n      "url": "${url}"\r\n    }\r\n  }\r\n}\r\n`,
    },
    {
      name: 'a file of comments',
      dialect: cursor,
      before: '// ours',
      after: `// ours\n{\n  "mcpServers": {\n    "clawql": {\n      "url": "${url}"\n    }\n  }\n}\n`,
    },
    {
      name: 'an empty object',
      before: '{}',
      after: `{\n  "servers": {\n    "clawql": {\n      "type": "http",\n      "url": "${url}"\n    }\n  }\n}`,
    },
    {
      name: 'tabs, a trailing comma and a comment behind it',
      before: '{\n\t"servers": {\n\t\t"a": {}, // first\n\t},\n}\n',
      after: `{\n\t"servers": {\n\t\t"a": {}, // first\n\t\t"clawql": {\n\t\t\t"type": "http",\n\t\t\t"url": "${url}"\n\t\t},\n\t},\n}\n`,
    },
    {
      name: 'a last property without a comma and with a comment',
      dialect: cursor,
      before: '{\n    "mcpServers": {\n        "a": {} // first\n    }\n}',
      after: `{\n    "mcpServers": {\n        "a": {}, // first\n        "clawql": {\n            "url": "${url}"\n        }\n    }\n}`,
    },
    {
      name: 'everything in one line',
      dialect: claudeCode,
      before: '{ "mcpServers": { "a": { "url": "x" } } }',
      after: `{ "mcpServers": { "a": { "url": "x" }, "clawql": { "type": "http", "url": "${url}" } } }`,
    },
    {
      name: 'a server that was a command',
      before:
        '{\n  "servers": {\n    "clawql": {\n      "command": "npx",\n      "args": ["-y", "clawql-mcp"], // old\n      "dev": {}\n    }\n  }\n}\n',
      after: `{\n  "servers": {\n    "clawql": {\n      // old\n      "dev": {},\n      "type": "http",\n      "url": "${url}"\n    }\n  }\n}\n`,
    },
    {
      name: 'another URL, and headers that stay',
      dialect: cursor,
      before: '{"mcpServers":{"clawql":{"url":"http:\\/\\/localhost:8080/mcp","headers":{"X":"1"}}}}',
      after: `{"mcpServers":{"clawql":{"url":"${url}","headers":{"X":"1"}}}}`,
    },
  ];
  for (const { name, dialect, before, after } of examples) {
    it(`writes into ${name}`, () => {
      assert.equal(upserted(before, dialect), after);
    });
  }

  const refused: readonly { name: string; text: string; line: number; column: number; reason: RegExp }[] = [
    {
      name: 'a missing comma',
      text: '{\n  "a": 1\n  "b": 2\n}',
      line: 3,
      column: 3,
      reason: /^a comma belongs here$/,
    },
    { name: 'an open comment', text: '/* x', line: 1, column: 1, reason: /comment that begins here does not end/ },
    { name: 'an array', text: '\n[]', line: 2, column: 1, reason: /must be an object with "servers"/ },
    {
      name: 'servers that are no object',
      text: '{"servers": []}',
      line: 1,
      column: 13,
      reason: /"servers" must be an object/,
    },
    {
      name: 'a server that is no object',
      text: '{"servers": {"clawql": "x"}}',
      line: 1,
      column: 24,
      reason: /"clawql" must be an object/,
    },
    {
      name: 'servers twice',
      text: '{"servers": {},\r\n"servers": {}}',
      line: 2,
      column: 1,
      reason: /"servers" stands here a second time/,
    },
    {
      name: 'the server twice',
      text: '{"servers": {"clawql": {}, "clawql": {}}}',
      line: 1,
      column: 28,
      reason: /"clawql" stands here a second time/,
    },
    {
      name: 'its URL twice',
      text: '{"servers": {"clawql": {"url": "", "url": ""}}}',
      line: 1,
      column: 36,
      reason: /"url" stands here a second time/,
    },
    { name: 'a depth that nobody writes', text: '['.repeat(100_000), line: 1, column: 1, reason: /nested too deeply/ },
  ];
  for (const { name, text, line, column, reason } of refused) {
    it(`writes nothing into a file with ${name}`, () => {
      const plan = upsertServer(text, vscode, 'clawql', definitionFor(vscode));
      assert.ok(plan.kind === 'broken', plan.kind);
      assert.deepEqual([plan.line, plan.column], [line, column]);
      assert.match(plan.reason, reason);
    });
  }
});
