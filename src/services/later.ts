import type { Disposable } from './event.ts';
import { errorText, type Log } from './log.ts';

/** Something that is loaded after activation: who needs it waits for it, and whoever ends it ends it even while it loads. */
export class Later<T extends Disposable> implements Disposable {
  readonly #what: string;
  readonly #loading: Promise<T | undefined>;
  #disposed = false;

  /** `what` is its name in messages, with an article. */
  constructor(what: string, load: () => Promise<T>, log: Pick<Log, 'error'>) {
    this.#what = what;
    // In a turn of its own: Node reads the file of a dynamic import synchronously, and whoever makes this is in a hurry.
    this.#loading = Promise.resolve()
      .then(load)
      .then(
        (loaded) => {
          if (!this.#disposed) return loaded;
          loaded.dispose();
          return undefined;
        },
        (error: unknown) => {
          log.error(`${what} could not be loaded: ${errorText(error)}`);
          return undefined;
        },
      );
  }

  /** Undefined where loading failed or the end came first. */
  async get(): Promise<T | undefined> {
    return this.#disposed ? undefined : this.#loading;
  }

  /** For a command, which cannot do without it: throws what its user is told where it is not there; the log has the reason. */
  async need(): Promise<T> {
    const loaded = await this.get();
    if (loaded === undefined) throw new Error(`${this.#what} could not be loaded. Reload the window.`);
    return loaded;
  }

  /** Calls `use` as soon as it is there, if it ever is. */
  whenLoaded(use: (loaded: T) => void): void {
    void this.get().then((loaded) => {
      // The end may have come between the two.
      if (loaded !== undefined && !this.#disposed) use(loaded);
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    void this.#loading.then((loaded) => loaded?.dispose());
    this.#disposed = true;
  }
}
