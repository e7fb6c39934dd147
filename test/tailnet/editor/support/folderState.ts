import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Every file and folder below a folder with its bytes (base64; a folder has none), to compare two moments byte by byte. */
export async function folderState(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const states = entries.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(folder, file), entry.isFile() ? (await readFile(file)).toString('base64') : '/'] as const;
  });
  return Object.fromEntries((await Promise.all(states)).sort(([one], [other]) => one.localeCompare(other)));
}
