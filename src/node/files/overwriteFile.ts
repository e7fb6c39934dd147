import { ftruncateSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';

import { ifThere } from './fileErrors.ts';
import { isAsRead, type FileContent } from './readTextFile.ts';

/**
 * Writes into the file itself, which keeps all that hangs on it; false, and nothing is changed, when it is no longer what was read.
 * Somebody who reads at that very moment can see the beginning of the new and the end of the old. Where the new bytes find no room, the
 * old ones, whose room it is, are put back. Rejects as the system does.
 */
export async function overwriteFile(file: string, was: FileContent, bytes: Uint8Array): Promise<boolean> {
  const handle = await ifThere(() => open(file, 'r+'));
  if (handle === undefined) return false;
  try {
    // Nothing is awaited from the comparison to the last byte, so that two writers of this process cannot mix theirs.
    if (!isAsRead(file, was)) return false;
    try {
      writeWhole(handle.fd, bytes);
    } catch (error) {
      writeWhole(handle.fd, was.bytes);
      throw error;
    }
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

/** Cut at its end and not before, so that there is no moment in which the file is empty. */
function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, done);
  }
  ftruncateSync(descriptor, bytes.length);
}
