/** One thing that a projection has in its place. `at` is the URI of the file in which it stands. */
export type Holding =
  /** Set by this extension. */
  | { readonly kind: 'ours'; readonly what: string; readonly value: string; readonly at?: string }
  /** The user's own, which is not touched. */
  | {
      readonly kind: 'yours';
      readonly what: string;
      readonly value: string;
      /** Whether it says something else than the pick, and so beats it. */
      readonly beatsPick: boolean;
      /** Who set it, as far as that is known: a clause such as `the environment in which VS Code was started`. */
      readonly by: string;
      readonly at?: string;
    }
  /** Not there, because the same server reaches this editor another way. */
  | { readonly kind: 'standing-back'; readonly reason: string }
  /** What should have been done and was not; `reason` is a sentence without its full stop. */
  | { readonly kind: 'failed'; readonly reason: string; readonly at?: string };

/** All that a projection has in its place, in its order; empty where there is nothing. */
export type ProjectionState = readonly Holding[];

/** A holding as a clause, for logs and reports. `placeOf` writes a file's URI as people read it. */
export function describeHolding(holding: Holding, placeOf: (uri: string) => string = (uri) => uri): string {
  const at = 'at' in holding ? holding.at : undefined;
  const where = at === undefined ? '' : ` in ${placeOf(at)}`;
  switch (holding.kind) {
    case 'ours':
      return `${holding.what}${where}: ${holding.value}`;
    case 'yours':
      return `your own ${holding.what}${where}: ${holding.value}, set by ${holding.by}${holding.beatsPick ? ', beats the pick' : ''}`;
    case 'standing-back':
      return `stands back: ${holding.reason}`;
    case 'failed':
      return `failed${where}: ${holding.reason}`;
  }
}

/** A projection's holdings in one line. */
export function describeState(state: ProjectionState, placeOf?: (uri: string) => string): string {
  const clauses = state.map((holding) => describeHolding(holding, placeOf));
  return clauses.length === 0 ? 'nothing of ours' : clauses.join('; ');
}
