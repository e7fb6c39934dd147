import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

import { whileHeld } from './whileHeld.ts';

/**
 * A file beside `file`, and so on the same disk: `write` fills it, and when the disk has all of it, `use` takes it. What `use` leaves of
 * it is removed, however it ends. `mode` is that of a new file, before the umask. Rejects as both do.
 */
export async function withTemporary<T>(
  file: string,
  mode: number,
  write: (handle: FileHandle) => Promise<void>,
  use: (temporary: string) => Promise<T>,
): Promise<T> {
  const name = `.${path.basename(file)}.${randomBytes(6).toString('hex')}`;
  const temporary = path.join(path.dirname(file), name);
  const handle = await open(temporary, 'wx', mode);
  try {
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await use(temporary);
  } finally {
    await whileHeld(() => rm(temporary, { force: true }));
  }
}
