import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';

import { removeEmptyFolders } from '../../../../src/node/files/removeEmptyFolders.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('removeEmptyFolders', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
    mkdirSync(folder.file('a', 'b', 'c'), { recursive: true });
  });
  afterEach(() => folder.remove());

  it('removes the folders up to the last one, and that too', async () => {
    await removeEmptyFolders(folder.file('a', 'b', 'c'), folder.file('a', 'b'));
    assert.deepEqual(readdirSync(folder.file('a')), []);
    await removeEmptyFolders(folder.file('a'), folder.file('a'));
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('stops where something lies', async () => {
    writeFileSync(folder.file('a', 'mine'), '');
    await removeEmptyFolders(folder.file('a', 'b', 'c'), folder.file('a'));
    assert.deepEqual(readdirSync(folder.file('a')), ['mine']);
  });

  it('goes on where a folder is gone already', async () => {
    await removeEmptyFolders(folder.file('a', 'b', 'c', 'd', 'e'), folder.file('a'));
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('removes nothing where the folder does not lie in the last one', async () => {
    mkdirSync(folder.file('..other'));
    for (const last of [folder.file('a', 'b', 'c', 'd'), folder.file('a', 'x'), folder.file('..other')]) {
      await removeEmptyFolders(folder.file('a', 'b', 'c'), last);
    }
    assert.ok(existsSync(folder.file('a', 'b', 'c')) && existsSync(folder.file('..other')));
  });

  it('takes a folder with dots at the beginning of its name for one', async () => {
    mkdirSync(folder.file('a', 'b', 'c', '..d'));
    await removeEmptyFolders(folder.file('a', 'b', 'c', '..d'), folder.file('a', 'b', 'c'));
    assert.deepEqual(readdirSync(folder.file('a', 'b')), []);
  });

  it('leaves a link to a folder', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync('a', folder.file('link'));
    await removeEmptyFolders(folder.file('link', 'b', 'c'), folder.file('link'));
    assert.deepEqual([readdirSync(folder.path).toSorted(), readdirSync(folder.file('a'))], [['a', 'link'], []]);
  });
});
