import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until `read` gives something else than undefined or false, and returns it. Rejects with `what` after `limit` ms. */
export async function eventually<T>(
  what: string,
  read: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 5_000,
): Promise<T> {
  const deadline = performance.now() + limit;
  for (;;) {
    const found = await read();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${limit / 1000} s: ${what}`);
    await wait(5);
  }
}
