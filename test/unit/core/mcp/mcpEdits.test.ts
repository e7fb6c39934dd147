import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EditPlan } from '../../../../src/core/editPlan.ts';
import { dialectById } from '../../../../src/core/mcp/dialects.ts';
import { isWritten, type WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { missingLevels, removeServer, upsertServer } from '../../../../src/core/mcp/mcpEdits.ts';
import { applyEdits, inverseEdits } from '../../../../src/core/text.ts';
import {
  applied,
  assertChangedWithin,
  assertKept,
  isSubsequence,
  meaning,
  objectAt,
  tokensOf,
  touchedBy,
  wantedServer,
  withValueAt,
} from './editChecks.ts';
import { anyAddition, anyEdit, propertiesFor, url } from './mcpFiles.ts';

function written(id: string): WrittenDialect {
  const dialect = dialectById(id);
  assert.ok(dialect && isWritten(dialect), id);
  return dialect;
}

const vscode = written('vscode');
const vscodeWorkspace = written('vscodeWorkspace');
const cursor = written('cursor');
const claudeCode = written('claudeCode');
const windsurf = written('windsurf');

function upserted(text: string, dialect = vscode, properties = propertiesFor(dialect)): string {
  return applied(text, upsertServer(text, dialect, 'clawql', properties));
}

function removed(text: string, dialect = vscode, levels = 0): string {
  return applied(text, removeServer(text, dialect, 'clawql', levels));
}

function serverPath({ root }: WrittenDialect): readonly string[] {
  return [...root, 'clawql'];
}

describe('mcpEdits', () => {
  it('makes any file mean what was asked, and no more', () => {
    fc.assert(
      fc.property(anyEdit, ({ dialect, text, properties }) => {
        const before = meaning(text);
        const server = objectAt(before, serverPath(dialect)) ?? {};
        const wanted = withValueAt(before, serverPath(dialect), wantedServer(server, dialect, properties));
        assert.deepEqual(meaning(upserted(text, dialect, properties)), wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every comment, the byte order mark, the kind of line end and the end of the file', () => {
    fc.assert(
      fc.property(anyEdit, (edit) => {
        const { dialect, text, properties } = edit;
        assertKept(text, upserted(text, dialect, properties), touchedBy(edit));
        assertKept(text, removed(text, dialect), [serverPath(dialect)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing outside of a server that is there, and takes nothing away where it adds one', () => {
    fc.assert(
      fc.property(anyEdit, ({ dialect, text, properties }) => {
        assertChangedWithin(text, upserted(text, dialect, properties), serverPath(dialect));
      }),
      { numRuns: 1000 },
    );
  });

  it('changes at most one line of those that were there when it adds a server', () => {
    fc.assert(
      fc.property(anyAddition, ({ dialect, text, properties }) => {
        const result = upserted(text, dialect, properties);
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
      fc.property(anyEdit, fc.boolean(), ({ dialect, text, properties }, isRemoval) => {
        const act = (content: string): EditPlan =>
          isRemoval
            ? removeServer(content, dialect, 'clawql', missingLevels(content, dialect))
            : upsertServer(content, dialect, 'clawql', properties);
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
      fc.property(anyEdit, ({ dialect, text }) => {
        const before = meaning(text);
        const servers = objectAt(before, dialect.root);
        const { clawql, ...others } = servers ?? {};
        const wanted = servers === undefined ? before : withValueAt(before, dialect.root, others);
        assert.deepEqual(meaning(removed(text, dialect)), wanted);
        if (clawql === undefined) assert.deepEqual(removeServer(text, dialect, 'clawql'), { kind: 'unchanged' });
      }),
      { numRuns: 1000 },
    );
  });

  it('takes away with a server the objects that were made for it, and no others', () => {
    fc.assert(
      fc.property(anyAddition, fc.nat(3), ({ dialect, text, properties }, fewer) => {
        const made = missingLevels(text, dialect);
        const present = dialect.root.filter((_, index) => objectAt(meaning(text), dialect.root.slice(0, index + 1)));
        assert.equal(made, dialect.root.length - present.length);
        const added = upserted(text, dialect, properties);
        const result = removed(added, dialect, made);
        assert.deepEqual(meaning(result), meaning(text));
        assert.deepEqual(tokensOf(result), tokensOf(text));
        const left = Math.min(fewer, made);
        const kept = dialect.root.slice(0, present.length + left);
        const wanted = left === 0 ? meaning(text) : withValueAt(meaning(text), kept, {});
        assert.deepEqual(meaning(removed(added, dialect, made - left)), wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves an object that was made for a server as soon as something else stands in it', () => {
    const rows: readonly (readonly [before: string, left: string])[] = [
      ['{"settings":{"mcp":{"servers":{"clawql":{}}}}}', '{}'],
      ['{"settings":{"mcp":{"servers":{"clawql":{},"a":{}}}}}', '{"settings":{"mcp":{"servers":{"a":{}}}}}'],
      ['{"settings":{"mcp":{"inputs":[],"servers":{"clawql":{}}}}}', '{"settings":{"mcp":{"inputs":[]}}}'],
      ['{"folders":[],"settings":{"mcp":{"servers":{"clawql":{}}}}}', '{"folders":[]}'],
      ['{"settings":{"mcp":{"servers":{/* mine */"clawql":{}}}}}', '{"settings":{"mcp":{"servers":{/* mine */}}}}'],
    ];
    for (const [before, left] of rows) assert.equal(removed(before, vscodeWorkspace, 3), left);
    assert.equal(removed('{"servers":{"clawql":{}}}', vscode, 0), '{"servers":{}}');
  });

  it('removes what it added, byte for byte, where lines of their own stood round it', () => {
    fc.assert(
      fc.property(anyAddition, ({ dialect, text, properties }) => {
        fc.pre(Object.keys(objectAt(meaning(text), dialect.root) ?? {}).length > 0);
        assert.equal(removed(upserted(text, dialect, properties), dialect), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('never fails on a text that is no JSON: it says where', () => {
    fc.assert(
      fc.property(
        anyEdit,
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', ',', '/*', '\\'),
        ({ dialect, text, properties }, at, junk) => {
          const position = at % (text.length + 1);
          const broken = text.slice(0, position) + junk + text.slice(position + 1);
          for (const plan of [
            upsertServer(broken, dialect, 'clawql', properties),
            removeServer(broken, dialect, 'clawql', dialect.root.length),
          ]) {
            if (plan.kind === 'broken') assert.ok(plan.line >= 1 && plan.column >= 1 && plan.reason.length > 0);
            else meaning(applied(broken, plan));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  interface Example {
    readonly name: string;
    readonly dialect?: WrittenDialect;
    readonly wantsToken?: boolean;
    readonly before: string;
    readonly after: string;
  }
  const token = 'Bearer ${env:CLAWQL_API_KEY}';
  const examples: readonly Example[] = [
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
    {
      name: 'headers that have none for the token, beside those that are there',
      dialect: cursor,
      wantsToken: true,
      before: '{"mcpServers":{"clawql":{"url":"x","headers":{\n  "X": "1" // mine\n}}}}',
      after: `{"mcpServers":{"clawql":{"url":"${url}","headers":{\n  "X": "1", // mine\n  "Authorization": "${token}"\n}}}}`,
    },
    {
      name: "headers with the user's own authorization, however it is written",
      dialect: cursor,
      wantsToken: true,
      before: '{"mcpServers":{"clawql":{"url":"x","headers":{"aUTHORIZATION":"Basic mine"}}}}',
      after: `{"mcpServers":{"clawql":{"url":"${url}","headers":{"aUTHORIZATION":"Basic mine"}}}}`,
    },
    {
      name: 'a server without headers that needs one',
      wantsToken: true,
      before: '{"servers":{"clawql":{"type":"http","url":"x"}}}',
      after: `{"servers":{"clawql":{"type":"http","url":"${url}", "headers": { "Authorization": "${token}" }}}}`,
    },
    {
      name: 'headers that are no object, which stay',
      dialect: cursor,
      wantsToken: true,
      before: '{"mcpServers":{"clawql":{"headers":"mine"}}}',
      after: `{"mcpServers":{"clawql":{"headers":"mine", "url": "${url}"}}}`,
    },
    {
      name: 'the property for the URL that stands there, in a Windsurf file',
      dialect: windsurf,
      before: '{"mcpServers":{"clawql":{"url":"x"}}}',
      after: `{"mcpServers":{"clawql":{"url":"${url}"}}}`,
    },
    {
      name: 'the property for the URL that Windsurf reads first where none stands there',
      dialect: windsurf,
      before: '{"mcpServers":{"clawql":{"disabled":true}}}',
      after: `{"mcpServers":{"clawql":{"disabled":true, "serverUrl": "${url}"}}}`,
    },
    {
      name: 'a workspace file without settings',
      dialect: vscodeWorkspace,
      before: '{\n\t"folders": [{ "path": "." }]\n}\n',
      after: `{\n\t"folders": [{ "path": "." }],\n\t"settings": {\n\t\t"mcp": {\n\t\t\t"servers": {\n\t\t\t\t"clawql": {\n\t\t\t\t\t"type": "http",\n\t\t\t\t\t"url": "${url}"\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t}\n}\n`,
    },
    {
      name: 'a workspace file with other settings, and with a comment in the empty object for MCP',
      dialect: vscodeWorkspace,
      before: '{\n  "settings": {\n    "editor.tabSize": 2,\n    "mcp": {\n      // none yet\n    }\n  }\n}',
      after: `{\n  "settings": {\n    "editor.tabSize": 2,\n    "mcp": {\n      // none yet\n      "servers": {\n        "clawql": {\n          "type": "http",\n          "url": "${url}"\n        }\n      }\n    }\n  }\n}`,
    },
  ];
  for (const { name, dialect = vscode, wantsToken = false, before, after } of examples) {
    it(`writes into ${name}`, () => {
      const result = upserted(before, dialect, propertiesFor(dialect, 'literal', wantsToken));
      assert.equal(result, after);
      assert.equal(upserted(result, dialect, propertiesFor(dialect, 'literal', wantsToken)), after);
    });
  }

  it('names the token by a variable, never by its value', () => {
    for (const dialect of [vscode, vscodeWorkspace, cursor, claudeCode, windsurf]) {
      const text = upserted('', dialect, propertiesFor(dialect, 'variable', true));
      const headers = objectAt(meaning(text), [...serverPath(dialect), 'headers']);
      assert.deepEqual(Object.keys(headers ?? {}), ['Authorization']);
      assert.match(String(headers?.['Authorization']), /^Bearer \$\{(env:)?CLAWQL_API_KEY\}$/);
    }
  });

  interface Refused {
    readonly name: string;
    readonly dialect?: WrittenDialect;
    readonly text: string;
    readonly line: number;
    readonly column: number;
    readonly reason: RegExp;
  }
  const refused: readonly Refused[] = [
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
    {
      name: "another client's root",
      text: '{\n  "inputs": [],\n  "mcpServers": {"clawql": {"url": "x"}}\n}',
      line: 3,
      column: 3,
      reason: /^VS Code reads the servers of this file from "servers", not from "mcpServers": rename it$/,
    },
    {
      name: "Zed's root",
      dialect: cursor,
      text: '{"context_servers": {}}',
      line: 1,
      column: 2,
      reason: /^Cursor reads the servers of this file from "mcpServers", not from "context_servers": rename it$/,
    },
    ...['settings', 'mcp', 'servers', 'clawql', 'url'].map((twice, index, path): Refused => {
      const inner = path.slice(index + 1).reduceRight((text, name) => `{"${name}": ${text}}`, '{}');
      const text = path
        .slice(0, index)
        .reduceRight((all, name) => `{"${name}": ${all}}`, `{"${twice}": 1,\n "${twice}": ${inner}}`);
      return {
        name: `"${twice}" twice in a workspace file`,
        dialect: vscodeWorkspace,
        text,
        line: 2,
        column: 2,
        reason: new RegExp(`^"${twice}" stands here a second time: remove one of them; nothing was changed$`),
      };
    }),
    ...['settings', 'mcp', 'servers', 'clawql'].map((wrong, index, path): Refused => {
      const text = path.slice(0, index).reduceRight((all, name) => `{"${name}": ${all}}`, `{"${wrong}":\n []}`);
      return {
        name: `"${wrong}" that is no object in a workspace file`,
        dialect: vscodeWorkspace,
        text,
        line: 2,
        column: 2,
        reason: new RegExp(`^"${wrong}" must be an object: correct or remove it; nothing was changed$`),
      };
    }),
    {
      name: 'an array in a workspace file',
      dialect: vscodeWorkspace,
      text: '[]',
      line: 1,
      column: 1,
      reason: /^the document must be an object with "settings"\."mcp"\."servers" in it$/,
    },
    {
      name: 'headers twice',
      text: '{"servers": {"clawql": {"headers": {}, "headers": {}}}}',
      line: 1,
      column: 40,
      reason: /"headers" stands here a second time/,
    },
    { name: 'a depth that nobody writes', text: '['.repeat(100_000), line: 1, column: 1, reason: /nested too deeply/ },
  ];
  for (const { name, dialect = vscode, text, line, column, reason } of refused) {
    it(`writes nothing into a file with ${name}`, () => {
      const plan = upsertServer(text, dialect, 'clawql', propertiesFor(dialect, 'literal', true));
      assert.ok(plan.kind === 'broken', plan.kind);
      assert.deepEqual([plan.line, plan.column], [line, column]);
      assert.match(plan.reason, reason);
    });
  }

  it("takes servers below another client's name for settings of its own where many kinds of them lie in one file", () => {
    const text = '{"servers": {"a": {}}, "mcpServers": {"b": {}}}';
    const result = upserted(text, vscodeWorkspace);
    assert.ok(result.startsWith('{"servers": {"a": {}}, "mcpServers": {"b": {}}, "settings": '));
    assert.equal(upserted('{"mcpServers":1}', vscode).startsWith('{"mcpServers":1, "servers": '), true);
  });

  it('says how many of the objects that lead to the servers are missing', () => {
    const texts = [
      '',
      '// x',
      '{}',
      '{"settings":{}}',
      '{"settings":{"mcp":{}}}',
      '{"settings":{"mcp":{"servers":{}}}}',
    ];
    assert.deepEqual(
      texts.map((text) => missingLevels(text, vscodeWorkspace)),
      [3, 3, 3, 2, 1, 0],
    );
    assert.deepEqual([missingLevels('{}', cursor), missingLevels('{"mcpServers":{}}', cursor)], [1, 0]);
  });
});
