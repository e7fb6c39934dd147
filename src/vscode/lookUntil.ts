import { atMost, delay, systemClock } from '../services/clock.ts';

/** Milliseconds between two looks at something of which the editor sends no event. */
const interval = 200;

export interface LookOptions {
  /** Milliseconds. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Called after each look that failed. The editor's command may wait for its user, and this does not wait with it. */
  readonly attempt?: () => Promise<unknown>;
}

/** Looks until the condition holds; false when it does not in time, or nobody waits for it any more. */
export async function lookUntil(
  holds: () => boolean | Promise<boolean>,
  { limit, signal, attempt }: LookOptions,
): Promise<boolean> {
  const deadline = systemClock.now() + limit;
  while (!(await holds())) {
    if (systemClock.now() > deadline || signal.aborted) return false;
    if (attempt !== undefined) await atMost(systemClock, limit, attempt());
    await delay(systemClock, interval, signal);
  }
  return true;
}
