import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { createFile, placeNew, placeOfMissing } from '../../../../src/node/files/createFile.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('making a file', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder()));
  afterEach(() => folder.remove());

  const file = (): string => folder.file('mcp.json');
  const names = (): readonly string[] => readdirSync(folder.path).toSorted();

  describe('createFile', () => {
    it('makes it with all of its bytes, as any program would', async () => {
      assert.equal(await createFile(file(), Buffer.from('text')), true);
      writeFileSync(folder.file('other'), '');
      assert.equal(readFileSync(file(), 'utf8'), 'text');
      assert.deepEqual([statSync(file()).mode, statSync(file()).nlink], [statSync(folder.file('other')).mode, 1]);
      assert.deepEqual(names(), ['mcp.json', 'other']);
    });

    it('replaces nothing, not even a link that leads nowhere', async function () {
      writeFileSync(file(), 'mine');
      assert.equal(await createFile(file(), Buffer.from('text')), false);
      assert.equal(readFileSync(file(), 'utf8'), 'mine');
      assert.deepEqual(names(), ['mcp.json']);
      if (process.platform === 'win32') this.skip();
      symlinkSync('nowhere', folder.file('link'));
      assert.equal(await createFile(folder.file('link'), Buffer.from('text')), false);
      assert.deepEqual(names(), ['link', 'mcp.json']);
    });

    it('lets one of many win', async () => {
      const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
      const made = await Promise.all(texts.map((text) => createFile(file(), Buffer.from(text))));
      assert.equal(made.filter(Boolean).length, 1);
      assert.equal(readFileSync(file(), 'utf8'), texts[made.indexOf(true)]);
      assert.deepEqual(names(), ['mcp.json']);
    });
  });

  describe('placeNew', () => {
    let elsewhere: string;
    /** A link from one file system into another is refused, as it is on one that has none. */
    beforeEach(function () {
      if (!existsSync('/dev/shm') || statSync('/dev/shm').dev === statSync(folder.path).dev) this.skip();
      elsewhere = mkdtempSync('/dev/shm/cq-');
      writeFileSync(path.join(elsewhere, 'complete'), 'text', { mode: 0o640 });
    });
    afterEach(() => rmSync(elsewhere, { recursive: true, force: true }));

    it('copies where the file system has no links', async () => {
      assert.equal(await placeNew(path.join(elsewhere, 'complete'), file()), true);
      assert.equal(readFileSync(file(), 'utf8'), 'text');
      assert.equal(statSync(file()).mode & 0o777, 0o640);
    });

    it('lets one of many win there too', async () => {
      const places = Array.from({ length: 10 }, () => placeNew(path.join(elsewhere, 'complete'), file()));
      assert.equal((await Promise.all(places)).filter(Boolean).length, 1);
      assert.equal(readFileSync(file(), 'utf8'), 'text');
    });

    it('replaces nothing there either', async () => {
      writeFileSync(file(), 'mine');
      assert.equal(await placeNew(path.join(elsewhere, 'complete'), file()), false);
      assert.equal(readFileSync(file(), 'utf8'), 'mine');
    });
  });

  describe('placeOfMissing', () => {
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('is the path itself where nothing is, and where the folder is missing too', async () => {
      for (const place of [file(), folder.file('a', 'b', 'mcp.json')]) {
        assert.equal(await placeOfMissing(place), place);
      }
    });

    it('is where a chain of links ends, each counted from where its folder really lies', async () => {
      const real = (...rest: readonly string[]): string => path.join(realpathSync(folder.path), ...rest);
      mkdirSync(folder.file('dotfiles', 'cursor'), { recursive: true });
      symlinkSync('dotfiles/cursor', folder.file('.cursor'));
      symlinkSync('../first.json', folder.file('dotfiles', 'cursor', 'mcp.json'));
      symlinkSync(folder.file('last.json'), folder.file('dotfiles', 'first.json'));
      assert.equal(await placeOfMissing(folder.file('.cursor', 'mcp.json')), folder.file('last.json'));
      assert.equal(await placeOfMissing(folder.file('.cursor', 'other.json')), folder.file('.cursor', 'other.json'));
      symlinkSync('nowhere.json', folder.file('relative.json'));
      assert.equal(await placeOfMissing(folder.file('relative.json')), real('nowhere.json'));
    });

    it('is nowhere when links lead in a circle', async () => {
      symlinkSync('two', folder.file('one'));
      symlinkSync('one', folder.file('two'));
      await assert.rejects(placeOfMissing(folder.file('one')), { message: 'its symbolic links lead in a circle' });
    });
  });
});
