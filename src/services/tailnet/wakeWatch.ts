import type { Clock } from '../clock.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { errorText, type Log } from '../log.ts';

/** Milliseconds between two looks at the clock: news of a wake is not older than this. */
const tick = 500;

/** A tick that comes so many milliseconds late means that the machine slept. */
const lateness = 3_000;

/**
 * Notices that the machine slept: timers stand still then, the clock on the wall does not. It looks only while the window has the
 * focus, so that an editor in the background sets no timer; who comes back to it makes it look anew anyway.
 */
export class WakeWatch implements Disposable {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #woke: Emitter<undefined>;
  #timer: Disposable | undefined;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
    this.#woke = new Emitter((error) => log.error(`wake listener: ${errorText(error)}`));
  }

  get onDidWake(): Event<undefined> {
    return this.#woke.event;
  }

  setFocused(focused: boolean): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (focused) this.#look();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#woke.dispose();
  }

  #look(): void {
    const due = this.#clock.now() + tick;
    this.#timer = this.#clock.after(tick, () => {
      const late = this.#clock.now() - due;
      this.#look();
      if (late <= lateness) return;
      this.#log.info(`this machine slept for about ${Math.round(late / 1000)} s`);
      this.#woke.fire(undefined);
    });
  }
}
