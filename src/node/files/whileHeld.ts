import { setTimeout as pause } from 'node:timers/promises';

import { systemCode } from './fileErrors.ts';

/** Windows keeps a file in its place while an editor, a virus scanner or an indexer has it open, mostly for milliseconds. 1 s in all. */
const usualPauses = process.platform === 'win32' ? [10, 20, 40, 80, 150, 300, 400] : [];

/** Tries again after each of `pauses`, in milliseconds, what is refused because another program has the file open. Rejects as the last try. */
export async function whileHeld<T>(attempt: () => T | Promise<T>, pauses: readonly number[] = usualPauses): Promise<T> {
  for (const ms of pauses) {
    try {
      return await attempt();
    } catch (error) {
      if (!/^(EBUSY|EPERM|EACCES)$/.test(systemCode(error) ?? '')) throw error;
    }
    await pause(ms);
  }
  return attempt();
}
