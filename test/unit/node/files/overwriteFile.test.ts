import assert from 'node:assert/strict';
import { linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { overwriteFile } from '../../../../src/node/files/overwriteFile.ts';
import { readTextFile, type FileContent } from '../../../../src/node/files/readTextFile.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('overwriteFile', () => {
  let folder: TempFolder;
  let was: FileContent;
  beforeEach(async () => {
    folder = new TempFolder();
    writeFileSync(file(), 'before');
    was = (await readTextFile(file())) ?? assert.fail('nothing is there');
  });
  afterEach(() => folder.remove());

  const file = (): string => folder.file('mcp.json');
  const text = (): string => readFileSync(file(), 'utf8');

  it('writes more, less and nothing into the same file', async () => {
    const { ino } = statSync(file());
    for (const next of ['longer than before', 'less', '']) {
      const now = (await readTextFile(file())) ?? assert.fail('nothing is there');
      assert.equal(await overwriteFile(file(), now, Buffer.from(next)), true);
      assert.deepEqual([text(), statSync(file()).ino], [next, ino]);
    }
    assert.deepEqual(readdirSync(folder.path), ['mcp.json']);
  });

  it('keeps what somebody else wrote meanwhile', async () => {
    writeFileSync(file(), 'behind');
    assert.equal(await overwriteFile(file(), was, Buffer.from('after')), false);
    assert.equal(text(), 'behind');
  });

  it('makes no file where there is none any more', async () => {
    rmSync(file());
    assert.equal(await overwriteFile(file(), was, Buffer.from('after')), false);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('lets one of two win that begin at the same moment', async () => {
    linkSync(file(), folder.file('other'));
    const now = (await readTextFile(file())) ?? assert.fail('nothing is there');
    const texts = ['a'.repeat(100_000), 'b'.repeat(50_000)];
    const done = await Promise.all(texts.map((next) => overwriteFile(file(), now, Buffer.from(next))));
    assert.deepEqual(done.toSorted(), [false, true]);
    assert.equal(text(), texts[done.indexOf(true)]);
  });
});
