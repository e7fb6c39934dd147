import { spanEnd, type TextEdit } from '../text.ts';
import type { Fix } from './fix.ts';
import type { Problem } from './rule.ts';

/**
 * The edits of all fixes that are safe or preferred, one a problem, in one go. A fix goes in whole or not at all: one of whose edits
 * overlaps what is taken already waits for the next time.
 */
export function fixAll(problems: readonly Problem[]): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const problem of problems) {
    const edits = problem.fixes().find(isForAll)?.edits ?? [];
    if (!edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...edits);
  }
  return taken;
}

function isForAll(fix: Fix): fix is Extract<Fix, { kind: 'edit' }> {
  return fix.kind === 'edit' && (fix.isPreferred || fix.isSafe === true);
}

/** Two that insert at the same place, or at an end of what the other changes, would depend on their order. */
function overlap({ span: one }: TextEdit, { span: other }: TextEdit): boolean {
  const isInsertion = one.length === 0 || other.length === 0;
  return isInsertion
    ? one.offset <= spanEnd(other) && other.offset <= spanEnd(one)
    : one.offset < spanEnd(other) && other.offset < spanEnd(one);
}
