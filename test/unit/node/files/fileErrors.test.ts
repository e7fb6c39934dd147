import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { ifThere, inWords, systemCode } from '../../../../src/node/files/fileErrors.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('the errors of files', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
    writeFileSync(folder.file('file'), 'text');
  });
  afterEach(() => folder.remove());

  it('are no errors where nothing is', async () => {
    assert.equal(await ifThere(() => readFile(folder.file('nothing'))), undefined);
    assert.equal(await ifThere(() => readFile(folder.file('nothing', 'in it'))), undefined);
    assert.equal(await ifThere(() => readFile(folder.file('file', 'in it'))), undefined);
    assert.equal(await ifThere(() => readFile(folder.file('file'), 'utf8')), 'text');
    await assert.rejects(ifThere(() => readdir(`${folder.path}\0`)));
  });

  it('are told in words', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync('circle', folder.file('circle'));
    const told: readonly (readonly [task: () => Promise<unknown>, reason: string | RegExp])[] = [
      [() => writeFile(folder.file('nothing', 'in it'), ''), 'the folder in which it should lie is not there'],
      [() => mkdir(folder.file('file', 'in it')), 'one of its folders is a file'],
      [() => readFile(folder.path), 'it is a folder'],
      [() => stat(folder.file('circle')), 'its symbolic links lead in a circle'],
      [() => Promise.resolve(fileURLToPath('untitled:Untitled-1')), 'it names no file of this machine'],
      [() => Promise.resolve(fileURLToPath('file://server/share/file')), 'it names no file of this machine'],
      [() => readFile('nul\0byte'), 'it names no file of this machine'],
      [() => stat(folder.file('n'.repeat(300))), /^the system refuses it \(ENAMETOOLONG: name too long, stat '/],
    ];
    for (const [task, message] of told) {
      await assert.rejects(
        inWords(async () => task()),
        { message },
      );
    }
  });

  it('keep the system’s own as their cause', async () => {
    const error: unknown = await inWords(() => open(folder.file('nothing'))).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error);
    assert.deepEqual([systemCode(error), systemCode(error.cause)], [undefined, 'ENOENT']);
  });

  it('are left alone where they are words already, and where all went well', async () => {
    const words = new Error('it is read-only');
    await assert.rejects(
      inWords(() => Promise.reject(words)),
      words,
    );
    assert.equal(await inWords(() => Promise.resolve(1)), 1);
  });
});
