import { open, readlink, stat } from 'node:fs/promises';

import type { FileAnswer, Machine } from './machine.ts';
import { runProgram } from './runProgram.ts';

const textBytes = 64 * 1024;

/** The machine on which the extension runs. */
export function hostMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    uid: process.getuid?.(),
    stat: (path) =>
      answer(async () => {
        const found = await stat(path);
        return { uid: found.uid, isSocket: found.isSocket() };
      }),
    readText: (path) => answer(() => readStart(path)),
    readLink: (path) => answer(() => readlink(path)),
    run: (command, signal) => runProgram(command, signal),
  };
}

async function readStart(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(textBytes), 0, textBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function answer<T>(look: () => Promise<T>): Promise<FileAnswer<T>> {
  try {
    return { ok: true, value: await look() };
  } catch (error) {
    return { ok: false, code: error instanceof Error && 'code' in error ? String(error.code) : 'EIO' };
  }
}
