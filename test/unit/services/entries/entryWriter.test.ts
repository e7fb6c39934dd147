import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import dotenv from 'dotenv';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';

import type { EntryFormat } from '../../../../src/core/entries/entryFormat.ts';
import { entryFormats, formatById } from '../../../../src/core/entries/entryFormats.ts';
import type { WrittenEntry } from '../../../../src/core/entries/writtenEntry.ts';
import type { EntryForm } from '../../../../src/core/mcp/serverDefinition.ts';
import { EntryWriter, type WriteOutcome } from '../../../../src/services/entries/entryWriter.ts';
import { ledgerIn, type FileLedger } from '../../../../src/services/entries/fileLedger.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';
import { RealTextFiles } from '../../support/realTextFiles.ts';
import { TempFolder } from '../../support/tempFolder.ts';
import { jsoncFile } from '../../core/mcp/jsonc.ts';

const http = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const https = 'https://clawql-2.tail1a2b3.ts.net/a/longer/path';

/** What is to be read in a file of each format; `root` leads to the servers, and is empty for a `.env`. */
interface FormatCase {
  readonly id: string;
  readonly file: string;
  readonly root: readonly string[];
  readonly variable: string | object;
  readonly literal: string | object;
  /** The value of the header that names the token's variable. */
  readonly authorization?: string;
}

const inVsCode = {
  variable: { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp' },
  literal: { type: 'http', url: http },
  authorization: 'Bearer ${env:CLAWQL_API_KEY}',
};
const cases: readonly FormatCase[] = [
  { id: 'vscode', file: '.vscode/mcp.json', root: ['servers'], ...inVsCode },
  { id: 'vscodeWorkspace', file: 'team.code-workspace', root: ['settings', 'mcp', 'servers'], ...inVsCode },
  {
    id: 'cursor',
    file: '.cursor/mcp.json',
    root: ['mcpServers'],
    variable: { url: '${env:CLAWQL_MCP_URL}' },
    literal: { url: http },
    authorization: 'Bearer ${env:CLAWQL_API_KEY}',
  },
  {
    id: 'claudeCode',
    file: '.mcp.json',
    root: ['mcpServers'],
    variable: { type: 'http', url: '${CLAWQL_MCP_URL}' },
    literal: { type: 'http', url: http },
    authorization: 'Bearer ${CLAWQL_API_KEY}',
  },
  {
    id: 'windsurf',
    file: '.codeium/windsurf/mcp_config.json',
    root: ['mcpServers'],
    variable: { serverUrl: '${env:CLAWQL_MCP_URL}' },
    literal: { serverUrl: http },
    authorization: 'Bearer ${env:CLAWQL_API_KEY}',
  },
  { id: 'dotenv', file: '.env', root: [], variable: http, literal: http },
];
const forms: readonly EntryForm[] = ['variable', 'literal'];

/** Files as people have them. */
function documents({ root }: FormatCase): Readonly<Record<string, string>> {
  return root.length === 0 ? environments : configurations(root);
}

const environments: Readonly<Record<string, string>> = {
  'an empty file': '',
  'a line end': '\n',
  'another variable': 'A=1\n',
  'no last line end': 'A=1\nB=2',
  'Windows line ends': 'A=1\r\nB=2\r\n',
  'a byte order mark': '\ufeffA=1\n',
  'comments, quotes and several lines': '# ours\n\nexport B="x # y" # why\nKEY=\'-----\nlines\n-----\'\n',
  'something that is no assignment': 'junk\n=x\n',
};

function configurations(root: readonly string[]): Readonly<Record<string, string>> {
  const below = (path: readonly string[], value: object): object =>
    path.reduceRight((inner, name) => ({ [name]: inner }), value);
  const other = below(root, { other: { url: 'http://o/mcp' } });
  const lines = JSON.stringify(other, undefined, 2);
  const emptied = root.map((_, index) => below(root.slice(0, index + 1), {}));
  return {
    'an empty file': '',
    'white space': ' \n\n',
    'a comment alone': '// of the team\n',
    'an empty object': '{}',
    'an empty object in lines': '{\n}\n',
    'no servers yet': '{\n  "inputs": []\n}\n',
    ...Object.fromEntries(emptied.map((value, depth) => [`${depth + 1} empty objects`, JSON.stringify(value)])),
    ...Object.fromEntries(
      emptied.map((value, depth) => [
        `${depth + 1} empty objects in lines`,
        `${JSON.stringify(value, undefined, 4)}\n`,
      ]),
    ),
    'another server': `${lines}\n`,
    comments: `// all\n${lines.replace('"other"', '// one\n      "other"').replace('"http://o/mcp"', '$& // last')}\n// fin\n`,
    'Windows line ends': `${JSON.stringify(other, undefined, '\t')}\n`.replaceAll('\n', '\r\n'),
    'a byte order mark': `\ufeff${lines}\n`,
    'no last line end': JSON.stringify(other, undefined, 4),
    'trailing commas': `${lines.replaceAll(/(["}])\n( *)\}/g, '$1,\n$2}')}\n`,
    'everything in one line': JSON.stringify({ ...other, inputs: [] }),
    'an emoji': lines.replace('"other"', '"\u{1f600}"').replace('http://o', 'http://ö'),
  };
}

describe('EntryWriter', () => {
  let folder: TempFolder;
  let files: RealTextFiles;
  let storage: MemoryStorage;
  let ledger: FileLedger;
  let writer: EntryWriter;

  beforeEach(() => {
    folder = new TempFolder();
    files = new RealTextFiles();
    storage = new MemoryStorage();
    ledger = ledgerIn(storage);
    writer = new EntryWriter(files, ledger);
  });
  afterEach(() => folder.remove());

  const vscode = cases[0]!;
  const place = ({ file } = vscode): string => folder.file(...file.split('/'));
  const uri = (of = vscode): string => pathToFileURL(place(of)).href;
  const text = (of = vscode): string => readFileSync(place(of), 'utf8');
  const keyIn = ({ root }: FormatCase): string => (root.length === 0 ? 'CLAWQL_MCP_URL' : 'clawql');

  function there(content: string, of = vscode): void {
    mkdirSync(path.dirname(place(of)), { recursive: true });
    writeFileSync(place(of), content);
  }

  interface Manner {
    readonly form?: EntryForm;
    readonly url?: string;
    readonly wantsToken?: boolean;
    readonly key?: string;
    readonly overwrite?: boolean;
  }

  function write(of = vscode, manner: Manner = {}): Promise<WriteOutcome> {
    const { form = 'variable', url = http, wantsToken, key = keyIn(of), overwrite = false } = manner;
    return writer.write({ uri: uri(of), format: formatOf(of), key, endpoint: { url, wantsToken }, form, overwrite });
  }

  function written(of = vscode, key = keyIn(of)): WrittenEntry {
    const entry = ledger.find(uri(of), key);
    assert.ok(entry, `${key} is not in the ledger`);
    return entry;
  }

  /** What a client reads under a key, through a parser that is not ours. */
  function read(of = vscode, key = keyIn(of)): unknown {
    if (of.root.length === 0) return dotenv.parse(text(of))[key];
    const document: unknown = parse(text(of).replace(/^\ufeff/, ''), [], { allowTrailingComma: true });
    return [...of.root, key].reduce(valueIn, document);
  }

  it('is tested in every format that there is', () => {
    assert.deepEqual(
      cases.map(({ id }) => id),
      entryFormats.map(({ id }) => id),
    );
  });

  for (const of of cases) {
    describe(`in ${of.file}`, () => {
      for (const form of forms) {
        it(`makes the file with the ${form} form, and takes it away with its folder`, async () => {
          assert.deepEqual(await write(of, { form }), { kind: 'written' });
          assert.deepEqual(read(of), of[form]);
          assert.deepEqual(await writer.takeBack(written(of)), { kind: 'gone' });
          assert.deepEqual([readdirSync(folder.path), storage.keys], [[], []]);
        });

        it(`restores every document to the byte after the ${form} form, a move and a token`, async () => {
          for (const [what, before] of Object.entries(documents(of))) {
            there(before, of);
            assert.deepEqual(await write(of, { form }), { kind: 'written' }, what);
            assert.deepEqual(read(of), of[form], what);
            const inWords = text(of);
            for (const endpoint of [{ url: https, wantsToken: true }, { url: https }, { url: http }]) {
              assert.equal((await writer.follow(written(of), endpoint)).kind, 'ours', what);
            }
            assert.equal(text(of), inWords, `${what}: something stayed of the way there and back`);
            assert.deepEqual(await writer.takeBack(written(of)), { kind: 'gone' }, what);
            assert.equal(text(of), before, what);
          }
          assert.deepEqual(storage.keys, []);
        });
      }

      it('names the variable of the token for a server that wants one, and for no other', async () => {
        const { authorization } = of;
        const headers = { Authorization: authorization };
        const withToken = typeof of.literal === 'string' ? of.literal : { ...of.literal, headers };
        await write(of, { form: 'literal', wantsToken: true });
        assert.deepEqual(read(of), withToken);
        await writer.follow(written(of), { url: http });
        assert.deepEqual(read(of), of.literal);
        await writer.follow(written(of), { url: http, wantsToken: true });
        assert.deepEqual(read(of), withToken);
        await write(of, { form: 'literal' });
        assert.deepEqual(read(of), of.literal);
        await writer.takeBack(written(of));
        assert.deepEqual(readdirSync(folder.path), []);
      });

      it('writes nothing twice, and nothing over what somebody else has under the key', async () => {
        await write(of);
        const first = text(of);
        assert.deepEqual(await write(of), { kind: 'unchanged' });
        assert.equal(text(of), first);
        const stranger = new EntryWriter(files, ledgerIn(new MemoryStorage()));
        const target = {
          uri: uri(of),
          format: formatOf(of),
          key: keyIn(of),
          form: 'literal',
          overwrite: false,
        } as const;
        const outcome = await stranger.write({ ...target, endpoint: { url: https } });
        assert.equal(outcome.kind, 'taken');
        assert.equal(text(of), first);
      });

      it('brings back an entry that it was let replace, after moves and a token too', async () => {
        for (const [what, theirs] of Object.entries(theirsIn(of))) {
          there(theirs, of);
          assert.equal((await write(of)).kind, 'taken', what);
          assert.equal(text(of), theirs, what);
          assert.deepEqual(await write(of, { overwrite: true }), { kind: 'written' }, what);
          await writer.follow(written(of), { url: https, wantsToken: true });
          await writer.follow(written(of), { url: http });
          assert.deepEqual(await writer.takeBack(written(of)), { kind: 'gone' }, what);
          assert.equal(text(of), theirs, what);
        }
      });
    });
  }

  describe('in a file that was formatted anew between', () => {
    const formats: Readonly<Record<string, (value: unknown) => string>> = {
      'four spaces': (value) => JSON.stringify(value, undefined, 4),
      tabs: (value) => `${JSON.stringify(value, undefined, '\t')}\n`,
      'one line': (value) => JSON.stringify(value),
    };
    const filled: readonly unknown[] = [
      { inputs: [], a: { b: {} } },
      { inputs: [1], settings: { 'editor.tabSize': 2 } },
    ];

    function formatAnew(of = vscode, format = formats['four spaces']!): void {
      const value: unknown = JSON.parse(text(of));
      there(format(value), of);
    }

    for (const of of cases.filter(({ root }) => root.length > 0)) {
      it(`takes the entry and what was made for it out of ${of.file}, and leaves the rest as the formatter did`, async () => {
        const other = of.root.reduceRight<unknown>((inner, name) => ({ [name]: inner }), {
          other: { url: 'http://o' },
        });
        for (const value of [...filled, other]) {
          for (const [what, format] of Object.entries(formats)) {
            there(`${JSON.stringify(value, undefined, 2)}\n`, of);
            await write(of, { wantsToken: true });
            formatAnew(of, format);
            assert.deepEqual(await writer.takeBack(written(of)), { kind: 'gone' });
            assert.equal(text(of), format(value), what);
          }
        }
      });

      it(`follows in ${of.file} all the same, and leaves no header of an earlier server`, async () => {
        there('{\n  "inputs": []\n}\n', of);
        await write(of, { form: 'literal', wantsToken: true });
        formatAnew(of);
        assert.equal((await writer.follow(written(of), { url: http })).kind, 'ours');
        assert.deepEqual(read(of), of.literal);
        await writer.takeBack(written(of));
        assert.deepEqual(JSON.parse(text(of)), { inputs: [] });
      });
    }

    it('leaves an empty object that was there before', async () => {
      const workspace = cases[1]!;
      const before = { folders: [], settings: { mcp: {} } };
      there(JSON.stringify(before), workspace);
      await write(workspace);
      formatAnew(workspace);
      await writer.takeBack(written(workspace));
      assert.deepEqual(JSON.parse(text(workspace)), before);
    });

    it('takes a file away that it made, whatever its layout is now', async () => {
      await write();
      formatAnew();
      await writer.takeBack(written());
      assert.deepEqual(readdirSync(folder.path), []);
    });

    it('leaves only what somebody added to a file that it made', async () => {
      await write();
      there(text().replace('{', '{\n  "inputs": [],'));
      await writer.takeBack(written());
      assert.deepEqual(JSON.parse(text()), { inputs: [] });
    });
  });

  for (const of of cases.filter(({ root }) => root.length > 0)) {
    it(`restores whatever ${of.file} there was, through any moves, whether the key was free or not`, async () => {
      const endpoint = fc.record({ url: fc.constantFrom(http, https, 'https://x/?q=1'), wantsToken: fc.boolean() });
      const moves = fc.array(endpoint, { maxLength: 3 });
      const document = jsoncFile(of.root, ['clawql']);
      await fc.assert(
        fc.asyncProperty(document, fc.constantFrom(...forms), moves, async (before, form, ways) => {
          there(before, of);
          await write(of, { form, overwrite: true });
          for (const way of ways) for (const entry of ledger.entries) await writer.follow(entry, way);
          for (const entry of ledger.entries) assert.deepEqual(await writer.takeBack(entry), { kind: 'gone' });
          assert.equal(text(of), before);
        }),
        { numRuns: 100 },
      );
    });
  }

  describe('where somebody else changes the file at the same moment', () => {
    /** A change of the file at the next edit only. */
    function once(content: () => string): void {
      files.beforeEdit = () => {
        files.beforeEdit = () => Promise.resolve();
        writeFileSync(place(), content());
        return Promise.resolve();
      };
    }

    /** A change of the file at every edit. */
    function always(): { readonly last: () => string } {
      let count = 0;
      const content = (): string => `{ "theirs": ${count} }\n`;
      files.beforeEdit = () => {
        count += 1;
        writeFileSync(place(), content());
        return Promise.resolve();
      };
      return { last: content };
    }

    it('reads it again and writes into what is there', async () => {
      there('{}');
      once(() => '{ "theirs": 1 }\n');
      assert.deepEqual(await write(), { kind: 'written' });
      assert.deepEqual(JSON.parse(text()), { theirs: 1, servers: { clawql: vscode.variable } });
      await writer.takeBack(written());
      assert.equal(text(), '{ "theirs": 1 }\n');
    });

    it('gives up when that does not end, and leaves the file as the others left it', async () => {
      there('{}');
      const { last } = always();
      const outcome = await write();
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.reason, /changed by somebody else/);
      assert.deepEqual([text(), storage.keys], [last(), []]);
    });

    it('takes the entry out of what is there now', async () => {
      there('{}\n');
      await write();
      once(() => text().replace('{', '{\n  "theirs": 1,'));
      assert.deepEqual(await writer.takeBack(written()), { kind: 'gone' });
      assert.deepEqual(JSON.parse(text()), { theirs: 1 });
    });

    it('keeps an entry in the ledger that could not be taken back', async () => {
      there('{}');
      await write();
      const whole = text();
      let spaces = '';
      files.beforeEdit = () => {
        spaces += ' ';
        writeFileSync(place(), whole + spaces);
        return Promise.resolve();
      };
      const outcome = await writer.takeBack(written());
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.reason, /changed by somebody else/);
      assert.equal(text(), whole + spaces);
      files.beforeEdit = () => Promise.resolve();
      assert.deepEqual(await writer.takeBack(written()), { kind: 'gone' });
    });

    it('adds its entry to a file that somebody else has made meanwhile, and leaves that file when the entry goes', async () => {
      const theirs = '{\n  "servers": {\n    "theirs": { "url": "http://t/mcp" }\n  }\n}\n';
      files.beforeCreate = () => {
        there(theirs);
        return Promise.resolve();
      };
      assert.deepEqual(await write(), { kind: 'written' });
      assert.deepEqual(read(vscode, 'theirs'), { url: 'http://t/mcp' });
      assert.deepEqual(read(), vscode.variable);
      await writer.takeBack(written());
      assert.equal(text(), theirs);
    });

    it('does not take over what the user makes of the entry while it is to follow', async () => {
      there('{}');
      await write(vscode, { form: 'literal' });
      const theirs = text().replace(http, 'http://mine:1/mcp');
      once(() => theirs);
      const outcome = await writer.follow(written(), { url: https });
      assert.deepEqual(outcome, { kind: 'yours', shown: 'http://mine:1/mcp', saysEndpoint: false });
      assert.equal(text(), theirs);
    });

    it('does not write an entry again that the user takes out while it is to follow, nor a file', async () => {
      there('{}');
      await write(vscode, { form: 'literal' });
      once(() => '{}');
      assert.deepEqual(await writer.follow(written(), { url: https }), { kind: 'gone' });
      assert.equal(text(), '{}');
      await write(vscode, { form: 'literal' });
      files.beforeEdit = () => {
        rmSync(place());
        return Promise.resolve();
      };
      assert.deepEqual(await writer.follow(written(), { url: https }), { kind: 'gone' });
      assert.ok(!existsSync(place()));
    });
  });

  describe('an entry that somebody has changed', () => {
    it('stays, and the ledger forgets it when it should be taken back', async () => {
      there('{}');
      await write();
      const theirs = text().replace('"type": "http"', '"type": "http", "dev": {}');
      there(theirs);
      const shown = 'http://${env:CLAWQL_MCP_HOST}/mcp';
      assert.deepEqual(await writer.takeBack(written()), { kind: 'yours', shown });
      assert.deepEqual([text(), storage.keys], [theirs, []]);
    });

    it('is said to lead to the endpoint where it does, in whichever form', async () => {
      there('{}');
      await write(vscode, { form: 'literal' });
      there(text().replace('"type": "http"', '"type": "http", "dev": {}'));
      const yours = { kind: 'yours', shown: http } as const;
      assert.deepEqual(await writer.follow(written(), { url: http }), { ...yours, saysEndpoint: true });
      assert.deepEqual(await writer.follow(written(), { url: https }), { ...yours, saysEndpoint: false });
      there(text().replace(http, 'http://${env:CLAWQL_MCP_HOST}/mcp'));
      const outcome = await writer.follow(written(), { url: 'http://elsewhere:1/mcp' });
      assert.deepEqual(outcome, { kind: 'yours', shown: 'http://${env:CLAWQL_MCP_HOST}/mcp', saysEndpoint: true });
    });

    it('shows no secret that stands in it', async () => {
      there('{}');
      await write();
      there(text().replace('http://${env:CLAWQL_MCP_HOST}/mcp', 'https://alice:s3cret@mine.example/mcp?token=s3cret'));
      const outcome = await writer.takeBack(written());
      assert.deepEqual(outcome, { kind: 'yours', shown: 'https://mine.example/mcp' });
    });
  });

  describe('several entries in one file', () => {
    const keys = ['a', 'b', 'c'];
    const orders = fc.shuffledSubarray(keys, { minLength: keys.length });

    it('takes one back and leaves the others', async () => {
      there('{\n  "inputs": []\n}\n');
      for (const key of keys) await write(vscode, { key });
      await writer.takeBack(written(vscode, 'b'));
      const { servers } = JSON.parse(text()) as { readonly servers: object };
      assert.deepEqual(Object.keys(servers), ['a', 'c']);
      assert.deepEqual(
        ledger.entries.map(({ key }) => key),
        ['a', 'c'],
      );
    });

    it('leaves nothing that was made for them, in whichever order they go', async () => {
      const befores = fc.constantFrom('{\n  "inputs": []\n}\n', '{\n  "servers": {}\n}\n', '{}', undefined);
      await fc.assert(
        fc.asyncProperty(befores, orders, fc.boolean(), async (before, order, isMoved) => {
          rmSync(path.dirname(place()), { recursive: true, force: true });
          if (before !== undefined) there(before);
          for (const [index, key] of keys.entries()) await write(vscode, { key, form: forms[index % 2]! });
          if (isMoved) for (const entry of ledger.entries) await writer.follow(entry, { url: https });
          for (const key of order) await writer.takeBack(written(vscode, key));
          if (before === undefined) assert.deepEqual(readdirSync(folder.path), []);
          else assert.deepEqual(JSON.parse(text()), JSON.parse(before));
        }),
        { numRuns: 60 },
      );
    });

    it('keeps the order in which they came when one of them says something else', async () => {
      for (const key of keys) await write(vscode, { key, form: key === 'a' ? 'literal' : 'variable' });
      for (const entry of ledger.entries) await writer.follow(entry, { url: 'http://other:1/mcp' });
      assert.deepEqual(
        ledger.entries.map(({ key }) => key),
        keys,
      );
    });

    it('restores to the byte in the order in which they came, the last one first', async () => {
      for (const before of Object.values(documents(vscode))) {
        there(before);
        for (const key of keys) await write(vscode, { key });
        for (const key of keys.toReversed()) await writer.takeBack(written(vscode, key));
        assert.equal(text(), before);
      }
    });
  });

  it('takes an entry back as it is now, however long ago it was asked for', async () => {
    there('{}');
    await write(vscode, { form: 'literal' });
    const asked = written();
    await writer.follow(asked, { url: https });
    assert.deepEqual(await writer.takeBack(asked), { kind: 'gone' });
    assert.deepEqual([text(), storage.keys], ['{}', []]);
  });

  it('says where a file breaks, and writes nothing into it', async () => {
    const broken = '{\n  "servers": {\n    "a": }\n}\n';
    there(broken);
    const outcome = await write();
    assert.ok(outcome.kind === 'broken');
    assert.deepEqual([outcome.line, outcome.column], [3, 10]);
    assert.deepEqual([text(), storage.keys, files.written], [broken, [], []]);
  });

  it('writes no URL that a client would expand or that holds a password, and does not say it', async () => {
    for (const url of ['http://h/${env:TOKEN}', 'http://u:s3cret@h/mcp']) {
      for (const of of cases) {
        const outcome = await write(of, { url });
        assert.ok(outcome.kind === 'failed', url);
        assert.ok(!outcome.reason.includes('s3cret'), outcome.reason);
      }
    }
    assert.deepEqual(readdirSync(folder.path), []);
  });
});

function formatOf({ id }: FormatCase): EntryFormat {
  const format = formatById(id);
  assert.ok(format, id);
  return format;
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Documents in which somebody has an entry of our key already. */
function theirsIn({ root }: FormatCase): Readonly<Record<string, string>> {
  if (root.length === 0) {
    return {
      plain: 'A=1\nCLAWQL_MCP_URL=http://mine:1/mcp\nB=2\n',
      'in quotes': 'export CLAWQL_MCP_URL="http://mine:1/mcp" # mine',
      twice: 'CLAWQL_MCP_URL=http://old/mcp\nCLAWQL_MCP_URL=http://mine:1/mcp\n',
    };
  }
  const nested = (definition: string): string =>
    root.reduceRight((inner, name) => `{ "${name}": ${inner} }`, `{ "clawql": ${definition}, "other": {} }`);
  return {
    'a command': `${nested('{ "command": "npx", "args": ["x"] /* so */ }')}\n`,
    'a URL with a header': nested('{\n"url": "http://mine:1/mcp", // mine\n"headers": { "X-Team": "1" } }'),
    'a header of the same name': nested('{ "url": "http://mine:1/mcp", "headers": { "authorization": "Basic x" } }'),
  };
}
