import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import fc from 'fast-check';

import { dialects, type Dialect, type DialectId } from '../../../src/core/mcp/dialect.ts';
import { parseMcp } from '../../../src/core/mcp/mcpDocument.ts';
import { FileEntries, type WriteOutcome } from '../../../src/services/fileEntries.ts';
import { FileLedger } from '../../../src/services/fileLedger.ts';
import { node, selectionOf } from '../support/builders.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { RealTextFiles } from '../support/realTextFiles.ts';
import { TempFolder } from '../support/tempFolder.ts';

const http = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const https = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const select = (url: string): ReturnType<typeof selectionOf> => selectionOf(node('clawql-1'), { url });

function dialect(id: DialectId): Dialect {
  const found = dialects.find((one) => one.id === id);
  assert.ok(found);
  return found;
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
    ledger = new FileLedger(storage);
    entries = new FileEntries(files, ledger, () => true);
  });
  afterEach(() => folder.remove());

  const place = (of: Dialect = dialect('vscode')): string => folder.file(...of.file.split('/'));
  const uri = (file: string): string => pathToFileURL(file).toString();
  const text = (file = place()): string => readFileSync(file, 'utf8');

  /** A file that is there before; gives its path. */
  function there(content: string, of: Dialect = dialect('vscode')): string {
    mkdirSync(path.dirname(place(of)), { recursive: true });
    writeFileSync(place(of), content);
    return place(of);
  }

  function write(url = http, parts: { id?: DialectId; key?: string; overwrite?: boolean } = {}): Promise<WriteOutcome> {
    const { id = 'vscode', key = 'clawql', overwrite = false } = parts;
    const of = dialect(id);
    return entries.write({ uri: uri(place(of)), dialect: of, key, url, overwrite });
  }

  const urls = (file = place(), of = dialect('vscode')): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(parseMcp(text(file), of).servers.map((server) => [server.key, server.url?.value]));

  describe('in a file of its own', () => {
    for (const { id, client } of dialects) {
      it(`makes the file and its folder for ${client}, and takes both away again`, async () => {
        assert.deepEqual(await write(http, { id }), { kind: 'written' });
        const of = dialect(id);
        assert.equal(Object.keys(urls(place(of), of)).join(), 'clawql');
        assert.deepEqual(await entries.remove(), { kind: 'absent' });
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
      assert.deepEqual(await entries.remove(), { kind: 'absent' });
      assert.deepEqual(storage.keys, []);
    });
  });

  describe('in a file that was there', () => {
    for (const [what, before] of Object.entries(existing)) {
      it(`restores ${what} to the byte`, async () => {
        const file = there(before);
        assert.deepEqual(await write(), { kind: 'written' });
        assert.equal(urls()['clawql'], 'http://${env:CLAWQL_MCP_HOST}/mcp');
        assert.deepEqual(await entries.remove(), { kind: 'absent' });
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
      await new FileEntries(files, new FileLedger(storage), () => true).remove();
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
      assert.deepEqual(await entries.remove(), { kind: 'absent' });
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

    it('writes nothing when somebody changes the file at the same moment', async () => {
      there('{}');
      files.beforeEdit = () => {
        writeFileSync(place(), '{ "theirs": 1 }');
        return Promise.resolve();
      };
      const outcome = await write();
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.reason, /changed by somebody else/);
      assert.equal(text(), '{ "theirs": 1 }');
      assert.deepEqual(storage.keys, []);
    });

    it('writes no URL that a client would expand or that holds a password', async () => {
      for (const url of ['http://h/${env:TOKEN}', 'http://u:secret@h/mcp']) {
        assert.equal((await write(url)).kind, 'failed', url);
      }
      assert.deepEqual(readdirSync(folder.path), []);
    });

    it('does one change after the other, however they are asked for', async () => {
      const outcomes = await Promise.all([
        write(http, { key: 'a' }),
        write(http, { key: 'b' }),
        write(https, { key: 'c' }),
      ]);
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        ['written', 'written', 'written'],
      );
      assert.deepEqual(Object.keys(urls()), ['a', 'b', 'c']);
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
      assert.deepEqual(await entries.apply(other), { kind: 'applied', value: uri(place()) });
      assert.equal(text(), before);
    });

    it('holds nothing before anything was written', async () => {
      assert.deepEqual(await entries.apply(select(http)), { kind: 'absent' });
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
      assert.notEqual((await entries.apply(select(https))).kind, 'applied');
    });

    it('follows in the other files where one of them cannot be read, and says which', async () => {
      await write(http);
      await write(http, { key: 'second' });
      const second = folder.file('second', 'mcp.json');
      await entries.write({ uri: uri(second), dialect: dialect('vscode'), key: 'clawql', url: http, overwrite: false });
      files.unreadable.add(uri(place()));
      const state = await entries.apply(select(https));
      assert.deepEqual(urls(second), { clawql: 'https://${env:CLAWQL_MCP_HOST}/mcp' });
      assert.ok(state.kind === 'failed');
      assert.ok(state.reason.includes(uri(place())), state.reason);
    });
  });

  describe('taking back', () => {
    it('does not call an entry taken back that stays in a file which is broken now, and takes it back later', async () => {
      there(existing['another server'] ?? '');
      await write();
      const whole = text();
      writeFileSync(place(), whole.replace('{', '{{'));
      const state = await entries.remove();
      assert.ok(state.kind === 'failed', 'the user is told that everything was taken back');
      assert.ok(state.reason.includes('mcp.json'), state.reason);
      writeFileSync(place(), whole);
      assert.deepEqual(await entries.remove(), { kind: 'absent' });
      assert.equal(text(), existing['another server']);
    });

    it('says which file stayed as it was because it could not be read, and tries that one again', async () => {
      await write();
      files.unreadable.add(uri(place()));
      const state = await entries.remove();
      assert.ok(state.kind === 'failed');
      assert.ok(state.reason.includes('mcp.json') && state.reason.includes('permission denied'), state.reason);
      files.unreadable.clear();
      assert.deepEqual(await entries.remove(), { kind: 'absent' });
      assert.ok(!existsSync(place()));
    });

    it('says which file was changed by somebody else at the same moment, and tries that one again', async () => {
      const before = existing['another server'] ?? '';
      there(before);
      await write();
      const whole = text();
      files.beforeEdit = () => {
        writeFileSync(place(), `${whole}\n`);
        return Promise.resolve();
      };
      const state = await entries.remove();
      assert.ok(state.kind === 'failed');
      assert.match(state.reason, /somebody else/);
      assert.ok(state.reason.includes('mcp.json'), `which file? ${state.reason}`);
      files.beforeEdit = () => Promise.resolve();
      writeFileSync(place(), whole);
      assert.deepEqual(await entries.remove(), { kind: 'absent' });
      assert.equal(text(), before);
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
      const whole = text();
      let trusted = false;
      const restricted = new FileEntries(files, ledger, () => trusted);
      const state = await restricted.remove();
      assert.ok(state.kind === 'failed' && state.reason.includes('not trusted'), JSON.stringify(state));
      assert.equal(text(), whole);
      trusted = true;
      assert.deepEqual(await restricted.remove(), { kind: 'absent' });
      assert.ok(!existsSync(place()));
    });

    it('takes nothing back twice', async () => {
      there('{}');
      await write();
      await entries.remove();
      writeFileSync(place(), '{ "mine": 1 }');
      assert.deepEqual(await entries.remove(), { kind: 'absent' });
      assert.equal(text(), '{ "mine": 1 }');
    });
  });
});
