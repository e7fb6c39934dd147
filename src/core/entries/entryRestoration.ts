import type { EditPlan } from '../editPlan.ts';
import { equal } from '../equal.ts';
import { applyEdits, inverseEdits, spanEnd } from '../text.ts';
import type { EntryFormat, FoundEntry } from './entryFormat.ts';
import type { WrittenEntry } from './writtenEntry.ts';

/** Whether the entry is, in what it means, as it was left. */
export function isOurs(text: string, format: EntryFormat, entry: WrittenEntry): boolean {
  const found = format.find(text, entry.key);
  return found !== undefined && equal(found.meaning, entry.meaning);
}

/** To the byte where that is proved; else the user's entry in the place of ours, or ours taken out. */
export function restorePlan(entry: WrittenEntry, format: EntryFormat, text: string): EditPlan {
  const undo = exactUndo(entry, format, text);
  if (undo !== undefined) return { kind: 'edits', edits: undo };
  const span = format.find(text, entry.key)?.span;
  if (entry.replaced === undefined || span === undefined) return format.remove(text, entry.key, entry.levels ?? 0);
  return { kind: 'edits', edits: [{ span, text: entry.replaced }] };
}

/** What of the user's own is kept of an entry that ours replaces. */
export function replacedBy(text: string, present: FoundEntry | undefined): Pick<WrittenEntry, 'replaced'> {
  return present === undefined ? {} : { replaced: text.slice(present.span.offset, spanEnd(present.span)) };
}

/** The ledger's entry after our own one was replaced by `written`: what led back to the text of before must still lead there. */
export function rewritten(known: WrittenEntry, format: EntryFormat, text: string, written: WrittenEntry): WrittenEntry {
  if (known.created !== undefined) return { ...written, created: known.created };
  const kept = {
    ...(known.replaced === undefined ? {} : { replaced: known.replaced }),
    ...(known.levels === undefined ? {} : { levels: known.levels }),
  };
  const undo = exactUndo(known, format, text);
  if (undo === undefined) return { ...written, ...kept };
  const original = applyEdits(text, undo);
  const plan = format.upsert(original, written.key, written.content);
  return plan.kind === 'edits'
    ? { ...written, ...kept, undo: [...inverseEdits(original, plan.edits)] }
    : { ...written, ...kept };
}

/**
 * The edits that take the text back to the byte, if the file around the entry is as it was left: what they lead to must have the user's
 * own entry as it was, and, written once more, must give the text as it is now.
 */
function exactUndo(entry: WrittenEntry, format: EntryFormat, text: string): WrittenEntry['undo'] {
  const { undo } = entry;
  if (undo?.some(({ span }) => span.offset + span.length > text.length) !== false) return undefined;
  const before = applyEdits(text, undo);
  if (replacedBy(before, format.find(before, entry.key)).replaced !== entry.replaced) return undefined;
  const again = format.upsert(before, entry.key, entry.content);
  return again.kind === 'edits' && applyEdits(before, again.edits) === text ? undo : undefined;
}
