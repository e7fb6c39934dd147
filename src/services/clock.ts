import type { Disposable } from './event.ts';

/** Time, as a port. Milliseconds throughout. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms`, unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};

/** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
export function delay(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      timer.dispose();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(ms, finish);
    signal.addEventListener('abort', finish);
  });
}

/** What a task comes to; undefined as soon as nobody waits for it. Rejects as the task does. */
export function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(undefined);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    void task.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/** Resolves when the task ends, to true, or after `ms`, to false, whichever comes first. Rejects as the task does. */
export async function atMost(clock: Clock, ms: number, task: Promise<unknown>): Promise<boolean> {
  const limit = new AbortController();
  try {
    return await Promise.race([task.then(() => true), delay(clock, ms, limit.signal).then(() => false)]);
  } finally {
    limit.abort();
  }
}
