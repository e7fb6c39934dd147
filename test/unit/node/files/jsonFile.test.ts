import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { JsonFile } from '../../../../src/node/files/jsonFile.ts';
import { localTextFiles } from '../../../../src/node/files/localTextFiles.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('JsonFile', function () {
  this.timeout(30_000);
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder()));
  afterEach(() => folder.remove());

  const at = (path: string): JsonFile => new JsonFile(pathToFileURL(path).href, () => Promise.resolve(localTextFiles));

  it('keeps a value in a folder that it makes, and is gone when the value is', async () => {
    const path = folder.file('storage', 'x.json');
    assert.equal(at(path).read(), undefined);
    await at(path).update((stored) => [stored ?? 'none']);
    assert.deepEqual(at(path).read(), ['none']);
    await at(path).update(() => undefined);
    assert.equal(at(path).read(), undefined);
    assert.deepEqual(await readdir(folder.file('storage')), []);
    await at(path).update(() => undefined);
  });

  it('takes what is no JSON for nothing, and replaces it', async () => {
    const path = folder.file('x.json');
    await writeFile(path, '[1,');
    assert.equal(at(path).read(), undefined);
    await at(path).update((stored) => ({ stored: stored ?? 'none' }));
    assert.equal(await readFile(path, 'utf8'), '{"stored":"none"}');
  });

  it('says why it cannot be written', async () => {
    await writeFile(folder.file('x'), '');
    await assert.rejects(
      at(folder.file('x', 'y', 'z.json')).update(() => 1),
      /one of its folders is a file/,
    );
  });

  it('goes on where a process was killed while it held the lock', async () => {
    const path = folder.file('x.json');
    await mkdir(`${path}.lock`);
    const old = new Date(Date.now() - 60_000);
    await utimes(`${path}.lock`, old, old);
    await at(path).update(() => 1);
    assert.deepEqual([at(path).read(), await readdir(folder.path)], [1, ['x.json']]);
  });

  it('loses nothing of what several processes change at the same moment', async () => {
    const path = folder.file('x.json');
    const writer = new URL('../../support/jsonFileWriter.ts', import.meta.url);
    const processes = ['a', 'b', 'c'].map((name) => fork(writer, [path, name, '30']));
    const codes = await Promise.all(processes.map(async (one) => (await once(one, 'exit'))[0] as unknown));
    assert.deepEqual(codes, [0, 0, 0]);
    const wanted = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 30 }, (_, index) => `${name}${index}`));
    assert.deepEqual((at(path).read() as string[]).toSorted(), wanted.toSorted());
  });
});
