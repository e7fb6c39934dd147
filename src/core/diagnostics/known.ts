import type { Snapshot } from '../snapshot.ts';
import { knownPlaces, type KnownPlaces } from './clawqlReference.ts';
import { knowledgeOf, type Knowledge } from './knownHosts.ts';

/** What a snapshot says of ClawQL's machines, whatever the document: worked out once for all that are looked at with it. */
export interface Known {
  readonly knowledge: Knowledge;
  readonly places: KnownPlaces;
}

export function knownOf(snapshot: Snapshot): Known {
  return { knowledge: knowledgeOf(snapshot), places: knownPlaces(snapshot) };
}
