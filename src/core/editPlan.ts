import type { TextEdit } from './text.ts';

/** What has to be done to a text. `line` and `column` count from 1; the `reason` says what is wrong there and what to do. */
export type EditPlan =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'broken'; readonly line: number; readonly column: number; readonly reason: string };

export function planOf(edits: readonly TextEdit[]): EditPlan {
  return edits.length === 0 ? { kind: 'unchanged' } : { kind: 'edits', edits };
}
