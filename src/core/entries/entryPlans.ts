import { planOf, type EditPlan } from '../editPlan.ts';
import type { EntryFormat } from './entryFormat.ts';
import { restorePlan } from './entryRestoration.ts';
import type { WrittenEntry } from './writtenEntry.ts';
import type { JsonRecord } from '../mcp/jsonLayout.ts';
import { changeBetween } from '../mcp/textChange.ts';
import { applyEdits } from '../text.ts';

/**
 * The edits after which an entry of ours says `content`, and nothing more of what it said before: the header that names a token must not
 * go to the next server, which wants none.
 */
export function rewritePlan(known: WrittenEntry, format: EntryFormat, text: string, content: JsonRecord): EditPlan {
  const { key } = known;
  const isAllKept = Object.keys(known.content).every((name) => name in content);
  const back = isAllKept ? undefined : restorePlan(known, format, text);
  if (back?.kind !== 'edits') return back ?? format.upsert(text, key, content);
  const bare = applyEdits(text, back.edits);
  const again = format.upsert(bare, key, content);
  return again.kind === 'edits' ? planOf(changeBetween(text, applyEdits(bare, again.edits))) : again;
}

/** What takes an entry of ours back: edits, or the end of a file that was made for it, with the topmost folder that was made too. */
export type TakeBackPlan = EditPlan | { readonly kind: 'remove'; readonly folder: string | undefined };

export function takeBackPlan(known: WrittenEntry, format: EntryFormat, text: string): TakeBackPlan {
  const plan = restorePlan(known, format, text);
  if (known.created === undefined || plan.kind !== 'edits') return plan;
  if (format.isEmpty(applyEdits(text, plan.edits))) return { kind: 'remove', folder: known.created.folder };
  // Somebody uses the file now: what was made round the entry goes, and the rest is theirs.
  return restorePlan({ ...known, levels: format.missingLevels('') }, format, text);
}

/** An entry after another one in its file has gone, round which things were made: the last one to go takes them along. */
export function inheriting(heir: WrittenEntry, { created, levels = 0 }: WrittenEntry): WrittenEntry {
  // With the user's own entry in it the file is theirs.
  const isInherited = created !== undefined && heir.replaced === undefined;
  return {
    ...heir,
    ...(isInherited ? { created } : {}),
    ...(levels > (heir.levels ?? 0) ? { levels } : {}),
  };
}
