import type { ProjectionState } from '../../core/mcp/holding.ts';
import type { Selection } from '../../core/mcp/selection.ts';

/** A place into which the selection is put. What can be done at once is done before `apply` returns. */
export interface Projection {
  readonly id: string;
  /** As people call the place. */
  readonly title: string;
  /** `window`: it follows this window's selection. `user`: it is one for all windows, and follows the user's last choice in any of them. */
  readonly scope: 'window' | 'user';
  apply(selection: Selection): ProjectionState | Promise<ProjectionState>;
  /** What the place holds now, where that can change after `apply` has said it. */
  read?(): ProjectionState;
  /** Leaves the place as it was before the first `apply`. */
  remove(): ProjectionState | Promise<ProjectionState>;
}
