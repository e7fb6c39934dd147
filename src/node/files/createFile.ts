import { constants } from 'node:fs';
import { copyFile, link, lstat, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

import { ifThere, systemCode } from './fileErrors.ts';
import { withTemporary } from './temporaryFile.ts';

/** Makes a file with all of its bytes at once, in a folder that is there; false where anything is there already. Rejects as the system does. */
export async function createFile(file: string, bytes: Uint8Array): Promise<boolean> {
  return withTemporary(
    file,
    0o666,
    (handle) => handle.writeFile(bytes),
    (temporary) => placeNew(temporary, file),
  );
}

/** Gives a file that is complete the name `file`; false where anything has it, which a rename would replace. */
export async function placeNew(complete: string, file: string): Promise<boolean> {
  try {
    // Not every disk has hard links, and each says so in its own way. A copy is seen while it grows; one that fails is removed.
    await link(complete, file).catch((error: unknown) => {
      if (systemCode(error) === 'EEXIST') throw error;
      return copyFile(complete, file, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** As many as Linux follows. Source: path_resolution(7). */
const mostLinks = 40;

/**
 * Where a file that is not there is to be made: at the end of a symbolic link that leads nowhere yet, else at its own path. Rejects in
 * words where such links lead in a circle.
 */
export async function placeOfMissing(file: string): Promise<string> {
  let place = file;
  for (let links = 0; links < mostLinks; links += 1) {
    const found = await ifThere(() => lstat(place));
    if (found?.isSymbolicLink() !== true) return place;
    // What a link says counts from where its folder really lies.
    place = path.resolve(await realpath(path.dirname(place)), await readlink(place));
  }
  throw new Error('its symbolic links lead in a circle');
}
