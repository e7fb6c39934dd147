import { setTimeout as wait } from 'node:timers/promises';

/** How long the hand on the workbench waits for anything, in milliseconds. */
export const patience = 15_000;

/** Reads until `find` finds something in what was read, and returns it. Throws with `failure` of the last reading after `limit` ms. */
export async function eventually<Reading, Found>(
  read: () => Promise<Reading>,
  find: (reading: Reading) => Found | undefined,
  failure: (reading: Reading) => string,
  limit = patience,
): Promise<Found> {
  const deadline = performance.now() + limit;
  for (;;) {
    const reading = await read();
    const found = find(reading);
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${failure(reading)} (waited ${limit / 1000} s)`);
    await wait(50);
  }
}
