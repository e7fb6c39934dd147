import { readlink, stat } from 'node:fs/promises';

import type { FileAnswer, Machine } from './machine.ts';
import { readStart } from './readStart.ts';
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
    readText: (path) => answer(() => readStart(path, textBytes)),
    readLink: (path) => answer(() => readlink(path)),
    run: runProgram,
  };
}

async function answer<T>(look: () => Promise<T>): Promise<FileAnswer<T>> {
  try {
    return { ok: true, value: await look() };
  } catch (error) {
    return { ok: false, code: error instanceof Error && 'code' in error ? String(error.code) : 'EIO' };
  }
}
