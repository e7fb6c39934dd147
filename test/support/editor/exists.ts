import fs from 'node:fs/promises';

/** Whether something is at this path. */
export async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
