import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import type { TextEdit } from '../../../../src/core/text.ts';
import { localTextFiles as files } from '../../../../src/node/files/localTextFiles.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const mebibyte = 1024 * 1024;
const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;
const uriOf = (file: string): string => pathToFileURL(file).href;

/** Puts `added` in front of `text`. */
const inFront = (added: string): readonly TextEdit[] => [{ span: { offset: 0, length: 0 }, text: added }];

describe('localTextFiles', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder()));
  afterEach(() => folder.remove());

  const file = (): string => folder.file('mcp.json');
  const uri = (): string => uriOf(file());
  const text = (of = file()): string => readFileSync(of, 'utf8');
  const names = (of = folder.path): readonly string[] => readdirSync(of).toSorted();

  /** The file refuses the edit for that reason, is as it was, and nothing lies beside it. */
  async function refuses(before: string, message: string, edits = inFront('x')): Promise<void> {
    const was = readFileSync(file());
    const list = names();
    await assert.rejects(files.edit(uri(), before, edits), { message });
    assert.ok(readFileSync(file()).equals(was));
    assert.deepEqual(names(), list);
  }

  /** What becomes of a call in another process: of user 1234 where this one is root, who may do everything; files end at 64 kB. */
  function elsewhere(call: string): string {
    const module = new URL('../../../../src/node/files/localTextFiles.ts', import.meta.url).href;
    const script = `const { localTextFiles: files } = await import(${JSON.stringify(module)});
      process.stdout.write(String(await ${call}.catch(({ message }) => message)));`;
    const limited = ['-c', 'ulimit -f 128; exec "$0" "$@"', process.execPath, '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync('sh', limited, {
      encoding: 'utf8',
      ...(isRoot ? { uid: 1234, gid: 1234 } : {}),
    });
    assert.notEqual(stdout, '', stderr);
    return stdout;
  }

  describe('reading', () => {
    it('gives the whole text, and nothing where nothing is', async () => {
      assert.equal(await files.read(uri()), undefined);
      assert.equal(await files.read(uriOf(folder.file('nothing', 'mcp.json'))), undefined);
      writeFileSync(file(), '\ufeff{}\r\n');
      assert.equal(await files.read(uri()), '\ufeff{}\r\n');
    });

    it('takes a URI with any character, also as the editor writes it', async () => {
      const strange = folder.file('ö %41#?.json');
      writeFileSync(strange, '{}');
      assert.equal(await files.read(uriOf(strange)), '{}');
      if (!isWindows) assert.equal(await files.read(`file://${folder.path}/%C3%B6%20%2541%23%3F%2Ejson`), '{}');
    });

    it('says in words why it cannot', async function () {
      await assert.rejects(files.read(uriOf(folder.path)), { message: 'it is a folder' });
      await assert.rejects(files.read('vscode-remote://host/mcp.json'), {
        message: 'it names no file of this machine',
      });
      writeFileSync(file(), Buffer.from([0x7b, 0xff, 0x7d]));
      await assert.rejects(files.read(uri()), { message: 'it is not UTF-8 text' });
      truncateSync(file(), 16 * mebibyte + 1);
      await assert.rejects(files.read(uri()), { message: 'it has 17 MB, more than the 16 MB that are read' });
      if (isWindows) this.skip();
      symlinkSync('circle', folder.file('circle'));
      await assert.rejects(files.read(uriOf(folder.file('circle'))), {
        message: 'its symbolic links lead in a circle',
      });
    });
  });

  describe('creating', () => {
    it('writes the text as it is, and names the topmost folder that it made', async () => {
      const deep = folder.file('.codeium', 'windsurf', 'mcp_config.json');
      const made = await files.create(uriOf(deep), '\ufeff{}\r\n');
      assert.deepEqual(made, { kind: 'created', folder: uriOf(folder.file('.codeium')) });
      assert.equal(text(deep), '\ufeff{}\r\n');
      assert.deepEqual(await files.create(uri(), ''), { kind: 'created' });
      assert.equal(text(), '');
      assert.deepEqual([names(), names(path.dirname(deep))], [['.codeium', 'mcp.json'], ['mcp_config.json']]);
    });

    it('leaves a file alone that is there meanwhile', async () => {
      writeFileSync(file(), 'mine');
      assert.deepEqual(await files.create(uri(), '{}'), { kind: 'exists' });
      assert.equal(text(), 'mine');
      assert.deepEqual(names(), ['mcp.json']);
    });

    it('says that a folder on the way is a file', async () => {
      writeFileSync(file(), 'mine');
      for (const below of [['a'], ['a', 'b']]) {
        const message = 'one of its folders is a file';
        await assert.rejects(files.create(uriOf(folder.file('mcp.json', ...below)), '{}'), { message });
      }
    });

    it('leaves neither a beginning nor folders when it cannot be written to its end', function () {
      if (isWindows) this.skip();
      chmodSync(folder.path, 0o777);
      const deep = uriOf(folder.file('a', 'b', 'mcp.json'));
      assert.match(elsewhere(`files.create('${deep}', 'x'.repeat(100_000))`), /^the system refuses it \(EFBIG/);
      assert.deepEqual(names(), []);
    });

    it('makes the file to which a link leads that leads nowhere yet: the link stays', async function () {
      if (isWindows) this.skip();
      mkdirSync(folder.file('dotfiles'));
      symlinkSync('dotfiles/mcp.json', file());
      assert.equal(await files.read(uri()), undefined);
      assert.deepEqual(await files.create(uri(), '{}'), { kind: 'created' });
      assert.equal(readlinkSync(file()), 'dotfiles/mcp.json');
      assert.equal(text(folder.file('dotfiles', 'mcp.json')), '{}');
      assert.deepEqual([names(), names(folder.file('dotfiles'))], [['dotfiles', 'mcp.json'], ['mcp.json']]);
    });

    it('makes no folders for a link: they may be a disk that is not there now', async function () {
      if (isWindows) this.skip();
      symlinkSync('disk/mcp.json', file());
      const message = 'the folder in which it should lie is not there';
      await assert.rejects(files.create(uri(), '{}'), { message });
      assert.deepEqual(names(), ['mcp.json']);
    });
  });

  describe('editing', () => {
    const texts: Readonly<Record<string, string>> = {
      'a byte order mark': '\ufeff{ "a": 1 }\n',
      'Windows line ends': '{\r\n  "a": 1\r\n}\r\n',
      'no last line end': '{\n  "a": 1\n}',
      'an emoji and a null': '{ "a": "\u{1f600}\0ö" }\n',
    };
    for (const [name, before] of Object.entries(texts)) {
      it(`keeps what it does not change: ${name}`, async () => {
        writeFileSync(file(), before);
        const span = { offset: before.indexOf('"a"'), length: 3 };
        assert.equal(await files.edit(uri(), before, [{ span, text: '"changed"' }]), true);
        assert.ok(readFileSync(file()).equals(Buffer.from(before.replace('"a"', '"changed"'))));
        assert.deepEqual(names(), ['mcp.json']);
      });
    }

    it('keeps mode and owner', async function () {
      if (isWindows) this.skip();
      for (const mode of [0o600, 0o644, 0o755]) {
        writeFileSync(file(), 'text');
        // Only root can give a file away; anybody else's is their own before and after.
        if (isRoot) chownSync(file(), 1234, 1234);
        chmodSync(file(), mode);
        const was = statSync(file());
        assert.equal(await files.edit(uri(), 'text', inFront('more ')), true);
        const now = statSync(file());
        assert.deepEqual([text(), now.mode, now.uid, now.gid], ['more text', was.mode, was.uid, was.gid]);
        writeFileSync(file(), '');
      }
    });

    it('leaves links what they are, a chain of relative ones too, and changes the file behind them', async function () {
      if (isWindows) this.skip();
      mkdirSync(folder.file('home', '.cursor'), { recursive: true });
      mkdirSync(folder.file('dotfiles'));
      writeFileSync(folder.file('dotfiles', 'last.json'), 'text');
      symlinkSync('last.json', folder.file('dotfiles', 'mcp.json'));
      symlinkSync('../../dotfiles/mcp.json', folder.file('home', '.cursor', 'mcp.json'));
      symlinkSync('home/.cursor', folder.file('.cursor'));
      const first = uriOf(folder.file('.cursor', 'mcp.json'));
      assert.equal(await files.edit(first, 'text', inFront('more ')), true);
      assert.equal(text(folder.file('dotfiles', 'last.json')), 'more text');
      assert.ok(lstatSync(folder.file('dotfiles', 'last.json')).isFile());
      assert.equal(readlinkSync(folder.file('dotfiles', 'mcp.json')), 'last.json');
      assert.equal(readlinkSync(folder.file('home', '.cursor', 'mcp.json')), '../../dotfiles/mcp.json');
      assert.deepEqual(names(folder.file('dotfiles')), ['last.json', 'mcp.json']);
      assert.deepEqual(names(folder.file('home', '.cursor')), ['mcp.json']);
    });

    it('keeps the names of a file in step that has several', async () => {
      writeFileSync(file(), 'text');
      linkSync(file(), folder.file('other'));
      assert.equal(await files.edit(uri(), 'text', inFront('more ')), true);
      assert.deepEqual([text(), text(folder.file('other'))], ['more text', 'more text']);
      assert.deepEqual(names(), ['mcp.json', 'other']);
    });

    it('changes nothing when the text is another one, and where no file is', async () => {
      writeFileSync(file(), 'theirs');
      assert.equal(await files.edit(uri(), 'text', inFront('more ')), false);
      assert.equal(text(), 'theirs');
      assert.equal(await files.edit(uriOf(folder.file('other')), 'text', inFront('more ')), false);
      assert.deepEqual(names(), ['mcp.json']);
    });

    it('does not write what is read-only, not even as root', async () => {
      writeFileSync(file(), 'text');
      chmodSync(file(), 0o444);
      await refuses('text', 'it is read-only');
      chmodSync(file(), 0o644);
    });

    it('does not write what another user may write', function () {
      if (!isRoot) this.skip();
      chmodSync(folder.path, 0o777);
      writeFileSync(file(), 'text');
      assert.equal(elsewhere(`files.edit('${uri()}', 'text', [])`), 'it is read-only');
      assert.deepEqual([text(), names()], ['text', ['mcp.json']]);
    });

    it('writes up to 1 MiB, and makes no file larger than that', async () => {
      const whole = 'x'.repeat(mebibyte - 1);
      const message = 'it is larger than 1 MB, so it is not changed: put the entry there yourself';
      writeFileSync(file(), whole);
      assert.equal(await files.edit(uri(), whole, inFront('x')), true);
      assert.equal(statSync(file()).size, mebibyte);
      await refuses(text(), message);
      writeFileSync(file(), `${whole}xx`);
      await refuses(text(), message, [{ span: { offset: 0, length: mebibyte }, text: '' }]);
    });

    it('does not write what it cannot read', async () => {
      writeFileSync(file(), Buffer.from([0x7b, 0xff, 0x7d]));
      await refuses('{\ufffd}', 'it is not UTF-8 text');
      writeFileSync(file(), '');
      truncateSync(file(), 16 * mebibyte + 1);
      await assert.rejects(files.edit(uri(), '', []), { message: 'it has 17 MB, more than the 16 MB that are read' });
      await assert.rejects(files.edit(uriOf(folder.path), '', []), { message: 'it is a folder' });
    });

    it('writes into the file itself where its folder takes no other', function () {
      if (isWindows) this.skip();
      writeFileSync(file(), 'text');
      chmodSync(file(), 0o666);
      chmodSync(folder.path, 0o555);
      const { ino, uid } = statSync(file());
      const outcome = elsewhere(`files.edit('${uri()}', 'text', ${JSON.stringify(inFront('more '))})`);
      chmodSync(folder.path, 0o755);
      const now = statSync(file());
      assert.deepEqual([outcome, text(), now.ino, now.uid], ['true', 'more text', ino, uid]);
    });

    it('leaves a file to its owner where nobody but root can give it to them', function () {
      if (!isRoot) this.skip();
      writeFileSync(file(), 'text');
      chmodSync(file(), 0o666);
      chmodSync(folder.path, 0o777);
      const outcome = elsewhere(`files.edit('${uri()}', 'text', ${JSON.stringify(inFront('more '))})`);
      const { uid, mode } = statSync(file());
      assert.deepEqual([outcome, text(), uid, mode & 0o777], ['true', 'more text', 0, 0o666]);
      assert.deepEqual(names(), ['mcp.json']);
    });

    it('leaves the old text where the new one finds no room, with one name or two', function () {
      if (isWindows) this.skip();
      const before = 'x'.repeat(1_000);
      writeFileSync(file(), before);
      chmodSync(file(), 0o666);
      chmodSync(folder.path, 0o777);
      if (isRoot) chownSync(file(), 1234, 1234);
      const edit = `files.edit('${uri()}', 'x'.repeat(1000), [{ span: { offset: 0, length: 0 }, text: 'y'.repeat(100_000) }])`;
      for (const list of [['mcp.json'], ['mcp.json', 'other']]) {
        if (list.length === 2) linkSync(file(), folder.file('other'));
        assert.match(elsewhere(edit), /^the system refuses it \(EFBIG/);
        assert.deepEqual([text() === before, names()], [true, list]);
      }
    });

    it('loses nothing of two that write at the same time and try again', async () => {
      writeFileSync(file(), '');
      let refused = 0;
      const addLines = async (name: string): Promise<void> => {
        for (let line = 0; line < 50;) {
          const before = (await files.read(uri())) ?? assert.fail('it is gone');
          if (await files.edit(uri(), before, inFront(`${name} ${line}\n`))) line += 1;
          else refused += 1;
        }
      };
      await Promise.all([addLines('one'), addLines('two')]);
      const expected = ['one', 'two'].flatMap((name) => Array.from({ length: 50 }, (_, line) => `${name} ${line}`));
      assert.deepEqual(text().trimEnd().split('\n').toSorted(), expected.toSorted());
      assert.ok(refused > 0, 'they never met');
      assert.deepEqual(names(), ['mcp.json']);
    });

    it('shows a reader the old or the new, never half of it', async () => {
      const body = (letter: string): string => letter.repeat(200_000);
      writeFileSync(file(), body('a'));
      const isDone = new Int32Array(new SharedArrayBuffer(4));
      const reader = new Worker(readsWhile, { eval: true, workerData: { file: file(), isDone } });
      const seen = new Promise<string>((resolve, reject) => reader.once('message', resolve).once('error', reject));
      try {
        await new Promise<void>((resolve) => reader.once('online', resolve));
        for (let index = 0; index < 50; index += 1) {
          const [before, after] = index % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
          const span = { offset: 0, length: 200_000 };
          assert.ok(await files.edit(uri(), body(before), [{ span, text: body(after) }]));
        }
        Atomics.store(isDone, 0, 1);
        assert.match(await seen, /^[1-9]\d+ reads, 0 torn$/);
      } finally {
        await reader.terminate();
      }
    });
  });

  describe('removing', () => {
    /** The topmost folder that was made for the file. */
    async function create(of: string): Promise<string | undefined> {
      const made = await files.create(uriOf(of), '{}');
      return made.kind === 'created' ? made.folder : assert.fail('it is there already');
    }

    it('removes the file and the folders that were made for it', async () => {
      const deep = folder.file('a', 'b', 'mcp.json');
      assert.equal(await files.remove(uriOf(deep), '{}', await create(deep)), true);
      assert.deepEqual(names(), []);
    });

    it('leaves folders in which something lies, and those that it did not make', async () => {
      const deep = folder.file('a', 'b', 'mcp.json');
      const made = await create(deep);
      writeFileSync(folder.file('a', 'mine'), '');
      await files.remove(uriOf(deep), '{}', made);
      assert.deepEqual([names(), names(folder.file('a'))], [['a'], ['mine']]);
      await files.create(uriOf(folder.file('a', 'mcp.json')), '{}');
      await files.remove(uriOf(folder.file('a', 'mcp.json')), '{}', undefined);
      assert.deepEqual(names(folder.file('a')), ['mine']);
    });

    it('does not mind that the file is gone already', async () => {
      mkdirSync(folder.file('a', 'b'), { recursive: true });
      assert.equal(await files.remove(uriOf(folder.file('a', 'b', 'mcp.json')), '{}', uriOf(folder.file('a'))), true);
      assert.deepEqual(names(), []);
      assert.equal(await files.remove(uriOf(folder.file('a', 'b', 'mcp.json')), '{}', uriOf(folder.file('a'))), true);
    });

    it('leaves a file that somebody has changed since, and its folders', async () => {
      const deep = folder.file('a', 'mcp.json');
      const made = await create(deep);
      writeFileSync(deep, '{ "mine": 1 }');
      assert.equal(await files.remove(uriOf(deep), '{}', made), false);
      assert.equal(readFileSync(deep, 'utf8'), '{ "mine": 1 }');
    });

    it('takes back what was made behind a link: the link is as it was', async function () {
      if (isWindows) this.skip();
      symlinkSync('target.json', file());
      await files.create(uri(), '{}');
      await files.remove(uri(), '{}', undefined);
      assert.deepEqual([names(), existsSync(file())], [['mcp.json'], false]);
    });

    it('does not remove what is read-only, or no file', async () => {
      writeFileSync(file(), '{}');
      chmodSync(file(), 0o444);
      await assert.rejects(files.remove(uri(), '{}', undefined), { message: 'it is read-only' });
      assert.equal(text(), '{}');
      chmodSync(file(), 0o644);
      mkdirSync(folder.file('a'));
      await assert.rejects(
        files.remove(uriOf(folder.file('a')), '{}', undefined),
        /^Error: (it is a folder|permission)/,
      );
    });
  });
});

/** Reads a file again and again in a thread of its own; counts the reads, and those that saw something else than one letter 200,000 times. */
const readsWhile = `
  const { readFileSync } = require('node:fs');
  const { parentPort, workerData: { file, isDone } } = require('node:worker_threads');
  let reads = 0;
  let torn = 0;
  while (Atomics.load(isDone, 0) === 0) {
    const text = readFileSync(file, 'latin1');
    reads += 1;
    if (!/^(a{200000}|b{200000})$/.test(text)) torn += 1;
  }
  parentPort.postMessage(reads + ' reads, ' + torn + ' torn');`;
