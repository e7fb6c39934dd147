import type { Clock } from '../../../src/services/clock.ts';
import type { Disposable } from '../../../src/services/event.ts';

/** A clock that goes only when it is told to. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ at: number; readonly callback: () => void }>();

  constructor(start = 1_000_000) {
    this.#now = start;
  }

  /** Timers that have neither run nor been disposed. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): Disposable {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  /** Lets `ms` pass: every timer that falls due runs at its own time, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = end;
  }

  /** The machine sleeps: the clock on the wall goes on, and the timers stand still. */
  sleep(ms: number): void {
    this.#now += ms;
    const timers = [...this.#timers];
    for (const timer of timers) timer.at += ms;
  }
}
