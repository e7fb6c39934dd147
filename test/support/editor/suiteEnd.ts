import net from 'node:net';
import { text } from 'node:stream/consumers';

/** How the suite in the extension host ended. */
export type SuiteEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'died' }
  | { readonly kind: 'neverStarted' }
  | { readonly kind: 'timedOut' };

export interface SuiteLimits {
  /** How long the workbench and the extension host may take until the suite starts, in milliseconds. */
  readonly start: number;
  /** How long the suite may take then, in milliseconds. */
  readonly suite: number;
}

/** Waits on a socket for the runner in the extension host: `start` listens, `onEnd` is called once, `stop` ends listening. */
export class SuiteWatch {
  readonly #limits: SuiteLimits;
  readonly #onEnd: (end: SuiteEnd) => void;
  readonly #server: net.Server;
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(limits: SuiteLimits, onEnd: (end: SuiteEnd) => void) {
    this.#limits = limits;
    this.#onEnd = onEnd;
    this.#server = net.createServer((socket) => {
      this.#endAfter(limits.suite, { kind: 'timedOut' });
      const died = (): void => {
        this.#end({ kind: 'died' });
      };
      text(socket).then((code) => {
        if (/^\d+$/.test(code)) this.#end({ kind: 'exited', code: Number(code) });
        else died();
      }, died);
    });
  }

  async start(socketPath: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(socketPath, resolve);
    });
    this.#endAfter(this.#limits.start, { kind: 'neverStarted' });
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#server.close();
  }

  #endAfter(milliseconds: number, end: SuiteEnd): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#end(end);
    }, milliseconds);
  }

  #end(end: SuiteEnd): void {
    if (this.#over) return;
    this.stop();
    this.#onEnd(end);
  }
}
