import type { EntryFormat } from './entryFormat.ts';
import { formatById } from './entryFormats.ts';
import { isOurs } from './entryRestoration.ts';
import type { WrittenEntry } from './writtenEntry.ts';
import { equal } from '../equal.ts';
import type { JsonRecord } from '../mcp/jsonLayout.ts';
import type { WrittenEndpoint } from '../mcp/serverDefinition.ts';
import { applyEdits } from '../text.ts';

/** An entry of the ledger in its file: as it was left there, or as somebody else has made it. */
export interface PresentEntry {
  readonly kind: 'ours' | 'yours';
  readonly known: WrittenEntry;
  readonly format: EntryFormat;
  /** The whole file's. */
  readonly text: string;
  /** What the entry says, as a value, and as it may be shown. */
  readonly meaning: unknown;
  readonly shown: string;
}

/** A file that cannot be read as what it should be. `line` and `column` count from 1. */
export interface Broken {
  readonly kind: 'broken';
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

export type AbsentEntry = { readonly kind: 'gone' } | Broken;

/** What has become of an entry; `text` is undefined where there is no file. */
export function entryIn(text: string | undefined, known: WrittenEntry): PresentEntry | AbsentEntry {
  const format = formatById(known.format);
  if (format === undefined || text === undefined) return { kind: 'gone' };
  const problem = format.problemOf(text);
  if (problem !== undefined) return { ...problem, kind: 'broken' };
  const found = format.find(text, known.key);
  if (found === undefined) return { kind: 'gone' };
  const { meaning, shown } = found;
  return { kind: isOurs(text, format, known) ? 'ours' : 'yours', known, format, text, meaning, shown };
}

/** Whether an entry says the content and nothing else. */
export function saysOnly({ known: { key }, format, meaning }: PresentEntry, content: JsonRecord): boolean {
  const alone = format.upsert('', key, content);
  return alone.kind === 'edits' && equal(format.find(applyEdits('', alone.edits), key)?.meaning, meaning);
}

/** Whether an entry leads to the endpoint, in one form or the other. */
export function saysEndpoint({ known: { key }, format, text }: PresentEntry, endpoint: WrittenEndpoint): boolean {
  return (['variable', 'literal'] as const).some((form) => {
    const content = format.contentOf(endpoint, form);
    return content !== undefined && format.upsert(text, key, content).kind === 'unchanged';
  });
}
