import type { EntryFormat } from '../../../../src/core/entries/entryFormat.ts';
import { replacedBy } from '../../../../src/core/entries/entryRestoration.ts';
import type { WrittenEntry } from '../../../../src/core/entries/writtenEntry.ts';
import type { JsonRecord } from '../../../../src/core/mcp/jsonLayout.ts';
import { inverseEdits } from '../../../../src/core/text.ts';
import { applied } from '../mcp/editChecks.ts';

/** A text with an entry in it, and what the ledger has of that. */
export interface WrittenText {
  readonly text: string;
  readonly entry: WrittenEntry;
}

/** Writes an entry into a text that is there already, as it is written into a file. */
export function writeEntry(format: EntryFormat, before: string, key: string, content: JsonRecord): WrittenText {
  const plan = format.upsert(before, key, content);
  const text = applied(before, plan);
  const entry: WrittenEntry = {
    uri: 'file:///w/x',
    format: format.id,
    key,
    form: 'literal',
    content,
    meaning: format.find(text, key)?.meaning,
    levels: format.missingLevels(before),
    undo: plan.kind === 'edits' ? [...inverseEdits(before, plan.edits)] : [],
    ...replacedBy(before, format.find(before, key)),
  };
  return { text, entry };
}
