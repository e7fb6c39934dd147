/** Milliseconds for which the first call may be silent before the second one begins beside it. */
const patience = 1_000;

/**
 * A call that is made when the first one fails, and begins already when that one takes long: who is silent to both is not waited for twice.
 */
export class SecondOpinion<T> {
  readonly #ask: (signal: AbortSignal) => Promise<T>;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #asked: Promise<T> | undefined;

  /** `ask` never rejects. */
  constructor(ask: (signal: AbortSignal) => Promise<T>) {
    this.#ask = ask;
    this.#timer = setTimeout(() => void this.take(), patience);
  }

  take(): Promise<T> {
    clearTimeout(this.#timer);
    return (this.#asked ??= this.#ask(this.#stop.signal));
  }

  /** Nobody wants it any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }
}
