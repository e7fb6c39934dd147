import assert from 'node:assert/strict';
import { readdirSync, rmdirSync } from 'node:fs';

import { whileHeld } from '../../../../src/node/files/whileHeld.ts';
import { TempFolder } from '../../support/tempFolder.ts';

/** Is refused with each of the codes in turn, as Windows does while another program has a file open, and then is not. */
function refusedWith(...codes: readonly string[]): { readonly attempt: () => string; readonly left: string[] } {
  const left = [...codes];
  const attempt = (): string => {
    const code = left.shift();
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    return 'done';
  };
  return { attempt, left };
}

describe('whileHeld', () => {
  it('tries again while another program has the file open', async () => {
    assert.equal(await whileHeld(refusedWith('EBUSY', 'EPERM', 'EACCES').attempt, [1, 1, 1]), 'done');
  });

  it('gives up after the last pause, with the last reason', async () => {
    const { attempt, left } = refusedWith('EBUSY', 'EBUSY', 'EPERM', 'EBUSY');
    await assert.rejects(whileHeld(attempt, [1, 1]), { code: 'EPERM' });
    assert.deepEqual(left, ['EBUSY']);
  });

  it('does not try again where it would not help', async () => {
    const { attempt, left } = refusedWith('ENOSPC', 'ENOSPC');
    await assert.rejects(whileHeld(attempt, [1, 1]), { code: 'ENOSPC' });
    assert.deepEqual(left, ['ENOSPC']);
  });

  it('waits for an attempt that takes time', async () => {
    const { attempt } = refusedWith('EBUSY');
    assert.equal(await whileHeld(async () => Promise.resolve().then(attempt), [1]), 'done');
  });

  it('tries once on systems that replace what is open', async function () {
    if (process.platform === 'win32') this.skip();
    const { attempt, left } = refusedWith('EBUSY', 'EBUSY');
    await assert.rejects(whileHeld(attempt), { code: 'EBUSY' });
    assert.deepEqual(left, ['EBUSY']);
  });

  it('does at once what nobody refuses', async () => {
    const folder = new TempFolder();
    assert.deepEqual(await whileHeld(() => readdirSync(folder.path), [60_000]), []);
    await whileHeld(() => rmdirSync(folder.path), [60_000]);
  });
});
