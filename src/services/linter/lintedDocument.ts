import { namesToLookUp } from '../../core/diagnostics/clawqlReference.ts';
import { readDocument, type DocumentModel } from '../../core/diagnostics/documentModel.ts';
import { lint } from '../../core/diagnostics/lint.ts';
import type { Problem } from '../../core/diagnostics/rule.ts';
import type { SourceDocument } from '../../core/diagnostics/sourceDocument.ts';
import { equal } from '../../core/equal.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { SharedKnown } from './sharedKnown.ts';

/** What stands round a document, as far as rules want to know it. */
export type Surroundings = Omit<SourceDocument, 'path' | 'text'>;

/** A document at a moment. */
export interface DocumentState {
  readonly path: string;
  readonly version: number;
  readonly surroundings: Surroundings;
  readonly readText: () => string;
}

/** What a look at a document came to. */
export interface Look {
  readonly snapshot: Snapshot;
  readonly problems: readonly Problem[];
  /** The names of which only a resolver can tell more. */
  readonly names: readonly string[];
}

/** UTF-16 code units; a file beyond it is no configuration. Descriptions of whole clouds are larger, and only their root is read. */
const largestText = 2_000_000;
const largestSpec = 20_000_000;

interface Reading extends Omit<DocumentState, 'readText'> {
  /** Undefined for a document that is not checked. */
  readonly model: DocumentModel | undefined;
}

/** One document as it was read last, and what was found in it: a version is parsed once, however often the snapshot changes. */
export class LintedDocument {
  readonly #shared: SharedKnown;
  #reading: Reading | undefined;
  #look: Look | undefined;

  constructor(shared: SharedKnown) {
    this.#shared = shared;
  }

  /** What stood round it when it was looked at last; undefined before the first look. */
  get surroundings(): Surroundings | undefined {
    return this.#reading?.surroundings;
  }

  /** Undefined for a document that is not checked. */
  modelOf(state: DocumentState): DocumentModel | undefined {
    return this.#read(state).model;
  }

  /** What a snapshot says of the document: the last look where nothing has changed since then that a rule looks at. */
  look(state: DocumentState, snapshot: Snapshot): Look {
    const { model } = this.#read(state);
    if (this.#look !== undefined && sameForRules(this.#look.snapshot, snapshot)) return this.#look;
    this.#look = { snapshot, problems: [], names: [] };
    if (model === undefined) return this.#look;
    const known = this.#shared.of(snapshot);
    const problems = lint(model, snapshot, known);
    this.#look = { snapshot, problems, names: namesToLookUp(model, snapshot, known.places) };
    return this.#look;
  }

  #read({ path, version, surroundings, readText }: DocumentState): Reading {
    const known = this.#reading;
    const isSame = known?.version === version && known.path === path && equal(known.surroundings, surroundings);
    if (isSame) return known;
    const text = readText();
    const isTooLarge = text.length > (surroundings.spec === undefined ? largestText : largestSpec);
    const model = isTooLarge ? undefined : readDocument({ path, text, ...surroundings });
    this.#look = undefined;
    this.#reading = { path, version, surroundings, model };
    return this.#reading;
  }
}

/** Health changes with every probe and is in no rule. */
export function sameForRules(one: Snapshot, other: Snapshot): boolean {
  const parts = ['tailnet', 'hosts', 'selection', 'lookups', 'otherSuffixes', 'settings', 'vantage'] as const;
  return parts.every((part) => one[part] === other[part]);
}
