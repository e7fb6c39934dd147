import type {
  BusEnd,
  BusEvent,
  StatusReading,
  StatusSource,
  TailnetReader,
} from '../../../src/services/tailnet/tailnetReader.ts';
import { demoStatus, type StatusDocument } from '../../support/demo/demoStatus.ts';
import type { ManualClock } from './manualClock.ts';

/** A status with peers of these names. */
export function statusWith(names: readonly string[]): StatusDocument {
  return demoStatus({
    tailnet: 'alice@example.com',
    suffix: 'tail1a2b3.ts.net',
    self: { name: 'laptop', number: 1, os: 'linux' },
    peers: names.map((name, index) => ({ name, number: index + 11, os: 'linux' })),
  });
}

/** A daemon and the way to it, in the time of a clock that goes only when it is told to: for hours of faults within a second. */
export class ModelDaemon implements TailnetReader {
  status = statusWith([]);
  version = '1.102.3';
  via: StatusSource['via'] = 'localapi';
  isUp = true;
  refusesBus = false;
  /** Milliseconds that pass while a status is read. */
  cost = 0;
  /** When each read began, epoch milliseconds. */
  readonly reads: number[] = [];
  readonly #clock: ManualClock;
  readonly #watchers = new Map<(event: BusEvent) => void, (end: BusEnd) => void>();
  #opened = 0;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** How often the bus was asked for. */
  get opened(): number {
    return this.#opened;
  }

  async read(signal: AbortSignal): Promise<StatusReading> {
    this.reads.push(this.#clock.now());
    if (this.cost > 0) {
      await new Promise<void>((resolve) => {
        const timer = this.#clock.after(this.cost, resolve);
        signal.addEventListener('abort', () => {
          timer.dispose();
          resolve();
        });
      });
    } else await Promise.resolve();
    const where = '/run/d.sock';
    if (!this.isUp || signal.aborted)
      return { kind: 'failed', failure: { kind: 'killed', where, detail: 'ECONNREFUSED' } };
    const { via, version } = this;
    return { kind: 'read', document: this.status, source: { via, where, version: via === 'cli' ? '' : version } };
  }

  watch(
    _source: StatusSource,
    _mask: number,
    onEvent: (event: BusEvent) => void,
    signal: AbortSignal,
  ): Promise<BusEnd> {
    this.#opened += 1;
    if (!this.isUp) return Promise.resolve({ kind: 'ended', reason: 'ECONNREFUSED' });
    if (this.refusesBus) return Promise.resolve({ kind: 'refused', reason: 'status 403: no' });
    return new Promise((resolve) => {
      const end = (why: BusEnd): void => {
        this.#watchers.delete(onEvent);
        resolve(why);
      };
      this.#watchers.set(onEvent, end);
      signal.addEventListener('abort', () => end({ kind: 'ended', reason: 'aborted' }));
      onEvent('opened');
    });
  }

  tell(event: BusEvent): void {
    for (const onEvent of this.#watchers.keys()) onEvent(event);
  }

  cut(): void {
    for (const end of [...this.#watchers.values()]) end({ kind: 'ended', reason: 'cut' });
  }
}
