import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { KeyFolders } from '../../../../src/node/files/keyFolders.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('KeyFolders', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  it('makes a file that only this user reads, in a folder that only this user enters', async function () {
    if (process.platform === 'win32') this.skip();
    const file = await new KeyFolders(folder.path).create('secret');
    assert.equal(readFileSync(file.path, 'utf8'), 'secret');
    assert.equal(statSync(file.path).mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(file.path)).mode & 0o777, 0o700);
    file.remove();
  });

  it('makes each anew, and takes each away whole and once', async () => {
    const keys = new KeyFolders(folder.path);
    const [one, other] = [await keys.create('a'), await keys.create('b')];
    assert.notEqual(path.dirname(one.path), path.dirname(other.path));
    one.remove();
    assert.ok(!existsSync(path.dirname(one.path)));
    one.remove();
    assert.equal(readFileSync(other.path, 'utf8'), 'b');
    other.remove();
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('removes what a process that is gone has left, and nothing of one that lives', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    for (const name of [`clawql-key-${gone}-abcdef`, `clawql-key-${process.ppid}-abcdef`, 'clawql-key-x', 'other']) {
      mkdirSync(folder.file(name));
    }
    const file = await new KeyFolders(folder.path).create('secret');
    assert.ok(!existsSync(folder.file(`clawql-key-${gone}-abcdef`)));
    for (const name of [`clawql-key-${process.ppid}-abcdef`, 'clawql-key-x', 'other']) {
      assert.ok(existsSync(folder.file(name)), name);
    }
    file.remove();
  });

  it('removes what was left without making a key, and after ten minutes whatever process has that number now', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const fresh = `clawql-key-${process.ppid}-mnopqr`;
    for (const [name, minutes] of [
      [`clawql-key-${gone}-abcdef`, 0],
      [`clawql-key-${process.ppid}-ghijkl`, 11],
      [fresh, 9],
    ] as const) {
      mkdirSync(folder.file(name));
      writeFileSync(folder.file(name, 'key'), 'secret');
      const at = new Date(Date.now() - minutes * 60_000);
      utimesSync(folder.file(name), at, at);
    }
    await new KeyFolders(folder.path).removeLeft();
    assert.deepEqual(readdirSync(folder.path), [fresh]);
  });

  it('says in words why it cannot', async () => {
    await assert.rejects(
      new KeyFolders(folder.file('missing')).removeLeft(),
      /folder in which it should lie is not there/,
    );
    await assert.rejects(new KeyFolders(folder.file('missing')).create('secret'), (error: Error) => {
      assert.match(error.message, /folder in which it should lie is not there/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});
