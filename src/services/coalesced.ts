/** A task that runs once at a time. A call while it runs asks for one more run after it, so that no change falls between. */
export class Coalesced {
  readonly #task: () => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** Resolves when a run that began after this call is over. Rejects as the task does. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#runUntilCurrent().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runUntilCurrent(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#task();
    }
  }
}
