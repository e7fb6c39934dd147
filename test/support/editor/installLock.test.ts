import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { withInstallLock } from './installLock.ts';

describe('the install lock', () => {
  let folder = '';

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'lock-'));
  });

  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('lets one at a time work on a target', async () => {
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} starts`);
      await turn();
      seen.push(`${name} ends`);
    };
    const target = path.join(folder, 'one');
    await Promise.all([withInstallLock(target, work('a')), withInstallLock(target, work('b'))]);
    const [first, second] = seen[0] === 'a starts' ? ['a', 'b'] : ['b', 'a'];
    assert.deepEqual(seen, [`${first} starts`, `${first} ends`, `${second} starts`, `${second} ends`]);
  });

  it('takes over from a process that died, and leaves nothing behind', async () => {
    const target = path.join(folder, 'dead');
    const { pid } = spawnSync(process.execPath, ['--version']);
    await fs.writeFile(`${target}.lock`, String(pid));
    let worked = false;
    await withInstallLock(target, () => {
      worked = true;
      return Promise.resolve();
    });
    assert.ok(worked);
    await assert.rejects(fs.access(`${target}.lock`));
  });

  it('is free again when the work fails', async () => {
    const target = path.join(folder, 'failed');
    await assert.rejects(
      withInstallLock(target, () => Promise.reject(new Error('no network'))),
      /no network/,
    );
    await withInstallLock(target, () => Promise.resolve());
  });
});
