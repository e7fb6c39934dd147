import fs from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How long one process waits for another that installs the same thing, in milliseconds. */
const patience = 15 * 60_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await fs.writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // A holder that was killed left its file: the next one clears it away. An empty file is one that is being written.
  const holder = Number(await fs.readFile(lock, 'utf8').catch(() => ''));
  if (holder > 0 && !isAlive(holder)) await fs.rm(lock, { force: true });
  return false;
}

/** Runs `work` while no other process of this machine runs it for the same `target`. Throws when another one takes over 15 minutes. */
export async function withInstallLock(target: string, work: () => Promise<void>): Promise<void> {
  const lock = `${target}.lock`;
  const deadline = performance.now() + patience;
  while (!(await take(lock))) {
    if (performance.now() > deadline) throw new Error(`Another process holds ${lock}. If there is none, delete it.`);
    await wait(200);
  }
  try {
    await work();
  } finally {
    await fs.rm(lock, { force: true });
  }
}
