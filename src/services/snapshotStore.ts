import { equal } from '../core/equal.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { Emitter, type Disposable, type Event } from './event.ts';

/** The newest snapshot and the news that there is one: all that a view or the linter gets to see of the services. */
export interface SnapshotSource {
  readonly current: Snapshot;
  readonly onDidChange: Event<Snapshot>;
}

/** Holds the newest snapshot; each service replaces its own part of it. */
export class SnapshotStore implements SnapshotSource, Disposable {
  readonly #changed: Emitter<Snapshot>;
  #current: Snapshot;

  constructor(first: Snapshot, onError: (error: unknown) => void) {
    this.#current = first;
    this.#changed = new Emitter(onError);
  }

  get current(): Snapshot {
    return this.#current;
  }

  get onDidChange(): Event<Snapshot> {
    return this.#changed.event;
  }

  /** Replaces parts. A part that is equal to what was there keeps its identity; listeners hear of it only when one is not. */
  update(parts: Partial<Snapshot>): void {
    const before = this.#current;
    const keys = (Object.keys(parts) as (keyof Snapshot)[]).filter((key) => !equal(parts[key], before[key]));
    if (keys.length === 0) return;
    this.#current = { ...before, ...Object.fromEntries(keys.map((key) => [key, parts[key]])) };
    this.#changed.fire(this.#current);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
