import { rmdir } from 'node:fs/promises';
import path from 'node:path';

import { ifThere } from './fileErrors.ts';

/** Removes `folder`, and those above it up to `last`, as far as nothing lies in them. Nothing where `folder` does not lie in `last`. */
export async function removeEmptyFolders(folder: string, last: string): Promise<void> {
  for (const next of foldersBetween(folder, last)) {
    try {
      await ifThere(() => rmdir(next));
    } catch {
      // Something lies in it, or it is a link or a mount point: it stays, and so do those above.
      return;
    }
  }
}

/** The innermost first. */
function foldersBetween(folder: string, last: string): readonly string[] {
  const way = path.relative(last, folder);
  const names = way === '' ? [] : way.split(path.sep);
  if (names[0] === '..' || path.isAbsolute(way)) return [];
  return [...names.map((_, index) => path.join(last, ...names.slice(0, names.length - index))), last];
}
