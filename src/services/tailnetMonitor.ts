import { equal } from '../core/equal.ts';
import { busMask } from '../core/tailnet/ipnBus.ts';
import { decodeStatus } from '../core/tailnet/status.ts';
import type { TailnetState } from '../core/tailnet/tailnet.ts';
import { delay, type Clock } from './clock.ts';
import { Emitter, type Disposable, type Event } from './event.ts';
import { errorText, type Log } from './log.ts';
import type { StatusSource, TailnetReader } from './tailnetReader.ts';

/** Milliseconds. */
export interface MonitorTimes {
  /** How long bus messages are gathered before the status is read again: one change gives up to six of them within a second. */
  readonly gather: number;
  /** Between reads where the daemon does not push. */
  readonly poll: number;
  /** Between reads while the bus is open, should a message ever be lost. */
  readonly safetyPoll: number;
  /** First and last wait after a failure; doubled in between. */
  readonly retryFirst: number;
  readonly retryLast: number;
}

const monitorTimes: MonitorTimes = {
  gather: 100,
  poll: 5_000,
  safetyPoll: 60_000,
  retryFirst: 500,
  retryLast: 5_000,
};

/** Keeps the tailnet's state current: the daemon's bus says when something changed, the status says what. */
export class TailnetMonitor implements Disposable {
  readonly #reader: TailnetReader;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #times: MonitorTimes;
  readonly #changed: Emitter<TailnetState>;
  readonly #ended = new AbortController();
  #state: TailnetState = { kind: 'checking' };
  #since = 0;
  #source: StatusSource | undefined;
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #wake: () => void = () => undefined;

  constructor(reader: TailnetReader, clock: Clock, log: Log, times: MonitorTimes = monitorTimes) {
    this.#reader = reader;
    this.#clock = clock;
    this.#log = log;
    this.#times = times;
    this.#changed = new Emitter((error) => log.error(`tailnet listener: ${errorText(error)}`));
  }

  get state(): TailnetState {
    return this.#state;
  }

  /** Since when the state is as it is; epoch milliseconds. */
  get since(): number {
    return this.#since;
  }

  get onDidChange(): Event<TailnetState> {
    return this.#changed.event;
  }

  start(): void {
    void this.#run(this.#ended.signal);
  }

  /** Reads the status now; resolves when it is in `state`. */
  async refresh(): Promise<void> {
    await this.#read();
    this.#wake();
  }

  dispose(): void {
    this.#ended.abort();
    this.#changed.dispose();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      await this.#read();
      const source = this.#source;
      const mask = source?.via === 'localapi' ? busMask(source.version) : undefined;
      if (source !== undefined && mask !== undefined) {
        const opened = this.#clock.now();
        await this.#follow(source, mask, signal);
        failures = this.#clock.now() - opened > this.#times.retryLast ? 0 : failures + 1;
        await this.#pause(this.#backoff(failures), signal);
      } else {
        failures = source === undefined ? failures + 1 : 0;
        await this.#pause(source === undefined ? this.#backoff(failures) : this.#times.poll, signal);
      }
    }
  }

  #backoff(failures: number): number {
    return Math.min(this.#times.retryFirst * 2 ** Math.max(0, failures - 1), this.#times.retryLast);
  }

  /** Waits, or until `refresh` finds something to do. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await delay(this.#clock, ms, AbortSignal.any([signal, woken.signal]));
    this.#wake = () => undefined;
  }

  /** Reads the status after each message, now and then without one, and soon after a read that failed while the bus is open. */
  async #follow(source: StatusSource, mask: number, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    let failures = 0;
    let waiting: Disposable | undefined;
    const readAfter = (ms: number): void => {
      waiting ??= this.#clock.after(ms, () => {
        waiting = undefined;
        void this.#read().then(() => {
          failures = this.#source === undefined ? failures + 1 : 0;
          if (failures > 0 && !ended.signal.aborted) readAfter(this.#backoff(failures));
        });
      });
    };
    let safety: Disposable | undefined;
    const readNowAndThen = (): void => {
      safety = this.#clock.after(this.#times.safetyPoll, () => {
        readAfter(0);
        readNowAndThen();
      });
    };
    readNowAndThen();
    const reason = await this.#reader.watch(source, mask, () => readAfter(this.#times.gather), signal);
    ended.abort();
    waiting?.dispose();
    safety?.dispose();
    if (!signal.aborted) this.#log.info(`the daemon's bus at ${source.where} ended: ${reason}`);
  }

  /** One read at a time; a call during a read asks for one more after it, so that no change falls between. */
  #read(): Promise<void> {
    if (this.#reading !== undefined) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilCurrent().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readUntilCurrent(): Promise<void> {
    do {
      this.#readAgain = false;
      const reading = await this.#reader.read(this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      if (reading.kind === 'failed') {
        this.#source = undefined;
        this.#publish({ kind: 'unavailable', failure: reading.failure });
      } else {
        this.#source = reading.source;
        const decoded = decodeStatus(reading.document);
        const { where } = reading.source;
        this.#publish(
          decoded.ok
            ? decoded.state
            : { kind: 'unavailable', failure: { kind: 'unexpected-answer', where, detail: decoded.reason } },
        );
      }
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set by #read while this awaited
    } while (this.#readAgain);
  }

  #publish(state: TailnetState): void {
    if (equal(state, this.#state)) return;
    if (summary(state) !== summary(this.#state)) this.#log.info(summary(state));
    this.#state = state;
    this.#since = this.#clock.now();
    this.#changed.fire(state);
  }
}

function summary(state: TailnetState): string {
  switch (state.kind) {
    case 'checking':
      return 'tailnet: checking';
    case 'unavailable':
      return `tailnet: ${state.failure.kind} at ${state.failure.where}: ${state.failure.detail}`;
    case 'off':
      return `tailnet: the daemon is in state ${state.backendState}`;
    case 'running':
      return `tailnet: ${state.tailnet.name}, ${state.tailnet.peers.length} peers`;
  }
}
