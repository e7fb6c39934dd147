import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** Messages within so many milliseconds that make a flood. One change of the tailnet gives up to six. */
const floodMessages = 500;
const floodWindow = 10_000;

/** Writes each kind of trouble with the bus down once, until the bus has been well again. */
export class BusTroubles {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #wellAfter: number;
  readonly #said = new Set<string>();
  #windowStart = 0;
  #inWindow = 0;

  /** `wellAfter` in milliseconds: a bus that lived so long without a flood was well. */
  constructor(clock: Clock, log: Log, wellAfter: number) {
    this.#clock = clock;
    this.#log = log;
    this.#wellAfter = wellAfter;
  }

  /** Whatever a message says, many of them are work for this machine. */
  countMessage(where: string): void {
    const now = this.#clock.now();
    if (now - this.#windowStart >= floodWindow) {
      // A whole window without a flood ends it.
      if (this.#inWindow < floodMessages || now - this.#windowStart >= 2 * floodWindow) this.#said.delete('flood');
      this.#windowStart = now;
      this.#inWindow = 0;
    }
    this.#inWindow += 1;
    if (this.#inWindow !== floodMessages) return;
    this.#say(
      'flood',
      `the daemon's bus at ${where} floods: ${floodMessages} messages within ${floodWindow / 1000} s; what they tell is read together`,
    );
  }

  /** A bus that was open since `openedAt` (epoch milliseconds; undefined where it never was) has ended. */
  ended(where: string, reason: string, openedAt: number | undefined): void {
    if (openedAt !== undefined && this.#clock.now() - openedAt >= this.#wellAfter) {
      for (const kind of this.#said) if (kind !== 'flood') this.#said.delete(kind);
    }
    this.#say('ended', `the daemon's bus at ${where} ended: ${reason}; the status is read until it opens again`);
  }

  /** A daemon of this version gives no bus, although it has one. */
  refused(where: string, version: string, reason: string): void {
    this.#say(
      `refused by ${version} at ${where}`,
      `the daemon's bus at ${where} is refused: ${reason}; the status is read every few seconds instead`,
    );
  }

  /** A status that nothing pushes. */
  polled(where: string, version: string): void {
    const why =
      version === '' ? 'gives a status and nothing else' : `is Tailscale ${version}, which does not push changes`;
    this.#say(`polled from ${version} at ${where}`, `what answers at ${where} ${why}: it is read every few seconds`);
  }

  #say(kind: string, text: string): void {
    if (this.#said.has(kind)) return;
    this.#said.add(kind);
    this.#log.info(text);
  }
}
