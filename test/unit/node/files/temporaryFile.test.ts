import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

import { withTemporary } from '../../../../src/node/files/temporaryFile.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('withTemporary', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder()));
  afterEach(() => folder.remove());

  const file = (): string => folder.file('mcp.json');
  const names = (): readonly string[] => readdirSync(folder.path);

  it('makes a hidden file beside the file, with a name that tells whose it is', async () => {
    await withTemporary(
      file(),
      0o600,
      (handle) => handle.writeFile('text'),
      (temporary) => {
        assert.equal(path.dirname(temporary), folder.path);
        assert.match(path.basename(temporary), /^\.mcp\.json\.[0-9a-f]{12}$/);
        assert.equal(readFileSync(temporary, 'utf8'), 'text');
        if (process.platform !== 'win32') assert.equal(statSync(temporary).mode & 0o7777, 0o600);
        return Promise.resolve();
      },
    );
    assert.deepEqual(names(), []);
  });

  it('gives what comes of it, and does not mind that it was moved', async () => {
    const write = (handle: { writeFile: (text: string) => Promise<void> }): Promise<void> => handle.writeFile('text');
    const moved = await withTemporary(file(), 0o600, write, (temporary) => {
      renameSync(temporary, file());
      return Promise.resolve('moved');
    });
    assert.equal(moved, 'moved');
    assert.deepEqual(names(), ['mcp.json']);
  });

  it('leaves nothing when it cannot be written or used', async () => {
    const fails = (): Promise<never> => Promise.reject(new Error('full'));
    const works = (): Promise<void> => Promise.resolve();
    await assert.rejects(withTemporary(file(), 0o600, fails, works), { message: 'full' });
    await assert.rejects(withTemporary(file(), 0o600, works, fails), { message: 'full' });
    assert.deepEqual(names(), []);
  });

  it('says that its folder is not there', async () => {
    const never = (): Promise<void> => assert.fail('there is none to write');
    await assert.rejects(withTemporary(folder.file('nothing', 'in it'), 0o600, never, never), { code: 'ENOENT' });
  });
});
