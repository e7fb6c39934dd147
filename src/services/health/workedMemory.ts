import * as z from 'zod/mini';

import { afterWorked, decodeWorked, type Worked } from '../../core/diagnosis/worked.ts';
import { equal } from '../../core/equal.ts';
import type { Storage } from '../storage.ts';

const key = 'clawql.worked';

/** How many servers are kept; the one that worked longest ago goes first. */
const limit = 20;

/** Milliseconds for which tools that a server has lost are told. */
const lossIsNews = 24 * 60 * 60_000;

/** Milliseconds between two notes of a server that is as it was: a window that ends without a word loses no more of the time. */
const interval = 60_000;

/** How each server was when it worked last, kept for all windows, so that a failure can be told from what was there before. */
export class WorkedMemory {
  readonly #storage: Storage;
  #known: readonly Worked[];

  constructor(storage: Storage) {
    this.#storage = storage;
    const stored = z.safeParse(z.array(z.unknown()), storage.get(key));
    this.#known = (stored.success ? stored.data : []).flatMap((one) => decodeWorked(one) ?? []);
  }

  /** Undefined where it never worked. What was lost longer ago is how the server is meant to be. `now` is epoch milliseconds. */
  of(hostId: string, now: number): Worked | undefined {
    const stored = this.#stored(hostId);
    if (stored === undefined) return undefined;
    const { lost, ...worked } = stored;
    return lost !== undefined && now - lost.at >= lossIsNews ? worked : stored;
  }

  /** Takes down that it works now; written at once when something else than the time is new. */
  note(seen: Omit<Worked, 'lost'>): void {
    const before = this.#stored(seen.hostId);
    const worked = afterWorked(before, seen);
    if (before !== undefined && before.at >= worked.at) return;
    const isAsBefore = before !== undefined && equal({ ...before, at: 0 }, { ...worked, at: 0 });
    if (isAsBefore && worked.at - before.at < interval) return;
    this.#known = [...this.#known.filter(({ hostId }) => hostId !== worked.hostId), worked].slice(-limit);
    void this.#storage.update(key, this.#known);
  }

  #stored(hostId: string): Worked | undefined {
    return this.#known.find((one) => one.hostId === hostId);
  }
}
