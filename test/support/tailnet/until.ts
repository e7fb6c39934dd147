import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until `probe` gives something else than undefined. After the deadline (milliseconds) it rejects with
 * `what` and, when the last probe failed, why.
 */
export async function until<T>(what: string, probe: () => Promise<T | undefined>, deadline = 20_000): Promise<T> {
  const end = performance.now() + deadline;
  let cause: unknown;
  while (performance.now() < end) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(25);
  }
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  throw new Error(`Not within ${deadline / 1000} s: ${what}${why}`, { cause });
}
