import { mkdir, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { ifThere, systemCode } from './fileErrors.ts';

/** Milliseconds between two tries. */
const interval = 5;
/** Milliseconds after which a lock is taken for one that a process left behind when it was killed: no task takes nearly as long. */
const longest = 5_000;

/**
 * Does a task while no other process does one under the same lock: a folder, because of several that make it only one succeeds, on every
 * system. The folders above it are made.
 */
export async function withLock<T>(lock: string, task: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(lock), { recursive: true });
  while (!(await isTaken(lock))) await pause(interval);
  try {
    return await task();
  } finally {
    await ifThere(() => rmdir(lock));
  }
}

/** Whether the lock is this process's from now on. */
async function isTaken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    const made = await ifThere(() => stat(lock));
    if (made !== undefined && Date.now() - made.mtimeMs > longest) await ifThere(() => rmdir(lock));
    return false;
  }
}
