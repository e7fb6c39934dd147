type Step = () => Promise<void> | void;

/**
 * The one owner of what a run started. Everything is ended in the reverse order of its start, a step that fails does not keep
 * the others, and between `start` and `run` that also happens when this process is told to stop by SIGINT or SIGTERM.
 */
export class Cleanup {
  readonly #steps: Step[] = [];
  #running: Promise<void> | undefined;

  /** Adds a step. Add it before what it ends is started, so that a start that fails or is interrupted is ended too. */
  add(step: Step): void {
    this.#steps.push(step);
  }

  start(): void {
    process.on('SIGINT', this.#stop);
    process.on('SIGTERM', this.#stop);
  }

  /** Ends everything, once, whoever asks and how often. Throws the first error after the last step. */
  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  readonly #stop = (signal: NodeJS.Signals): void => {
    void this.run()
      .catch((error: unknown) => {
        console.error(error);
      })
      .finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };

  async #runAll(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    process.off('SIGINT', this.#stop);
    process.off('SIGTERM', this.#stop);
    if (errors.length > 0) throw errors[0];
  }
}

/** Runs `work` and then ends what it added to the cleanup, also when it fails. */
export async function withCleanup<T>(work: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = new Cleanup();
  cleanup.start();
  try {
    return await work(cleanup);
  } finally {
    await cleanup.run();
  }
}
