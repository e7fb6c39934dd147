import { renameSync, type BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

import { systemCode } from './fileErrors.ts';
import { overwriteFile } from './overwriteFile.ts';
import { isAsRead, type FileContent } from './readTextFile.ts';
import { withTemporary } from './temporaryFile.ts';
import { whileHeld } from './whileHeld.ts';

/**
 * Puts a file with other bytes in the place of one that was read, in one step: a reader sees the old or the new, and a crash leaves one of
 * them. Mode and owner are kept; access lists and extended attributes, which Node cannot read, are not. Where another file cannot take
 * the place, the bytes are written into the one that is there. False, and nothing is changed, when it is no longer what was read. `file`
 * must not be a symbolic link: the new file would replace it. Rejects as the system does.
 *
 * What another process writes between the last look and the end of the rename, about 0.1 ms, is lost: Node has no call for both, and a
 * lock helps only among programs that know it, and can stay in the user's folder.
 */
export async function replaceFile(file: string, was: FileContent, bytes: Uint8Array): Promise<boolean> {
  // A new file would leave the other names with the old one.
  if (was.stats.nlink > 1n) return overwriteFile(file, was, bytes);
  const write = async (handle: FileHandle): Promise<void> => {
    await giveOwnerOf(was.stats, handle);
    await handle.writeFile(bytes);
    // Last, because a new owner and a write take bits of it away.
    await handle.chmod(Number(was.stats.mode & 0o7777n));
  };
  const rename = (temporary: string): boolean => {
    // Synchronous both, so that nothing that this process does comes between them.
    if (!isAsRead(file, was)) return false;
    renameSync(temporary, file);
    return true;
  };
  try {
    // For nobody but its owner until it is complete: the original may keep its secrets from a group.
    return await withTemporary(file, 0o600, write, (temporary) => whileHeld(() => rename(temporary)));
  } catch (error) {
    if (!isNoPlaceForAnother(error)) throw error;
    return overwriteFile(file, was, bytes);
  }
}

async function giveOwnerOf({ uid, gid }: BigIntStats, handle: FileHandle): Promise<void> {
  // Windows has no owners of this kind.
  if (process.getuid === undefined) return;
  const own = await handle.stat({ bigint: true });
  if (own.uid !== uid || own.gid !== gid) await handle.chown(Number(uid), Number(gid));
}

/**
 * Whether the refusal leaves the file itself to be written: the folder is not to be written (EACCES, EPERM, EROFS), the owner cannot be
 * given (EPERM, or EINVAL and ENOTSUP where it has no number here), the file is a mount point or held open on Windows (EBUSY, EPERM).
 */
function isNoPlaceForAnother(error: unknown): boolean {
  return /^(EACCES|EPERM|EROFS|EINVAL|ENOTSUP|EBUSY)$/.test(systemCode(error) ?? '');
}
