import { busMask } from '../../core/tailnet/ipnBus.ts';
import { decodeStatus } from '../../core/tailnet/status.ts';
import type { TailnetState } from '../../core/tailnet/tailnet.ts';
import { backoff } from '../backoff.ts';
import { BusFollower, type FollowEnd } from './busFollower.ts';
import { BusTroubles } from './busTroubles.ts';
import { delay, type Clock } from '../clock.ts';
import { Coalesced } from '../coalesced.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { errorText, type Log } from '../log.ts';
import { monitorTimes, type MonitorTimes } from './monitorTimes.ts';
import { PublishedTailnet } from './publishedTailnet.ts';
import type { StatusReading, StatusSource, TailnetReader } from './tailnetReader.ts';

/** Keeps the tailnet's state current: the daemon's bus says when something changed, the status says what. */
export class TailnetMonitor implements Disposable {
  readonly #reader: TailnetReader;
  readonly #clock: Clock;
  readonly #times: MonitorTimes;
  readonly #random: () => number;
  readonly #published: PublishedTailnet;
  readonly #troubles: BusTroubles;
  readonly #preferences: Emitter<undefined>;
  readonly #reads = new Coalesced(() => this.#readOnce());
  readonly #ended = new AbortController();
  #source: StatusSource | undefined;
  #follower: BusFollower | undefined;
  #refused: { readonly source: StatusSource; readonly until: number } | undefined;
  #focused = true;
  #readAt = 0;
  #preferencesChanged = false;
  #wake: () => void = () => undefined;

  /** `random` gives numbers from 0 to below 1. */
  constructor(
    reader: TailnetReader,
    clock: Clock,
    log: Log,
    times: MonitorTimes = monitorTimes,
    random: () => number = Math.random,
  ) {
    this.#reader = reader;
    this.#clock = clock;
    this.#times = times;
    this.#random = random;
    this.#published = new PublishedTailnet(clock, log, times.settle);
    this.#preferences = new Emitter((error) => log.error(`preferences listener: ${errorText(error)}`));
    this.#troubles = new BusTroubles(clock, log, times.wellAfter);
  }

  get state(): TailnetState {
    return this.#published.state;
  }

  /** The daemon that gave the last status; undefined where none did. */
  get source(): StatusSource | undefined {
    return this.#source;
  }

  /** Since when the situation is this one: this tailnet, this state of the backend, this kind of failure. Epoch milliseconds. */
  get since(): number {
    return this.#published.since;
  }

  /** When anything in `state` was last seen to change, such as a peer; epoch milliseconds. */
  get changedAt(): number {
    return this.#published.changedAt;
  }

  get onDidChange(): Event<TailnetState> {
    return this.#published.onDidChange;
  }

  /**
   * This machine's own preferences have changed, such as whether it takes Tailscale's DNS: what can be reached from here may be another
   * thing now, although the status is the same. Told after the read that follows.
   */
  get onDidChangePreferences(): Event<undefined> {
    return this.#preferences.event;
  }

  start(): void {
    void this.#run(this.#ended.signal);
  }

  /** Whether somebody looks: if not, a daemon that does not push is read seldom. Until told otherwise, somebody does. */
  setFocused(focused: boolean): void {
    const comesBack = focused && !this.#focused;
    this.#focused = focused;
    if (comesBack && this.#clock.now() - this.#readAt > this.#times.stale) void this.catchUp();
  }

  /** Reads the status now, as after a sleep of the machine. Resolves when it is read. */
  async catchUp(): Promise<void> {
    await (this.#follower?.read() ?? this.#reads.run());
    this.#wake();
  }

  /** Reads the status now, for somebody who waits for it; resolves when it is in `state`. */
  async refresh(): Promise<void> {
    await this.catchUp();
    this.#published.publishHeld();
  }

  dispose(): void {
    this.#ended.abort();
    this.#published.dispose();
    this.#preferences.dispose();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      await this.#reads.run();
      const source = this.#source;
      const mask = source && this.#maskFor(source);
      if (source === undefined) {
        failures += 1;
        await this.#pause(this.#backoff(failures), signal);
      } else if (mask === undefined) {
        failures = 0;
        await this.#pause(this.#pollWait(source), signal);
      } else {
        const end = await this.#follow(source, mask, signal);
        const { openedAt = this.#clock.now() } = end;
        failures = this.#clock.now() - openedAt >= this.#times.wellAfter ? 1 : failures + 1;
        // After a bus that was well the daemon is asked at once: it may be gone, or have cut this one watch only.
        if (end.kind !== 'refused' && failures > 1) await this.#pause(this.#backoff(failures - 1), signal);
      }
    }
  }

  /** Undefined where the status is to be polled: no bus, none that helps, or one that was refused not long ago. */
  #maskFor(source: StatusSource): number | undefined {
    const mask = source.via === 'localapi' ? busMask(source.version) : undefined;
    if (mask === undefined) this.#troubles.polled(source.where, source.version);
    const isRefused =
      this.#refused?.source.where === source.where &&
      this.#refused.source.version === source.version &&
      this.#clock.now() < this.#refused.until;
    return isRefused ? undefined : mask;
  }

  async #follow(source: StatusSource, mask: number, signal: AbortSignal): Promise<FollowEnd> {
    const { where, version } = source;
    const follower = new BusFollower(source, {
      reader: this.#reader,
      clock: this.#clock,
      times: this.#times,
      backoff: (failures) => this.#backoff(failures),
      onEvent: (event) => {
        this.#troubles.countMessage(where);
        if (event === 'preferences') this.#preferencesChanged = true;
      },
      read: async () => {
        await this.#reads.run();
        return this.#source;
      },
    });
    this.#follower = follower;
    const end = await follower.follow(mask, signal);
    this.#follower = undefined;
    if (signal.aborted || end.kind === 'moved') return end;
    if (end.kind === 'refused') {
      this.#refused = { source, until: this.#clock.now() + this.#times.refusal };
      this.#troubles.refused(where, version, end.reason);
    } else {
      this.#troubles.ended(where, end.reason, end.openedAt);
    }
    return end;
  }

  #backoff(failures: number): number {
    const { retryFirst: first, retryLast, retryLastUnseen } = this.#times;
    return backoff(failures, { first, last: this.#focused ? retryLast : retryLastUnseen }, this.#random);
  }

  #pollWait({ via }: StatusSource): number {
    if (!this.#focused) return this.#times.safetyPoll;
    return via === 'cli' ? this.#times.programPoll : this.#times.poll;
  }

  /** Waits, or until `catchUp` finds something to do. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await delay(this.#clock, ms, AbortSignal.any([signal, woken.signal]));
    this.#wake = () => undefined;
  }

  async #readOnce(): Promise<void> {
    const reading = await this.#reader.read(this.#ended.signal);
    if (this.#ended.signal.aborted) return;
    this.#source = reading.kind === 'read' ? reading.source : undefined;
    this.#readAt = this.#clock.now();
    this.#published.offer(stateOf(reading, this.#published.state));
    if (!this.#preferencesChanged) return;
    this.#preferencesChanged = false;
    this.#preferences.fire(undefined);
  }
}

/** What did not change since `previous` keeps its identity. */
function stateOf(reading: StatusReading, previous: TailnetState): TailnetState {
  if (reading.kind === 'failed') return { kind: 'unavailable', failure: reading.failure };
  const decoded = decodeStatus(reading.document, previous, reading.serve);
  if (decoded.ok) return decoded.state;
  const { where } = reading.source;
  const kind = decoded.kind === 'unknown-state' ? 'unknown-state' : 'unexpected-answer';
  return { kind: 'unavailable', failure: { kind, where, detail: decoded.reason } };
}
