import type { UpFailure } from './upOutput.ts';

/** How a login of this machine ended. */
export type JoinEnd =
  | { readonly kind: 'joined' }
  /** It is logged in, and nobody sees it before an administrator has approved it. */
  | { readonly kind: 'needs-approval' }
  | { readonly kind: 'cancelled' }
  | UpFailure
  /** Nothing was changed: what the login needs is not here. */
  | { readonly kind: 'no-program' }
  /** The status comes from a program alone, so that what a login changes could not be put back. */
  | { readonly kind: 'no-local-api' }
  /** The program runs outside of this editor's sandbox, where the key's file is not. */
  | { readonly kind: 'sandboxed' }
  /** Another login of this window is under way. */
  | { readonly kind: 'busy' };

export interface JoinOutcome {
  readonly end: JoinEnd;
  /** Preferences of the daemon that are not as they were before a login that has not come about, by the daemon's names; none as a rule. */
  readonly left: readonly string[];
}
