import { knownOf, type Known } from '../../core/diagnostics/known.ts';
import type { Snapshot } from '../../core/snapshot.ts';

/** What the newest snapshot says of ClawQL's machines, for documents that are looked at one after the other. */
export class SharedKnown {
  #last: { readonly snapshot: Snapshot; readonly known: Known } | undefined;

  of(snapshot: Snapshot): Known {
    if (this.#last?.snapshot !== snapshot) this.#last = { snapshot, known: knownOf(snapshot) };
    return this.#last.known;
  }
}
