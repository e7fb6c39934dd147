import type { NameLookups } from '../../core/tailnet/zone.ts';
import type { Clock } from '../clock.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { Gate } from '../gate.ts';
import { errorText, type Log } from '../log.ts';

/**
 * The system's resolver, as a port: all addresses of a name, none when it has none or no answer came in time. `signal` ends the wait; a
 * rejection counts as no answer.
 */
export type NameResolver = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

const concurrency = 2;
const namesLimit = 1_000;
/** Milliseconds for which an answer holds; a missing answer is asked for again sooner. */
const answerLifetime = 10 * 60_000;
const silenceLifetime = 60_000;
/** Milliseconds after which a name that no document holds any more gives way to a new one. */
const unwantedAfter = 60_000;

/** What is known of one name's question. Times are the clock's. */
interface Question {
  readonly wantedAt: number;
  /** Infinity while it is being asked. */
  readonly askAgainAt: number;
}

/** What the system's resolver says of the names that documents hold; bounded and cached. Asks only in trusted workspaces. */
export class NameDirectory implements Disposable {
  readonly #resolve: NameResolver;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changed: Emitter<NameLookups>;
  readonly #gate = new Gate(concurrency);
  readonly #ended = new AbortController();
  /** The name that was wanted longest ago comes first. */
  readonly #questions = new Map<string, Question>();
  #lookups: NameLookups = new Map();
  #allowed = false;
  /** Counts the times at which the resolver changed: an answer belongs to the one in which it was asked for. */
  #era = 0;

  constructor(resolve: NameResolver, clock: Clock, log: Log) {
    this.#resolve = resolve;
    this.#clock = clock;
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`names listener: ${errorText(error)}`));
  }

  get lookups(): NameLookups {
    return this.#lookups;
  }

  get onDidChange(): Event<NameLookups> {
    return this.#changed.event;
  }

  /** Nothing is looked up until the workspace is trusted. */
  allow(): void {
    this.#allowed = true;
  }

  /** Asks for those names whose answer is not known or too old; answers arrive in `lookups`. Names beyond the limit wait for a place. */
  lookUp(names: readonly string[]): void {
    if (!this.#allowed || this.#ended.signal.aborted) return;
    const now = this.#clock.now();
    for (const name of names) {
      const known = this.#questions.get(name);
      if (known === undefined && !this.#makeRoom(now)) continue;
      const isDue = known === undefined || known.askAgainAt <= now;
      this.#questions.delete(name);
      this.#questions.set(name, { wantedAt: now, askAgainAt: isDue ? Infinity : known.askAgainAt });
      if (isDue) void this.#gate.run(() => this.#ask(name));
    }
  }

  /** The system's resolver may answer otherwise from now on, as when a tailnet comes or goes: each name is asked for when it is wanted next. */
  expire(): void {
    this.#era += 1;
    for (const [name, { wantedAt, askAgainAt }] of this.#questions) {
      if (askAgainAt !== Infinity) this.#questions.set(name, { wantedAt, askAgainAt: 0 });
    }
  }

  dispose(): void {
    this.#ended.abort();
    this.#changed.dispose();
  }

  /**
   * Whether there is a place for one more name. Only a name that nobody wants any more gives way: two documents that together hold too
   * many would otherwise drive out each other's names for ever.
   */
  #makeRoom(now: number): boolean {
    if (this.#questions.size < namesLimit) return true;
    const [oldest] = this.#questions;
    if (oldest === undefined) return true;
    const [name, { wantedAt, askAgainAt }] = oldest;
    if (askAgainAt === Infinity || now - wantedAt < unwantedAfter) return false;
    this.#questions.delete(name);
    const lookups = new Map(this.#lookups);
    lookups.delete(name);
    this.#lookups = lookups;
    return true;
  }

  async #ask(name: string): Promise<void> {
    const { signal } = this.#ended;
    if (signal.aborted) return;
    const era = this.#era;
    const answers = await this.#resolve(name, signal).catch(() => []);
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- aborted by dispose while this awaited
    if (signal.aborted) return;
    const now = this.#clock.now();
    const lifetime = answers.length > 0 ? answerLifetime : silenceLifetime;
    const { wantedAt } = this.#questions.get(name) ?? { wantedAt: now };
    this.#questions.set(name, { wantedAt, askAgainAt: era === this.#era ? now + lifetime : 0 });
    if (answers.join() === (this.#lookups.get(name) ?? []).join()) return;
    this.#log.debug(`${name} resolves to ${answers.join(', ') || 'nothing'}`);
    this.#lookups = new Map(this.#lookups).set(name, answers);
    this.#changed.fire(this.#lookups);
  }
}
