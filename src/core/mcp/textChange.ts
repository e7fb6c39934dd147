import type { TextEdit } from '../text.ts';

/**
 * The one edit that makes `after` of `before`, without what both have in common at their ends; none when they are the same. It splits
 * neither a surrogate pair nor CRLF, which have no position between them in an editor.
 */
export function changeBetween(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  while (splits(before, start) || splits(after, start)) start--;
  let rest = 0;
  while (rest < most - start && before[before.length - 1 - rest] === after[after.length - 1 - rest]) rest++;
  while (splits(before, before.length - rest) || splits(after, after.length - rest)) rest--;
  const span = { offset: start, length: before.length - rest - start };
  return [{ span, text: after.slice(start, after.length - rest) }];
}

/** Whether the characters round a position belong together. */
function splits(text: string, position: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(Math.max(position - 1, 0), position + 1));
}
