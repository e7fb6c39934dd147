import { equal } from '../../core/equal.ts';
import { mayBeRestarting } from '../../core/tailnet/restart.ts';
import type { TailnetState } from '../../core/tailnet/tailnet.ts';
import type { Clock } from '../clock.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { errorText, type Log } from '../log.ts';

/**
 * The state that everybody is shown. Nothing in it is older than what was read, but for one case: a daemon that is restarted is away for
 * less than a second, and until then (`settle`) the tailnet that was there stays, so that nothing flashes.
 */
export class PublishedTailnet implements Disposable {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #settle: number;
  readonly #changed: Emitter<TailnetState>;
  #state: TailnetState = { kind: 'checking' };
  #since = 0;
  #changedAt = 0;
  #held: { state: TailnetState; readonly since: number; readonly timer: Disposable } | undefined;

  /** `settle` in milliseconds. */
  constructor(clock: Clock, log: Log, settle: number) {
    this.#clock = clock;
    this.#log = log;
    this.#settle = settle;
    this.#changed = new Emitter((error) => log.error(`tailnet listener: ${errorText(error)}`));
  }

  get state(): TailnetState {
    return this.#state;
  }

  /** Since when the situation is this one: this tailnet, this state of the backend, this kind of failure. Epoch milliseconds. */
  get since(): number {
    return this.#since;
  }

  /** When anything in `state` was last seen to change; epoch milliseconds. */
  get changedAt(): number {
    return this.#changedAt;
  }

  get onDidChange(): Event<TailnetState> {
    return this.#changed.event;
  }

  /** Takes what was read; listeners hear of it only when it is another state. */
  offer(state: TailnetState): void {
    if (this.#held !== undefined && mayBeRestarting(this.#state, state)) {
      this.#held.state = state;
    } else if (mayBeRestarting(this.#state, state)) {
      const timer = this.#clock.after(this.#settle, () => this.publishHeld());
      this.#held = { state, since: this.#clock.now(), timer };
    } else {
      this.#drop();
      this.#publish(state, this.#clock.now());
    }
  }

  /** Waits no longer for a daemon that may be restarting. */
  publishHeld(): void {
    const held = this.#held;
    this.#drop();
    if (held !== undefined) this.#publish(held.state, held.since);
  }

  dispose(): void {
    this.#drop();
    this.#changed.dispose();
  }

  #drop(): void {
    this.#held?.timer.dispose();
    this.#held = undefined;
  }

  #publish(state: TailnetState, at: number): void {
    const before = this.#state;
    if (equal(state, before)) return;
    if (summary(state) !== summary(before)) this.#log.info(summary(state));
    if (situation(state) !== situation(before)) this.#since = at;
    this.#changedAt = at;
    this.#state = state;
    this.#changed.fire(state);
  }
}

function situation(state: TailnetState): string {
  switch (state.kind) {
    case 'checking':
      return '';
    case 'unavailable':
      return state.failure.kind;
    case 'off':
      return state.backendState;
    case 'running':
      return `tailnet ${state.tailnet.name}`;
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
