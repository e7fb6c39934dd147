import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

import { readTextFile, type FileContent } from '../../../../src/node/files/readTextFile.ts';
import { replaceFile } from '../../../../src/node/files/replaceFile.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('replaceFile', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
    writeFileSync(file(), 'before');
  });
  afterEach(() => folder.remove());

  const file = (): string => folder.file('mcp.json');
  const text = (): string => readFileSync(file(), 'utf8');
  const names = (): readonly string[] => readdirSync(folder.path).toSorted();
  const after = Buffer.from('after');

  async function read(): Promise<FileContent> {
    return (await readTextFile(file())) ?? assert.fail('nothing is there');
  }

  it('puts another file in its place', async () => {
    const was = await read();
    assert.equal(await replaceFile(file(), was, after), true);
    assert.equal(text(), 'after');
    assert.notEqual(statSync(file(), { bigint: true }).ino, was.stats.ino);
    assert.deepEqual(names(), ['mcp.json']);
  });

  it('keeps the mode, whatever the umask', async function () {
    if (process.platform === 'win32') this.skip();
    const usual = process.umask(0o077);
    try {
      for (const mode of [0o600, 0o644, 0o664, 0o755, 0o4755, 0o640]) {
        chmodSync(file(), mode);
        assert.equal(await replaceFile(file(), await read(), after), true);
        assert.equal(statSync(file()).mode & 0o7777, mode, mode.toString(8));
      }
    } finally {
      process.umask(usual);
    }
  });

  it('keeps the owner, and the mode with it', async function () {
    if (process.platform === 'win32') this.skip();
    // Only root can give a file away; anybody else's is their own before and after.
    if (process.getuid?.() === 0) chownSync(file(), 1234, 1234);
    chmodSync(file(), 0o4750);
    const { uid, gid, mode, ino } = statSync(file());
    assert.equal(await replaceFile(file(), await read(), after), true);
    const now = statSync(file());
    assert.deepEqual([now.uid, now.gid, now.mode], [uid, gid, mode]);
    assert.notEqual(now.ino, ino);
  });

  it('keeps two names of a file in step', async () => {
    linkSync(file(), folder.file('other'));
    assert.equal(await replaceFile(file(), await read(), after), true);
    assert.equal(readFileSync(folder.file('other'), 'utf8'), 'after');
    assert.deepEqual(names(), ['mcp.json', 'other']);
  });

  const changes: Readonly<Record<string, () => void>> = {
    'somebody else wrote into it': () => writeFileSync(file(), 'behind'),
    'somebody else replaced it': () => {
      writeFileSync(folder.file('new'), 'behind');
      renameSync(folder.file('new'), file());
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`changes nothing when ${name}`, async () => {
      const was = await read();
      change();
      assert.equal(await replaceFile(file(), was, after), false);
      assert.equal(text(), 'behind');
      assert.deepEqual(names(), ['mcp.json']);
    });
  }

  it('makes no file where there is none any more', async () => {
    const was = await read();
    rmSync(file());
    assert.equal(await replaceFile(file(), was, after), false);
    assert.deepEqual(names(), []);
  });

  it('lets one of many win that begin at the same moment', async () => {
    const was = await read();
    const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
    const done = await Promise.all(texts.map((next) => replaceFile(file(), was, Buffer.from(next))));
    assert.equal(done.filter(Boolean).length, 1);
    assert.equal(text(), texts[done.indexOf(true)]);
    assert.deepEqual(names(), ['mcp.json']);
  });
});
