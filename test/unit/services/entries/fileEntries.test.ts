import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import fc from 'fast-check';
import { parse, type ParseError } from 'jsonc-parser';

import { formatById } from '../../../../src/core/entries/entryFormats.ts';
import type { WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import type { Holding } from '../../../../src/core/mcp/holding.ts';
import { parseMcp } from '../../../../src/core/mcp/mcpDocument.ts';
import type { EntryForm } from '../../../../src/core/mcp/serverDefinition.ts';
import { EntryWriter, type WriteOutcome } from '../../../../src/services/entries/entryWriter.ts';
import { FileEntries } from '../../../../src/services/entries/fileEntries.ts';
import { ledgerIn, type FileLedger } from '../../../../src/services/entries/fileLedger.ts';
import { node, selectionOf } from '../../support/builders.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';
import { RealTextFiles } from '../../support/realTextFiles.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const http = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const https = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const select = (url: string): ReturnType<typeof selectionOf> => selectionOf(node('clawql-1'), { url });

function dialect(id: string): WrittenDialect {
  const found = writtenDialects.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

/** The one holding that there must be. */
function only(holdings: readonly Holding[]): Holding {
  const [holding] = holdings;
  assert.ok(holding !== undefined && holdings.length === 1, JSON.stringify(holdings));
  return holding;
}

/** Files as people have them. */
const existing: Readonly<Record<string, string>> = {
  'an empty file': '',
  'white space': ' \n\n',
  'an empty object': '{}',
  'an empty object in lines': '{\n}\n',
  'no servers yet': '{\n  "inputs": []\n}\n',
  'an empty list of servers': '{ "servers": {} }\n',
  'another server': '{\n  "servers": {\n    "other": { "url": "http://o/mcp" }\n  }\n}\n',
  comments:
    '// of the team\n{\n  /* all of them */\n  "servers": {\n    // one\n    "other": {} // last\n  }, // end\n}\n// fin\n',
  'Windows line ends': '{\r\n\t"servers": {\r\n\t\t"other": {\r\n\t\t\t"url": "http://o/mcp"\r\n\t\t}\r\n\t}\r\n}\r\n',
  'a byte order mark': '\ufeff{\n  "servers": {}\n}\n',
  'no last line end': '{\n    "servers": {\n        "other": {}\n    }\n}',
  'trailing commas': '{\n  "servers": {\n    "other": {},\n  },\n}\n',
  'everything in one line': '{"servers":{"other":{"url":"http://o/mcp"}},"inputs":[]}',
  'tabs and an emoji': '{\n\t"servers": {\n\t\t"\u{1f600}": { "url": "http://ö/mcp" }\n\t}\n}\n',
};

describe('FileEntries', () => {
  let folder: TempFolder;
  let files: RealTextFiles;
  let ledger: FileLedger;
  let storage: MemoryStorage;
  let entries: FileEntries;

  beforeEach(() => {
    folder = new TempFolder();
    files = new RealTextFiles();
    storage = new MemoryStorage();
    ledger = ledgerIn(storage);
    entries = entriesOf(ledger);
  });
  afterEach(() => folder.remove());

  function entriesOf(of: FileLedger, mayWrite: () => boolean = () => true): FileEntries {
    const title = 'Entries in files';
    return new FileEntries({ scope: 'window', title, ledger: of, writer: new EntryWriter(files, of), mayWrite });
  }

  function place(of = dialect('vscode')): string {
    const [first] = of.places;
    return folder.file(...(first?.path ?? '').replace('*', 'team').split('/'));
  }
  const uri = (file: string): string => pathToFileURL(file).toString();
  const text = (file = place()): string => readFileSync(file, 'utf8');

  /** A file that is there before; gives its path. */
  function there(content: string, of = dialect('vscode')): string {
    mkdirSync(path.dirname(place(of)), { recursive: true });
    writeFileSync(place(of), content);
    return place(of);
  }

  interface Manner {
    readonly id?: string;
    readonly key?: string;
    readonly file?: string;
    readonly form?: EntryForm;
    readonly overwrite?: boolean;
  }

  function write(url = http, manner: Manner = {}, by = entries): Promise<WriteOutcome> {
    const { id = 'vscode', key = 'clawql', file = place(dialect(id)), form = 'variable', overwrite = false } = manner;
    const format = formatById(id);
    assert.ok(format, id);
    return by.write({ uri: uri(file), format, key, endpoint: { url }, form, overwrite });
  }

  const ours = (value: string, file = place(), key = 'clawql'): Holding => {
    return { kind: 'ours', what: `"${key}"`, value, at: uri(file) };
  };

  const urls = (file = place(), of = dialect('vscode')): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(parseMcp(text(file), of).servers.map((server) => [server.key, server.url?.value]));

  describe('in a file of its own', () => {
    for (const { id } of writtenDialects) {
      it(`makes the file and its folder for ${id}, and takes both away again`, async () => {
        assert.deepEqual(await write(http, { id }), { kind: 'written' });
        const of = dialect(id);
        assert.equal(Object.keys(urls(place(of), of)).join(), 'clawql');
        assert.deepEqual(await entries.remove(), []);
        assert.deepEqual(readdirSync(folder.path), []);
        assert.deepEqual(storage.keys, []);
      });
    }

    it('leaves a folder that was there, and one in which something else lies now', async () => {
      mkdirSync(folder.file('.vscode'));
      await write();
      await entries.remove();
      assert.deepEqual(readdirSync(folder.file('.vscode')), []);
      rmSync(folder.file('.vscode'), { recursive: true });
      await write();
      writeFileSync(folder.file('.vscode', 'settings.json'), '{}');
      await entries.remove();
      assert.deepEqual(readdirSync(folder.file('.vscode')), ['settings.json']);
    });

    it('leaves what somebody added to the file', async () => {
      await write();
      const plan = text().replace('"servers": {', '"servers": {\n    "mine": { "url": "http://m/mcp" },');
      writeFileSync(place(), plan);
      await entries.remove();
      assert.deepEqual(urls(), { mine: 'http://m/mcp' });
    });

    it('does not mind that the file is gone already', async () => {
      await write();
      rmSync(place());
      assert.deepEqual(await entries.remove(), []);
      assert.deepEqual(storage.keys, []);
    });
  });

  describe('in a file that was there', () => {
    for (const [what, before] of Object.entries(existing)) {
      it(`restores ${what} to the byte`, async () => {
        const file = there(before);
        assert.deepEqual(await write(), { kind: 'written' });
        assert.equal(urls()['clawql'], 'http://${env:CLAWQL_MCP_HOST}/mcp');
        assert.deepEqual(await entries.remove(), []);
        assert.equal(text(file), before);
        assert.deepEqual(storage.keys, []);
      });

      it(`restores ${what} to the byte after the selection moved from http to https and to another path`, async () => {
        const file = there(before);
        await write(http);
        await entries.apply(select(https));
        assert.equal(urls()['clawql'], 'https://${env:CLAWQL_MCP_HOST}/mcp');
        await entries.apply(select('https://clawql-1.tail1a2b3.ts.net/a/longer/path'));
        await entries.apply(select(http));
        await entries.remove();
        assert.equal(text(file), before);
      });
    }

    it('restores what the user let it replace', async () => {
      const before =
        '{\n  "servers": {\n    // mine\n    "clawql": { "command": "npx", "args": ["x"] /* so */ }\n  }\n}\n';
      there(before);
      assert.deepEqual(await write(), { kind: 'taken', present: 'npx' });
      assert.equal(text(), before);
      assert.deepEqual(await write(http, { overwrite: true }), { kind: 'written' });
      assert.notEqual(text(), before);
      await entries.remove();
      assert.equal(text(), before);
    });

    it('brings back what the user let it replace even when the file was changed elsewhere since', async () => {
      there('{\n  "servers": {\n    "clawql": { "command": "npx" }\n  }\n}\n');
      await write(http, { overwrite: true });
      writeFileSync(place(), text().replace('"servers"', '"inputs": [],\n  "servers"'));
      await entries.remove();
      const [server] = parseMcp(text(), dialect('vscode')).servers;
      assert.equal(server?.command?.value, 'npx', text());
      assert.match(text(), /"inputs"/);
    });

    it('restores to the byte beyond a restart', async () => {
      const before = existing['comments'] ?? '';
      there(before);
      await write();
      await entriesOf(ledgerIn(storage)).remove();
      assert.equal(text(), before);
    });

    it('restores whatever was there, through any moves of the selection', async () => {
      const content = fc.constantFrom(...Object.values(existing));
      const moves = fc.array(fc.constantFrom(http, https, 'http://x:1/', 'https://x/y/z?q=1'), { maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(content, moves, async (before, places) => {
          there(before);
          await write(http);
          for (const url of places) await entries.apply(select(url));
          await entries.remove();
          assert.equal(text(), before);
        }),
        { numRuns: 60 },
      );
    });

    it('leaves edits that somebody made elsewhere in the file, and takes only the entry out', async () => {
      there(existing['another server'] ?? '');
      await write();
      writeFileSync(place(), text().replace('"http://o/mcp"', '"http://changed/mcp" /* by me */'));
      assert.deepEqual(await entries.remove(), []);
      assert.deepEqual(urls(), { other: 'http://changed/mcp' });
      assert.match(text(), /by me/);
    });
  });

  describe('writing', () => {
    it('writes nothing twice', async () => {
      await write();
      const first = text();
      assert.deepEqual(await write(), { kind: 'unchanged' });
      assert.equal(text(), first);
    });

    it('does not make an entry that was there with the same content its own', async () => {
      await write();
      const same = text();
      await entries.remove();
      there(same);
      assert.deepEqual(await write(), { kind: 'unchanged' });
      await entries.remove();
      assert.equal(text(), same);
    });

    it('writes nothing into a file that does not parse, and says where it breaks', async () => {
      const broken = '{\n  "servers": {\n    "a": }\n}\n';
      there(broken);
      const outcome = await write();
      assert.ok(outcome.kind === 'broken');
      assert.deepEqual([outcome.line, outcome.column], [3, 10]);
      assert.equal(text(), broken);
      assert.deepEqual(storage.keys, []);
    });

    it('writes nothing when somebody changes the file again and again at the same moments', async () => {
      there('{}');
      let count = 0;
      files.beforeEdit = () => {
        count += 1;
        writeFileSync(place(), `{ "theirs": ${count} }`);
        return Promise.resolve();
      };
      const outcome = await write();
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.reason, /changed by somebody else/);
      assert.equal(text(), `{ "theirs": ${count} }`);
      assert.deepEqual(storage.keys, []);
    });

    it('writes no URL that a client would expand or that holds a password', async () => {
      for (const url of ['http://h/${env:TOKEN}', 'http://u:secret@h/mcp']) {
        assert.equal((await write(url)).kind, 'failed', url);
      }
      assert.deepEqual(readdirSync(folder.path), []);
    });

    it('does one change after the other, however they are asked for', async () => {
      files.pause = () => new Promise((resolve) => setImmediate(resolve));
      // More at once than an entry is tried again where others change the file.
      const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
      const outcomes = await Promise.all(keys.map((key) => write(http, { key })));
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        keys.map(() => 'written'),
      );
      assert.deepEqual(Object.keys(urls()), keys);
      await Promise.all([entries.apply(select(https)), entries.remove()]);
      assert.deepEqual(storage.keys, []);
    });

    it('takes a file away that it made for several entries', async () => {
      await write(http, { key: 'a' });
      await write(http, { key: 'b' });
      await entries.remove();
      assert.deepEqual(readdirSync(folder.path), []);
    });

    it('goes on after a change that failed', async () => {
      files.unreadable.add(uri(place()));
      await assert.rejects(write(), /permission denied/);
      files.unreadable.clear();
      assert.deepEqual(await write(), { kind: 'written' });
    });
  });

  describe('following the selection', () => {
    it('writes nothing where the variable stands for what changed', async () => {
      await write(http);
      const before = text();
      const other = select('http://clawql-2.tail1a2b3.ts.net:9000/mcp');
      assert.deepEqual(await entries.apply(other), [ours('http://${env:CLAWQL_MCP_HOST}/mcp')]);
      assert.equal(text(), before);
    });

    it('holds nothing before anything was written', async () => {
      assert.deepEqual(await entries.apply(select(http)), []);
    });

    it('leaves an entry alone that the user changed', async () => {
      await write(http);
      const changed = text().replace('http://${env:CLAWQL_MCP_HOST}/mcp', 'http://mine:8080/mcp');
      writeFileSync(place(), changed);
      await entries.apply(select(https));
      assert.equal(text(), changed);
      await entries.remove();
      assert.equal(text(), changed);
    });

    it('does not say that it holds an entry which the user changed', async () => {
      await write(http);
      writeFileSync(place(), text().replace('http://${env:CLAWQL_MCP_HOST}/mcp', 'http://mine:8080/mcp'));
      const by = 'a change of the file';
      assert.deepEqual(await entries.apply(select(https)), [
        { kind: 'yours', what: '"clawql"', value: 'http://mine:8080/mcp', by, beatsPick: true, at: uri(place()) },
      ]);
    });

    it('does not say of an entry which the user changed that it beats the pick where it leads there', async () => {
      await write(http);
      writeFileSync(place(), text().replace('"type": "http"', '"type": "http",\n      "dev": {}'));
      const holding = only(await entries.apply(select(http)));
      assert.ok(holding.kind === 'yours' && !holding.beatsPick, JSON.stringify(holding));
      const moved = only(await entries.apply(select(https)));
      assert.ok(moved.kind === 'yours' && moved.beatsPick, JSON.stringify(moved));
    });

    it('names the variable of the token as long as the server wants one', async () => {
      await write(http);
      const before = text();
      await entries.apply({ ...select(http), wantsToken: true });
      const headers = { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' };
      const clawql = { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp', headers };
      assert.deepEqual(JSON.parse(text()), { servers: { clawql } });
      await entries.apply(select(http));
      assert.equal(text(), before);
    });

    it('follows with the URL itself in the file', async () => {
      await write(http, { form: 'literal' });
      assert.deepEqual(await entries.apply(select(https)), [ours(https)]);
      assert.deepEqual(urls(), { clawql: https });
    });

    it('says of an endpoint that no file may hold which entry stays as it was', async () => {
      await write(http, { form: 'literal' });
      const holding = only(await entries.apply(select('http://u:s3cret@h/mcp')));
      assert.ok(holding.kind === 'failed' && holding.at === uri(place()), JSON.stringify(holding));
      assert.ok(!holding.reason.includes('s3cret') && !holding.reason.endsWith('.'), holding.reason);
      assert.deepEqual(urls(), { clawql: http });
    });

    it('follows in the other files where one of them cannot be read, and says which', async () => {
      await write(http);
      await write(http, { key: 'second' });
      const second = folder.file('second', 'mcp.json');
      await write(http, { file: second });
      files.unreadable.add(uri(place()));
      const state = await entries.apply(select(https));
      assert.deepEqual(urls(second), { clawql: 'https://${env:CLAWQL_MCP_HOST}/mcp' });
      const failed = { kind: 'failed', reason: 'permission denied', at: uri(place()) };
      assert.deepEqual(state, [failed, failed, ours('https://${env:CLAWQL_MCP_HOST}/mcp', second)]);
    });

    it('follows in the other files where one of them is broken, and says where', async () => {
      there(existing['another server'] ?? '');
      await write(http);
      const second = folder.file('second', 'mcp.json');
      await write(http, { file: second });
      const broken = '{\n  "servers": {\n    "clawql": }\n}\n';
      writeFileSync(place(), broken);
      const [failed, followed] = await entries.apply(select(https));
      assert.ok(failed?.kind === 'failed' && failed.at === uri(place()), JSON.stringify(failed));
      assert.match(failed.reason, /^line 3, column 15: .*[^.]$/);
      assert.deepEqual(followed, ours('https://${env:CLAWQL_MCP_HOST}/mcp', second));
      assert.equal(text(), broken);
    });
  });

  describe('taking back', () => {
    it('does not call an entry taken back that stays in a file which is broken now, and takes it back later', async () => {
      there(existing['another server'] ?? '');
      await write();
      const second = folder.file('second', 'mcp.json');
      await write(http, { file: second });
      const whole = text();
      writeFileSync(place(), whole.replace('{', '{{'));
      const holding = only(await entries.remove());
      assert.ok(holding.kind === 'failed', 'the user is told that everything was taken back');
      assert.equal(holding.at, uri(place()));
      assert.match(holding.reason, /^line 1, column 2: .*[^.]$/);
      assert.equal(text(), whole.replace('{', '{{'));
      assert.ok(!existsSync(second), 'the other file had to wait');
      writeFileSync(place(), whole);
      assert.deepEqual(await entries.remove(), []);
      assert.equal(text(), existing['another server']);
    });

    it('says which file stayed as it was because it could not be read, and tries that one again', async () => {
      await write();
      files.unreadable.add(uri(place()));
      assert.deepEqual(await entries.remove(), [{ kind: 'failed', reason: 'permission denied', at: uri(place()) }]);
      files.unreadable.clear();
      assert.deepEqual(await entries.remove(), []);
      assert.ok(!existsSync(place()));
    });

    it('says which file was changed by somebody else at the same moments, and tries that one again', async () => {
      const before = existing['another server'] ?? '';
      there(before);
      await write();
      const whole = text();
      let lines = '';
      files.beforeEdit = () => {
        lines += '\n';
        writeFileSync(place(), whole + lines);
        return Promise.resolve();
      };
      const holding = only(await entries.remove());
      assert.ok(holding.kind === 'failed');
      assert.match(holding.reason, /somebody else.*[^.]$/);
      assert.equal(holding.at, uri(place()), 'which file?');
      files.beforeEdit = () => Promise.resolve();
      writeFileSync(place(), whole);
      assert.deepEqual(await entries.remove(), []);
      assert.equal(text(), before);
    });

    it('takes one entry back, leaves the others, and says what it left', async () => {
      there(existing['another server'] ?? '');
      for (const key of ['a', 'b', 'c']) await write(http, { key });
      const [, b, c] = entries.entries;
      assert.ok(b && c);
      assert.equal(await entries.takeBack(b), undefined);
      assert.deepEqual(Object.keys(urls()), ['other', 'a', 'c']);
      writeFileSync(place(), text().replace(/("c": \{\s*"type": ")http/, '$1sse'));
      assert.deepEqual(await entries.takeBack(c), {
        kind: 'yours',
        what: '"c"',
        value: 'http://${env:CLAWQL_MCP_HOST}/mcp',
        by: 'a change of the file',
        beatsPick: true,
        at: uri(place()),
      });
      assert.deepEqual(
        entries.entries.map(({ key }) => key),
        ['a'],
      );
      assert.deepEqual(await entries.remove(), []);
      assert.deepEqual(Object.keys(urls()), ['other', 'c']);
    });

    it('says why one entry could not be taken back, and keeps it', async () => {
      await write();
      const [entry] = entries.entries;
      assert.ok(entry);
      files.unreadable.add(uri(place()));
      assert.deepEqual(await entries.takeBack(entry), {
        kind: 'failed',
        reason: 'permission denied',
        at: uri(place()),
      });
      assert.deepEqual(entries.entries, [entry]);
    });

    it('leaves an entry alone to which the user added something of their own', async () => {
      await write();
      const mine = text().replace(
        '"type": "http"',
        '"headers": { "Authorization": "Bearer ${input:token}" },\n      "type": "http"',
      );
      assert.notEqual(mine, text());
      writeFileSync(place(), mine);
      await entries.remove();
      assert.equal(text(), mine);
    });

    it('changes nothing in a workspace that is not trusted, says so, and takes it back once it is', async () => {
      await write();
      await write(http, { key: 'second' });
      const whole = text();
      let trusted = false;
      const restricted = entriesOf(ledger, () => trusted);
      const reason = 'this workspace is not trusted, so its files are not changed: trust it first';
      const refused = { kind: 'failed', reason, at: uri(place()) };
      const [entry] = restricted.entries;
      assert.ok(entry);
      assert.deepEqual(await restricted.remove(), [refused, refused]);
      assert.deepEqual(await restricted.takeBack(entry), refused);
      assert.deepEqual(await restricted.apply(select(https)), []);
      assert.equal((await write(https, { key: 'third' }, restricted)).kind, 'failed');
      assert.equal(text(), whole);
      trusted = true;
      assert.deepEqual(await restricted.remove(), []);
      assert.ok(!existsSync(place()));
    });

    it('takes nothing back twice', async () => {
      there('{}');
      await write();
      await entries.remove();
      writeFileSync(place(), '{ "mine": 1 }');
      assert.deepEqual(await entries.remove(), []);
      assert.equal(text(), '{ "mine": 1 }');
    });
  });

  describe('two windows at once', () => {
    const documents = fc.constantFrom(...Object.values(existing));
    const documentOrNone = fc.option(documents, { nil: undefined });
    const order = fc.shuffledSubarray([0, 1] as const, { minLength: 2 });
    const moved = 'https://moved.example/mcp';

    interface Window {
      readonly key: string;
      readonly entries: FileEntries;
      readonly files: RealTextFiles;
    }

    /** Windows over the same disk, each of whose steps waits for its turn. */
    function windowsOver(turns: fc.Scheduler, keys: readonly string[], storages: readonly MemoryStorage[]): Window[] {
      return keys.map((key, index) => {
        const own = new RealTextFiles();
        own.pause = () => turns.schedule(Promise.resolve());
        const its = ledgerIn(storages[index % storages.length] ?? storage);
        const writer = new EntryWriter(own, its);
        const scope = storages.length === 1 ? 'user' : 'window';
        const parts = { scope, title: 'Entries', files: own, ledger: its, writer, mayWrite: () => true } as const;
        return { key, entries: new FileEntries(parts), files: own };
      });
    }

    /** In a workspace that both have open each knows what it has written itself; of the user's own files both know all. */
    const eachItsOwn = (turns: fc.Scheduler, keys: readonly string[]): Window[] =>
      windowsOver(turns, keys, [new MemoryStorage(), new MemoryStorage()]);
    const oneForBoth = (turns: fc.Scheduler, keys: readonly string[]): Window[] => windowsOver(turns, keys, [storage]);

    /** What all of them do, in the order of turns that is being tried. */
    function atOnce<T>(
      turns: fc.Scheduler,
      windows: readonly Window[],
      act: (window: Window, index: number) => Promise<T>,
    ): Promise<T[]> {
      return turns.waitFor(Promise.all(windows.map(act)));
    }

    /** A disk with this file on it, or without any. */
    function disk(before: string | undefined): void {
      rmSync(path.dirname(place()), { recursive: true, force: true });
      if (before !== undefined) there(before);
    }

    function isAsBefore(before: string | undefined): void {
      if (before === undefined) assert.deepEqual(readdirSync(folder.path), []);
      else assert.equal(text(), before);
    }

    function documentIn(content: string): { readonly servers?: object } {
      const errors: ParseError[] = [];
      const options = { allowTrailingComma: true, allowEmptyContent: true };
      const document: unknown = parse(content.replace(/^\ufeff/, ''), errors, options);
      assert.deepEqual(errors, [], `no JSON any more: ${content}`);
      return Object(document) as { readonly servers?: object };
    }

    /** Every text that was written is JSON, and holds all that was there before. */
    function isIntact(before: string | undefined, windows: readonly Window[]): void {
      const others = (content: string): object => {
        const { servers = {}, ...rest } = documentIn(content);
        const theirs = Object.entries(servers).filter(([name]) => windows.every(({ key }) => key !== name));
        return { ...rest, servers: Object.fromEntries(theirs) };
      };
      const texts = windows.flatMap(({ files: own }) => own.written);
      for (const content of texts) assert.deepEqual(others(content), others(before ?? ''), content);
    }

    describe('with what each has written into a workspace', () => {
      it('lets one of them have a key, and restores to the byte', async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), documentOrNone, fc.boolean(), async (turns, before, isSame) => {
            disk(before);
            const windows = eachItsOwn(turns, ['clawql', 'clawql']);
            const outcomes = await atOnce(turns, windows, ({ entries: its }, index) =>
              write(index === 0 || isSame ? http : https, { form: 'literal' }, its),
            );
            const kinds = outcomes.map(({ kind }) => kind).toSorted();
            assert.deepEqual(kinds, isSame ? ['unchanged', 'written'] : ['taken', 'written']);
            const states = await atOnce(turns, windows, ({ entries: its }) => its.apply(select(moved)));
            assert.deepEqual(states.flat(), [ours(moved)]);
            assert.equal(urls()['clawql'], moved);
            const left = await atOnce(turns, windows, ({ entries: its }) => its.remove());
            assert.deepEqual(left, [[], []]);
            isIntact(before, windows);
            isAsBefore(before);
          }),
          { numRuns: 100 },
        );
      });

      it('loses nothing of the other one or of the user, whatever they do with keys of their own', async () => {
        const step = fc.constantFrom('write', http, https, 'remove');
        const plan = fc.array(step, { maxLength: 4 }).map((steps) => ['write', ...steps]);
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), documents, fc.tuple(plan, plan), async (turns, before, plans) => {
            disk(before);
            const windows = eachItsOwn(turns, ['first', 'second']);
            await atOnce(turns, windows, async ({ key, entries: its }, index) => {
              for (const next of plans[index] ?? []) {
                if (next === 'remove') assert.deepEqual(await its.remove(), []);
                else if (next !== 'write')
                  assert.ok((await its.apply(select(next))).every(({ kind }) => kind === 'ours'));
                else assert.notEqual((await write(http, { key, form: 'literal' }, its)).kind, 'failed');
              }
            });
            for (const [index, { key, entries: its }] of windows.entries()) {
              const expected = plans[index]?.reduce<string | undefined>((url, next) => {
                if (next === 'write') return http;
                return next === 'remove' || url === undefined ? undefined : next;
              }, undefined);
              assert.equal(urls()[key], expected);
              assert.equal(its.entries.length, expected === undefined ? 0 : 1);
            }
            await atOnce(turns, windows, ({ entries: its }) => its.remove());
            isIntact(before, windows);
            // The list of servers that one of them made stays where the other one had its entry in it when the first went.
            const { servers = {}, ...rest } = documentIn(text());
            assert.deepEqual({ ...rest, servers }, { servers: {}, ...documentIn(before) });
          }),
          { numRuns: 100 },
        );
      });

      it('restores to the byte where the last to come is the first to go; else an empty list of servers can stay', async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), documentOrNone, order, order, async (turns, before, coming, going) => {
            disk(before);
            const windows = eachItsOwn(turns, ['first', 'second']);
            for (const index of coming) {
              const { key, entries: its } = windows[index]!;
              await turns.waitFor(write(http, { key }, its));
            }
            for (const index of going) await turns.waitFor(windows[index]!.entries.remove());
            isIntact(before, windows);
            if (going[0] === coming[1]) isAsBefore(before);
            else assert.deepEqual(documentIn(text()), { servers: {}, ...documentIn(before ?? '') });
          }),
          { numRuns: 100 },
        );
      });

      it('makes one file with both entries where there was none', async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), async (turns) => {
            disk(undefined);
            const windows = eachItsOwn(turns, ['first', 'second']);
            const outcomes = await atOnce(turns, windows, ({ key, entries: its }) => write(http, { key }, its));
            assert.deepEqual(outcomes, [{ kind: 'written' }, { kind: 'written' }]);
            assert.deepEqual(Object.keys(urls()).toSorted(), ['first', 'second']);
          }),
          { numRuns: 50 },
        );
      });
    });

    describe("with what both know of the user's own files", () => {
      it('writes, follows and takes back the same entry, and restores to the byte', async () => {
        const form = fc.constantFrom('variable', 'literal');
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), documentOrNone, form, async (turns, before, which) => {
            disk(before);
            const windows = oneForBoth(turns, ['clawql', 'clawql']);
            const outcomes = await atOnce(turns, windows, ({ entries: its }) => write(http, { form: which }, its));
            assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['unchanged', 'written']);
            for (const endpoint of [select(moved), { ...select(http), wantsToken: true }, select(https)]) {
              const states = await atOnce(turns, windows, ({ entries: its }) => its.apply(endpoint));
              const { protocol } = new URL(endpoint.url);
              const shown = which === 'literal' ? endpoint.url : `${protocol}//\${env:CLAWQL_MCP_HOST}/mcp`;
              assert.deepEqual(states, [[ours(shown)], [ours(shown)]]);
              assert.deepEqual(urls()['clawql'], shown);
            }
            const left = await atOnce(turns, windows, ({ entries: its }) => its.remove());
            assert.deepEqual([left, storage.keys], [[[], []], []]);
            isIntact(before, windows);
            isAsBefore(before);
          }),
          { numRuns: 100 },
        );
      });

      it('ends with one of two picks where each makes another one, and restores to the byte', async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), documentOrNone, async (turns, before) => {
            disk(before);
            const windows = oneForBoth(turns, ['clawql', 'clawql']);
            await turns.waitFor(write(http, { form: 'literal' }, windows[0]!.entries));
            const states = await atOnce(turns, windows, ({ entries: its }, index) =>
              its.apply(select(index === 0 ? https : moved)),
            );
            const url = urls()['clawql'] ?? '';
            assert.ok([https, moved].includes(url), url);
            // The one whose pick it is not says so, unless it had its turn first.
            const picks = states.flat().map((holding) => (holding.kind === 'yours' ? holding.beatsPick : holding.kind));
            assert.ok(picks.includes('ours') && !picks.includes(false) && !picks.includes('failed'), picks.join());
            await atOnce(turns, windows, ({ entries: its }) => its.remove());
            assert.deepEqual(storage.keys, []);
            isIntact(before, windows);
            isAsBefore(before);
          }),
          { numRuns: 100 },
        );
      });

      it('follows and takes back what either has written, and leaves nothing of it', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.scheduler(),
            documentOrNone,
            fc.boolean(),
            fc.boolean(),
            async (turns, before, ...how) => {
              const [isWrittenAtOnce, isMoved] = how;
              disk(before);
              const windows = oneForBoth(turns, ['first', 'second']);
              const put = ({ key, entries: its }: Window): Promise<WriteOutcome> =>
                write(http, { key, form: 'literal' }, its);
              if (isWrittenAtOnce) await atOnce(turns, windows, put);
              else for (const window of windows) await turns.waitFor(put(window));
              assert.equal(windows[0]!.entries.entries.length, 2);
              if (isMoved) {
                const states = await atOnce(turns, windows, ({ entries: its }) => its.apply(select(moved)));
                assert.ok(
                  states.flat().every(({ kind }) => kind === 'ours'),
                  JSON.stringify(states),
                );
                assert.deepEqual([urls()['first'], urls()['second']], [moved, moved]);
              }
              await atOnce(turns, windows, ({ entries: its }) => its.remove());
              assert.deepEqual(storage.keys, []);
              isIntact(before, windows);
              // The way back to the byte is known where the ledger has the order of writing, and nothing moved beside another entry.
              const isKnown = before === undefined || (!isWrittenAtOnce && !isMoved);
              if (isKnown) isAsBefore(before);
              else assert.deepEqual(documentIn(text()), documentIn(before));
            },
          ),
          { numRuns: 120 },
        );
      });

      it('has taken back all when the other one has heard of it too, where that followed at the same moment', async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), documents, async (turns, before) => {
            disk(before);
            const windows = oneForBoth(turns, ['clawql', 'clawql']);
            await turns.waitFor(write(http, { form: 'literal' }, windows[0]!.entries));
            await atOnce<unknown>(turns, windows, ({ entries: its }, index) =>
              index === 0 ? its.remove() : its.apply(select(moved)),
            );
            await turns.waitFor(windows[1]!.entries.remove());
            assert.deepEqual(storage.keys, []);
            isIntact(before, windows);
            isAsBefore(before);
          }),
          { numRuns: 100 },
        );
      });
    });
  });
});
