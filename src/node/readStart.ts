import { open } from 'node:fs/promises';

/** The first bytes of a file, at most so many, as UTF-8. Rejects as the system does. */
export async function readStart(path: string, limitBytes: number): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limitBytes), 0, limitBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
