import type { Request, RequestHandler } from 'express';

/** Stands in front of a server: while it is shut, requests wait there; some find nobody there at all. */
export class Door {
  readonly #waiting = new Set<() => void>();
  #shut = false;
  #most = 0;

  /** Requests that wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** The most that ever waited at once. */
  get most(): number {
    return this.#most;
  }

  /** Which requests are hung up on. */
  isGone: (request: Request) => boolean = () => false;

  readonly handler: RequestHandler = (request, response, next) => {
    if (this.isGone(request)) {
      response.destroy();
      return;
    }
    if (!this.#shut) {
      next();
      return;
    }
    this.#waiting.add(next);
    this.#most = Math.max(this.#most, this.#waiting.size);
    response.once('close', () => this.#waiting.delete(next));
  };

  shut(): void {
    this.#shut = true;
  }

  /** Lets those in that wait, and everybody who comes. */
  open(): void {
    this.#shut = false;
    this.admit(this.#waiting.size);
  }

  /** Lets so many of those in that wait, the first ones. */
  admit(count: number): void {
    for (const enter of [...this.#waiting].slice(0, count)) {
      this.#waiting.delete(enter);
      enter();
    }
  }
}
