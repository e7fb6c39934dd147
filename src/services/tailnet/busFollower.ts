import type { Clock } from '../clock.ts';
import type { Disposable } from '../event.ts';
import type { BusEnd, BusEvent, StatusSource, TailnetReader } from './tailnetReader.ts';

/**
 * After a read that took so long, the next one waits this many times as long: under a flood at most a fifth of the time goes into reads,
 * however many peers a status has. The first change after a quiet time is read after `gather` alone.
 */
const restAfterRead = 4;

export interface FollowerParts {
  readonly reader: TailnetReader;
  readonly clock: Clock;
  /** Reads the status; resolves with its source, undefined where none could be read. */
  readonly read: () => Promise<StatusSource | undefined>;
  /** The wait after so many failed reads in a row, in milliseconds. */
  readonly backoff: (failures: number) => number;
  readonly onEvent: (event: BusEvent) => void;
  /** Milliseconds, as in `MonitorTimes`. */
  readonly times: { readonly gather: number; readonly safetyPoll: number };
}

/** `moved`: the status comes from another place or another daemon now. `openedAt` is absent where the bus never opened. */
export interface FollowEnd {
  readonly kind: BusEnd['kind'] | 'moved';
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly openedAt?: number;
}

/** Holds one bus open, and reads the status when it is time to: after messages, soon after a failure, else now and then. */
export class BusFollower {
  readonly #parts: FollowerParts;
  readonly #source: StatusSource;
  readonly #moved = new AbortController();
  #next: { readonly at: number; readonly timer: Disposable } | undefined;
  #reading = 0;
  #failures = 0;
  #restUntil = 0;
  #changed = false;
  #ended = false;

  constructor(source: StatusSource, parts: FollowerParts) {
    this.#source = source;
    this.#parts = parts;
  }

  /** Called once; resolves when this bus is over. */
  async follow(mask: number, signal: AbortSignal): Promise<FollowEnd> {
    const { reader, clock, times, onEvent } = this.#parts;
    let openedAt: number | undefined;
    this.#readIn(times.safetyPoll);
    const end = await reader.watch(
      this.#source,
      mask,
      (event) => {
        // The daemon tells a new watcher nothing of what happened between the read before and the opening.
        if (event === 'opened') openedAt = clock.now();
        else onEvent(event);
        if (event !== 'nothing') this.#readSoon();
      },
      AbortSignal.any([signal, this.#moved.signal]),
    );
    this.#ended = true;
    this.#next?.timer.dispose();
    const { kind, reason } = this.#moved.signal.aborted ? { kind: 'moved' as const, reason: '' } : end;
    return { kind, reason, ...(openedAt === undefined ? {} : { openedAt }) };
  }

  /** Reads at once, whatever is due; resolves when that is done. */
  async read(): Promise<void> {
    const { clock, times, backoff } = this.#parts;
    const began = clock.now();
    this.#reading += 1;
    this.#changed = false;
    const source = await this.#parts.read();
    this.#reading -= 1;
    if (this.#ended) return;
    if (source !== undefined && !isSame(source, this.#source)) this.#moved.abort();
    this.#failures = source === undefined ? this.#failures + 1 : 0;
    const now = clock.now();
    const retry = source === undefined ? backoff(this.#failures) : undefined;
    this.#restUntil = now + (retry ?? (now - began) * restAfterRead);
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set by a message while this awaited
    if (this.#changed) this.#readSoon();
    else this.#readIn(retry ?? times.safetyPoll);
  }

  #readSoon(): void {
    this.#changed = true;
    const { clock, times } = this.#parts;
    if (this.#reading === 0) this.#readIn(Math.max(times.gather, this.#restUntil - clock.now()));
  }

  /** The earlier of what is due and this. */
  #readIn(ms: number): void {
    const { clock } = this.#parts;
    const at = clock.now() + ms;
    if (this.#ended || (this.#next !== undefined && this.#next.at <= at)) return;
    this.#next?.timer.dispose();
    const timer = clock.after(ms, () => {
      this.#next = undefined;
      void this.read();
    });
    this.#next = { at, timer };
  }
}

function isSame(one: StatusSource, other: StatusSource): boolean {
  return one.via === other.via && one.where === other.where && one.version === other.version;
}
