import type { EntryFormat } from '../../core/entries/entryFormat.ts';
import { isOurs, replacedBy, rewritten } from '../../core/entries/entryRestoration.ts';
import type { WrittenEntry } from '../../core/entries/writtenEntry.ts';
import type { JsonRecord } from '../../core/mcp/jsonLayout.ts';
import type { EntryForm, WrittenEndpoint } from '../../core/mcp/serverDefinition.ts';
import { shownUrl } from '../../core/mcp/shownUrl.ts';
import { applyEdits, inverseEdits } from '../../core/text.ts';
import { inheriting, rewritePlan, takeBackPlan } from '../../core/entries/entryPlans.ts';
import type { FileLedger } from './fileLedger.ts';
import {
  entryIn,
  saysEndpoint,
  saysOnly,
  type AbsentEntry,
  type Broken,
  type PresentEntry,
} from '../../core/entries/presentEntry.ts';
import type { TextFiles } from './textFiles.ts';

/** What to write, and where. */
export interface EntryTarget {
  readonly uri: string;
  readonly format: EntryFormat;
  readonly key: string;
  readonly endpoint: WrittenEndpoint;
  readonly form: EntryForm;
  /** Replace an entry of that key that is not ours. Never without the user's word. */
  readonly overwrite: boolean;
}

interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
}

export type WriteOutcome =
  | { readonly kind: 'written' }
  | { readonly kind: 'unchanged' }
  /** An entry of that key is there, with another URL: nothing was written. */
  | { readonly kind: 'taken'; readonly present: string }
  | Broken
  | Failed;

export type TakeBackOutcome =
  | { readonly kind: 'gone' }
  /** Somebody has changed the entry since: it is theirs now, and stays. `saysEndpoint`: it leads to the one that was to be followed. */
  | { readonly kind: 'yours'; readonly shown: string; readonly saysEndpoint?: boolean }
  | Broken
  | Failed;

export type FollowOutcome = { readonly kind: 'ours'; readonly shown: string } | TakeBackOutcome;

/** How often a file is read again that somebody else changes at the same moments. */
const mostAttempts = 5;

/** Writes one entry into one file, and takes it back; what it wrote stands in a ledger. */
export class EntryWriter {
  readonly #files: TextFiles;
  readonly #ledger: FileLedger;

  constructor(files: TextFiles, ledger: FileLedger) {
    this.#files = files;
    this.#ledger = ledger;
  }

  async write(target: EntryTarget): Promise<WriteOutcome> {
    const content = target.format.contentOf(target.endpoint, target.form);
    if (content === undefined) return unwritable(target.endpoint);
    return (await attempts(() => this.#writeOnce(target, content))) ?? changedMeanwhile;
  }

  /** Makes an entry say another endpoint; one that is not there any more is not written again. */
  async follow(entry: WrittenEntry, endpoint: WrittenEndpoint): Promise<FollowOutcome> {
    return (await attempts(() => this.#followOnce(entry, endpoint))) ?? changedMeanwhile;
  }

  async takeBack(entry: WrittenEntry): Promise<TakeBackOutcome> {
    return (await attempts(() => this.#takeBackOnce(entry))) ?? changedMeanwhile;
  }

  /** Undefined when the file was another one by the time of writing; so it is with all that is done once. */
  async #writeOnce(target: EntryTarget, content: JsonRecord): Promise<WriteOutcome | undefined> {
    const { uri, format, key, form, overwrite } = target;
    const before = await this.#files.read(uri);
    const known = this.#ledger.find(uri, key);
    if (known !== undefined && before !== undefined && isOurs(before, format, known)) {
      const after = await this.#rewrite({ known: { ...known, form }, format, text: before }, content);
      return typeof after === 'string' ? { kind: after === before ? 'unchanged' : 'written' } : after;
    }
    const text = before ?? '';
    const plan = format.upsert(text, key, content);
    if (plan.kind !== 'edits') return plan;
    const present = format.find(text, key);
    if (present !== undefined && !overwrite) return { kind: 'taken', present: present.shown };
    const after = applyEdits(text, plan.edits);
    const written = { uri, key, format: format.id, form, content, meaning: format.find(after, key)?.meaning };
    if (before === undefined) {
      const creation = await this.#files.create(uri, after);
      if (creation.kind === 'exists') return undefined;
      const created = creation.folder === undefined ? {} : { folder: creation.folder };
      await this.#ledger.put({ ...written, created });
      return { kind: 'written' };
    }
    const undo = [...inverseEdits(before, plan.edits)];
    if (!(await this.#files.edit(uri, before, plan.edits))) return undefined;
    await this.#ledger.put({ ...written, levels: format.missingLevels(before), undo, ...replacedBy(text, present) });
    return { kind: 'written' };
  }

  async #followOnce(entry: WrittenEntry, endpoint: WrittenEndpoint): Promise<FollowOutcome | undefined> {
    const found = await this.#look(entry);
    if (!('known' in found)) return found;
    const { known, format, text, shown } = found;
    const content = format.contentOf(endpoint, known.form);
    if (found.kind === 'yours') {
      // Another window has followed already and has not told its ledger yet, or not this one's.
      const isOtherWindows = content !== undefined && saysOnly(found, content);
      if (!isOtherWindows) return { kind: 'yours', shown, saysEndpoint: saysEndpoint(found, endpoint) };
      await this.#ledger.replace(rewritten(known, format, text, { ...known, content, meaning: found.meaning }));
      return { kind: 'ours', shown };
    }
    if (content === undefined) return unwritable(endpoint);
    const after = await this.#rewrite(found, content);
    return typeof after === 'string' ? { kind: 'ours', shown: format.find(after, known.key)?.shown ?? '' } : after;
  }

  /** Makes an entry of ours say the content; gives the text of its file after that. */
  async #rewrite(
    { known, format, text }: Pick<PresentEntry, 'known' | 'format' | 'text'>,
    content: JsonRecord,
  ): Promise<string | Broken | undefined> {
    const { uri, key, form } = known;
    const plan = rewritePlan(known, format, text, content);
    if (plan.kind === 'unchanged') return text;
    if (plan.kind === 'broken') return plan;
    const after = applyEdits(text, plan.edits);
    const written = { uri, key, format: format.id, form, content, meaning: format.find(after, key)?.meaning };
    const next = rewritten(known, format, text, written);
    if (!(await this.#files.edit(uri, text, plan.edits))) return undefined;
    await this.#ledger.replace(next);
    return after;
  }

  async #takeBackOnce(entry: WrittenEntry): Promise<TakeBackOutcome | undefined> {
    const found = await this.#look(entry);
    if (found.kind === 'broken') return found;
    if (found.kind !== 'ours') {
      await this.#drop(entry);
      return found.kind === 'gone' ? found : { kind: 'yours', shown: found.shown };
    }
    const { known, format, text } = found;
    const plan = takeBackPlan(known, format, text);
    if (plan.kind === 'broken') return plan;
    if (plan.kind === 'remove' && !(await this.#files.remove(known.uri, text, plan.folder))) return undefined;
    if (plan.kind === 'edits' && !(await this.#files.edit(known.uri, text, plan.edits))) return undefined;
    await this.#drop(known);
    return { kind: 'gone' };
  }

  /** The ledger is asked after the file, so that what another window has just written is known when it is seen. */
  async #look(entry: WrittenEntry): Promise<PresentEntry | AbsentEntry> {
    const text = await this.#files.read(entry.uri);
    const known = this.#ledger.find(entry.uri, entry.key) ?? entry;
    return entryIn(text, known);
  }

  async #drop({ uri, key }: Pick<WrittenEntry, 'uri' | 'key'>): Promise<void> {
    const known = this.#ledger.find(uri, key);
    if (known === undefined) return;
    const heir = this.#ledger.entries.find((other) => other.uri === uri && other.key !== key);
    const dropped = this.#ledger.drop(known);
    if (heir !== undefined) await this.#ledger.replace(inheriting(heir, known));
    await dropped;
  }
}

function unwritable({ url }: WrittenEndpoint): Failed {
  return { kind: 'failed', reason: `${shownUrl(url)} cannot stand in a configuration file.` };
}

/** Tries until a turn meets a file that nobody else changes at that moment; undefined when none does. */
async function attempts<T>(turn: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const outcome = await turn();
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

const changedMeanwhile: Failed = {
  kind: 'failed',
  reason: 'The file is being changed by somebody else all the time: try again.',
};
