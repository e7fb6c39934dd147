import type { Selection } from '../core/mcp/selection.ts';

/** What a projection holds after it was applied or removed. */
export type ProjectionState =
  | { readonly kind: 'absent' }
  /** Holds what the selection says. `followsBy` says how a later change gets there. */
  | { readonly kind: 'applied'; readonly value: string }
  /** The user's own value is there; it beats the pick and is not touched. */
  | { readonly kind: 'yours'; readonly value: string }
  /** Stands back, because the same server reaches this editor another way. */
  | { readonly kind: 'standing-back'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** A place into which the selection is put. What can be done at once is done before `apply` returns. */
export interface Projection {
  readonly id: string;
  /** As people call the place. */
  readonly title: string;
  apply(selection: Selection): ProjectionState | Promise<ProjectionState>;
  /** What the place holds now, where that can change after `apply` has said it. */
  read?(): ProjectionState;
  /** Leaves the place as it was before the first `apply`. */
  remove(): ProjectionState | Promise<ProjectionState>;
}
