import type { Disposable } from './event.ts';

/** Something that is loaded after activation: who needs it waits for it, and whoever ends it ends it even while it loads. */
export class Later<T extends Disposable> implements Disposable {
  readonly #loading: Promise<T | undefined>;
  #disposed = false;

  constructor(load: () => Promise<T>, onError: (error: unknown) => void) {
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
          onError(error);
          return undefined;
        },
      );
  }

  /** Undefined where loading failed or the end came first. */
  async get(): Promise<T | undefined> {
    return this.#disposed ? undefined : this.#loading;
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
