/** Ends what it stands for; calling it twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener; the same shape as `vscode.Event`, so that either can stand for the other. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** The owner's end of an event. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => unknown>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that the same function subscribed twice is heard twice and ended once each.
    const own = (value: T): unknown => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
