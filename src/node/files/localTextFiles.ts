import { unlinkSync } from 'node:fs';
import { access, constants, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { applyEdits } from '../../core/text.ts';
import { mostWrittenBytes, tooLargeToWrite, type TextFiles } from '../../services/entries/textFiles.ts';
import { createFile, placeOfMissing } from './createFile.ts';
import { ifThere, inWords, systemCode } from './fileErrors.ts';
import { isAsRead, readTextFile, type FileContent } from './readTextFile.ts';
import { removeEmptyFolders } from './removeEmptyFolders.ts';
import { replaceFile } from './replaceFile.ts';
import { whileHeld } from './whileHeld.ts';

/**
 * Files of this machine that belong to no workspace, by their `file:` URI, without the editor. A symbolic link stays what it is: what is
 * done, is done to the file that it leads to, also where that is not there yet or goes. A text keeps its byte order mark.
 */
export const localTextFiles: TextFiles = {
  read: (uri) => inWords(async () => (await readTextFile(fileURLToPath(uri)))?.text),

  create: (uri, text) =>
    inWords(async () => {
      const file = fileURLToPath(uri);
      const place = await placeOfMissing(file);
      // No folder is made where a link leads: it may be a disk that is not mounted now.
      const made = await makeFolder(path.dirname(file));
      let isCreated = false;
      try {
        isCreated = await createFile(place, Buffer.from(text));
      } finally {
        if (!isCreated && made !== undefined) await removeEmptyFolders(path.dirname(file), made);
      }
      if (!isCreated) return { kind: 'exists' };
      return { kind: 'created', ...(made === undefined ? {} : { folder: pathToFileURL(made).href }) };
    }),

  edit: (uri, before, edits) =>
    inWords(async () => {
      const file = await ifThere(() => realpath(fileURLToPath(uri)));
      const was = file === undefined ? undefined : await readTextFile(file);
      if (file === undefined || was === undefined) return false;
      await refuseReadOnly(file);
      refuseLarge(was.bytes);
      if (was.text !== before) return false;
      const bytes = Buffer.from(applyEdits(before, edits));
      // Nobody could take back an edit that makes the file too large to be edited.
      refuseLarge(bytes);
      return replaceFile(file, was, bytes);
    }),

  remove: (uri, before, folder) =>
    inWords(async () => {
      const file = fileURLToPath(uri);
      const target = await ifThere(() => realpath(file));
      const was = target === undefined ? undefined : await readTextFile(target);
      if (target !== undefined && was !== undefined) {
        await refuseReadOnly(target);
        if (was.text !== before || !(await removeFile(target, was))) return false;
      }
      if (folder !== undefined) await removeEmptyFolders(path.dirname(file), fileURLToPath(folder));
      return true;
    }),
};

/** False when it is not what was read any more. */
function removeFile(file: string, was: FileContent): Promise<boolean> {
  return whileHeld(() => {
    // With nothing between the last look and the end.
    if (!isAsRead(file, was)) return false;
    unlinkSync(file);
    return true;
  });
}

/** With those above it that are missing; the topmost that was made. */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new Error('one of its folders is a file', { cause: error });
    throw error;
  }
}

/** The mode is looked at too: root may write whatever a user has protected. */
async function refuseReadOnly(file: string): Promise<void> {
  const found = await ifThere(() => stat(file));
  if (found === undefined) return;
  const refusal = await access(file, constants.W_OK).then(() => undefined, systemCode);
  const isRefused = refusal === 'EACCES' || refusal === 'EPERM' || refusal === 'EROFS';
  if (isRefused || (found.mode & 0o222) === 0) throw new Error('it is read-only');
}

function refuseLarge(bytes: Uint8Array): void {
  if (bytes.length > mostWrittenBytes) throw new Error(tooLargeToWrite);
}
