import fs from 'node:fs/promises';
import path from 'node:path';

/** Writes bytes as another program does; unlike `writeFile` it opens nothing in the editor. */
export async function writeBytes(file: string, bytes: string | Uint8Array): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, bytes);
}

/** The bytes of a file as a text of one character each, in which no encoding hides a difference. */
export function readBytes(file: string): Promise<string> {
  return fs.readFile(file, 'latin1');
}
