import { equal } from '../equal.ts';
import { applyEdits, inverseEdits, spanEnd } from '../text.ts';
import type { Dialect } from './dialect.ts';
import { parseMcp, type McpServer } from './mcpDocument.ts';
import { removeServer, upsertServer, type EditPlan } from './mcpEdits.ts';
import type { WrittenEntry } from './writtenEntry.ts';

/** What the entry of that key says, as a value. */
export function definitionIn(
  text: string,
  dialect: Dialect,
  key: string,
): Readonly<Record<string, unknown>> | undefined {
  return parseMcp(text, dialect).servers.find((server) => server.key === key)?.definition;
}

/** Whether the entry is, in what it means, as it was left. */
export function isOurs(text: string, dialect: Dialect, entry: WrittenEntry): boolean {
  const definition = definitionIn(text, dialect, entry.key);
  return definition !== undefined && equal(definition, entry.definition);
}

/** To the byte where that is proved; else the user's entry in the place of ours, or ours taken out. */
export function restorePlan(entry: WrittenEntry, dialect: Dialect, text: string): EditPlan {
  const undo = exactUndo(entry, dialect, text);
  if (undo !== undefined) return { kind: 'edits', edits: undo };
  const span = parseMcp(text, dialect).servers.find((server) => server.key === entry.key)?.definitionSpan;
  if (entry.replaced === undefined || span === undefined) return removeServer(text, dialect, entry.key);
  return { kind: 'edits', edits: [{ span, text: entry.replaced }] };
}

/** Whether nothing is left in a file but what was written round the entries. */
export function isEmpty(text: string, dialect: Dialect): boolean {
  return text.replaceAll(/\s/g, '') === JSON.stringify({ [dialect.rootKey]: {} });
}

/** What of the user's own is kept of an entry that ours replaces. */
export function replacedBy(text: string, present: McpServer | undefined): Pick<WrittenEntry, 'replaced'> {
  if (present === undefined) return {};
  return { replaced: text.slice(present.definitionSpan.offset, spanEnd(present.definitionSpan)) };
}

/** The ledger's entry after our own one was replaced by `written`: what led back to the text of before must still lead there. */
export function rewritten(known: WrittenEntry, dialect: Dialect, text: string, written: WrittenEntry): WrittenEntry {
  if (known.created !== undefined) return { ...written, created: known.created };
  const replaced = known.replaced === undefined ? {} : { replaced: known.replaced };
  const undo = exactUndo(known, dialect, text);
  if (undo === undefined) return { ...written, ...replaced };
  const original = applyEdits(text, undo);
  const plan = upsertServer(original, dialect, written.key, written);
  return plan.kind === 'edits'
    ? { ...written, ...replaced, undo: [...inverseEdits(original, plan.edits)] }
    : { ...written, ...replaced };
}

/**
 * The edits that take the text back to the byte, if the file around the entry is as it was left: what they lead to, written once
 * more, must give the text as it is now.
 */
function exactUndo(entry: WrittenEntry, dialect: Dialect, text: string): WrittenEntry['undo'] {
  const { undo } = entry;
  if (undo?.some(({ span }) => span.offset + span.length > text.length) !== false) return undefined;
  const before = applyEdits(text, undo);
  const again = upsertServer(before, dialect, entry.key, entry);
  return again.kind === 'edits' && applyEdits(before, again.edits) === text ? undo : undefined;
}
