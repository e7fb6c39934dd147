import type { NameLookups } from '../core/tailnet/zone.ts';
import type { Clock } from './clock.ts';
import { Emitter, type Disposable, type Event } from './event.ts';
import { Gate } from './gate.ts';
import { errorText, type Log } from './log.ts';

/** The system's resolver, as a port: all addresses of a name, none when it has none or no answer came in time. */
export type NameResolver = (name: string) => Promise<readonly string[]>;

const concurrency = 2;
const namesLimit = 1_000;
/** Milliseconds for which an answer holds; a missing answer is asked for again sooner. */
const answerLifetime = 10 * 60_000;
const silenceLifetime = 60_000;

/** What the system's resolver says of the names that documents hold; bounded and cached. Asks only in trusted workspaces. */
export class NameDirectory implements Disposable {
  readonly #resolve: NameResolver;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changed: Emitter<NameLookups>;
  readonly #gate = new Gate(concurrency);
  readonly #askAgainAt = new Map<string, number>();
  #lookups: NameLookups = new Map();
  #allowed = false;
  #disposed = false;

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

  /** Asks for those names whose answer is not known or too old; answers arrive in `lookups`. */
  lookUp(names: readonly string[]): void {
    if (!this.#allowed) return;
    const now = this.#clock.now();
    for (const name of names) {
      const known = this.#askAgainAt.get(name);
      if (known === undefined ? this.#askAgainAt.size >= namesLimit : known > now) continue;
      this.#askAgainAt.set(name, Infinity);
      void this.#gate.run(() => this.#ask(name));
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#changed.dispose();
  }

  async #ask(name: string): Promise<void> {
    if (this.#disposed) return;
    const answers = await this.#resolve(name);
    this.#askAgainAt.set(name, this.#clock.now() + (answers.length > 0 ? answerLifetime : silenceLifetime));
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set by dispose while this awaited
    if (this.#disposed || answers.join() === (this.#lookups.get(name) ?? []).join()) return;
    this.#log.debug(`${name} resolves to ${answers.join(', ') || 'nothing'}`);
    this.#lookups = new Map(this.#lookups).set(name, answers);
    this.#changed.fire(this.#lookups);
  }
}
