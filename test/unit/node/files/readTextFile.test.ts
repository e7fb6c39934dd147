import assert from 'node:assert/strict';
import { chmodSync, linkSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';

import { isAsRead, readTextFile, type FileContent } from '../../../../src/node/files/readTextFile.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const mebibyte = 1024 * 1024;

describe('readTextFile', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder()));
  afterEach(() => folder.remove());

  const file = (): string => folder.file('mcp.json');

  async function read(): Promise<FileContent> {
    return (await readTextFile(file())) ?? assert.fail('nothing is there');
  }

  it('gives every byte as text', async () => {
    for (const text of ['', '{}', '\ufeff{}\r\n', '\ufeff\ufeff', '\u{1f600} ö\0\u2028']) {
      writeFileSync(file(), text);
      const content = await read();
      assert.equal(content.text, text);
      assert.deepEqual(Buffer.from(content.text), content.bytes);
    }
  });

  it('gives nothing where nothing is', async () => {
    assert.equal(await readTextFile(file()), undefined);
    writeFileSync(file(), '{}');
    assert.equal(await readTextFile(folder.file('mcp.json', 'in it')), undefined);
  });

  it('takes no bytes for text that are none, so that none of them is lost', async () => {
    const stray = [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff, 0xfe, 0x7b, 0x00]];
    for (const bytes of stray) {
      writeFileSync(file(), Buffer.from(bytes));
      await assert.rejects(readTextFile(file()), { message: 'it is not UTF-8 text' });
    }
  });

  it('reads up to 16 MiB and no byte more', async () => {
    writeFileSync(file(), '');
    truncateSync(file(), 16 * mebibyte);
    assert.equal((await read()).bytes.length, 16 * mebibyte);
    truncateSync(file(), 16 * mebibyte + 1);
    await assert.rejects(readTextFile(file()), { message: 'it has 17 MB, more than the 16 MB that are read' });
  });

  it('reads only files', async function () {
    await assert.rejects(readTextFile(folder.path), { message: 'it is a folder' });
    if (process.platform === 'win32') this.skip();
    await assert.rejects(readTextFile('/dev/zero'), { message: 'it is no ordinary file' });
  });

  describe('isAsRead', () => {
    let was: FileContent;
    beforeEach(async () => {
      writeFileSync(file(), 'before');
      was = await read();
    });

    it('is true as long as nobody changes the file', () => {
      assert.ok(isAsRead(file(), was));
    });

    const changes: Readonly<Record<string, () => void>> = {
      'a longer text': () => writeFileSync(file(), 'before and after'),
      'a text of the same length, and the time put back': () => {
        const { atime, mtime } = statSync(file());
        writeFileSync(file(), 'behind');
        utimesSync(file(), atime, mtime);
      },
      'another file with the same text': () => {
        writeFileSync(folder.file('other'), 'before');
        renameSync(folder.file('other'), file());
      },
      'no file': () => rmSync(file()),
      'another mode': () => chmodSync(file(), 0o444),
      'another name': () => linkSync(file(), folder.file('other')),
    };
    for (const [name, change] of Object.entries(changes)) {
      it(`is false after: ${name}`, () => {
        change();
        assert.ok(!isAsRead(file(), was));
      });
    }

    it('is false for other bytes, also where the times are too coarse to show it', () => {
      assert.ok(!isAsRead(file(), { ...was, bytes: Buffer.from('behind') }));
    });
  });
});
