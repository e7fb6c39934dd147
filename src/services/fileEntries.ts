import { dialects, type Dialect } from '../core/mcp/dialect.ts';
import { parseMcp } from '../core/mcp/mcpDocument.ts';
import { removeServer, upsertServer } from '../core/mcp/mcpEdits.ts';
import type { Selection } from '../core/mcp/selection.ts';
import { serverDefinition } from '../core/mcp/serverDefinition.ts';
import { applyEdits, inverseEdits } from '../core/text.ts';
import type { FileLedger, LedgerEntry } from './fileLedger.ts';
import { errorText } from './log.ts';
import type { Projection, ProjectionState } from './projection.ts';
import type { TextFiles } from './textFiles.ts';

/** What to write, and where. */
export interface EntryTarget {
  readonly uri: string;
  readonly dialect: Dialect;
  readonly key: string;
  /** The endpoint's URL. */
  readonly url: string;
  /** Replace an entry of that key that is not ours. Never without the user's word. */
  readonly overwrite: boolean;
}

export type WriteOutcome =
  | { readonly kind: 'written' }
  | { readonly kind: 'unchanged' }
  /** An entry of that key is there, with another URL: nothing was written. */
  | { readonly kind: 'taken'; readonly present: string }
  | { readonly kind: 'broken'; readonly line: number; readonly column: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** The entries that were written into MCP configuration files: they follow the selection, and go when it goes. */
export class FileEntries implements Projection {
  readonly id = 'files';
  readonly title = 'Entries in MCP configuration files';
  readonly #files: TextFiles;
  readonly #ledger: FileLedger;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(files: TextFiles, ledger: FileLedger) {
    this.#files = files;
    this.#ledger = ledger;
  }

  write(target: EntryTarget): Promise<WriteOutcome> {
    return this.#inTurn(() => this.#write(target));
  }

  apply(selection: Selection): Promise<ProjectionState> {
    return this.#inTurn(async () => {
      const problems: string[] = [];
      for (const entry of this.#ledger.entries) problems.push(...(await this.#follow(entry, selection.url)));
      return this.#state(problems);
    });
  }

  remove(): Promise<ProjectionState> {
    return this.#inTurn(async () => {
      const problems: string[] = [];
      for (const entry of this.#ledger.entries) problems.push(...(await this.#takeBack(entry)));
      return problems.length > 0 ? { kind: 'failed', reason: problems.join(' ') } : { kind: 'absent' };
    });
  }

  /** One change of files at a time. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #state(problems: readonly string[]): ProjectionState {
    if (problems.length > 0) return { kind: 'failed', reason: problems.join(' ') };
    const files = this.#ledger.entries.map((entry) => entry.uri);
    return files.length === 0 ? { kind: 'absent' } : { kind: 'applied', value: files.join(', ') };
  }

  async #write({ uri, dialect, key, url, overwrite }: EntryTarget): Promise<WriteOutcome> {
    const properties = propertiesFor(dialect, url);
    if (properties === undefined) return { kind: 'failed', reason: `${url} cannot stand in a configuration file.` };
    const before = await this.#files.read(uri);
    const known = this.#ledger.find(uri, key);
    const ours = known !== undefined && before !== undefined && isOurs(before, dialect, known);
    const text = before ?? '';
    const plan = upsertServer(text, dialect, key, { properties });
    if (plan.kind !== 'edits') return plan;
    const present = parseMcp(text, dialect).servers.find((server) => server.key === key);
    if (present !== undefined && !ours && !overwrite) {
      return { kind: 'taken', present: present.url?.value ?? present.command?.value ?? '' };
    }
    const written = { uri, key, dialect: dialect.id, definition: properties };
    if (before === undefined) {
      const folder = await this.#files.create(uri, applyEdits(text, plan.edits));
      await this.#ledger.put({ ...written, created: folder === undefined ? {} : { folder } });
      return { kind: 'written' };
    }
    const entry = ours
      ? rewritten(known, dialect, before, written)
      : { ...written, undo: [...inverseEdits(before, plan.edits)] };
    if (!(await this.#files.edit(uri, before, plan.edits))) return changedMeanwhile;
    await this.#ledger.put(entry);
    return { kind: 'written' };
  }

  /** With a variable in the file only another scheme or path changes it; the entry of a user who changed it is left alone. */
  async #follow(entry: LedgerEntry, url: string): Promise<readonly string[]> {
    const dialect = dialects.find(({ id }) => id === entry.dialect);
    const text = await this.#files.read(entry.uri);
    if (dialect === undefined || text === undefined || !isOurs(text, dialect, entry)) return [];
    const outcome = await this.#write({ uri: entry.uri, dialect, key: entry.key, url, overwrite: false });
    return outcome.kind === 'broken' || outcome.kind === 'failed' ? [`${entry.uri}: ${outcome.reason}`] : [];
  }

  async #takeBack(entry: LedgerEntry): Promise<readonly string[]> {
    try {
      const dialect = dialects.find(({ id }) => id === entry.dialect);
      const text = await this.#files.read(entry.uri);
      if (dialect !== undefined && text !== undefined && isOurs(text, dialect, entry)) {
        const problem = await this.#restore(entry, dialect, text);
        if (problem !== undefined) return [problem];
      }
      await this.#ledger.drop(entry);
      return [];
    } catch (error) {
      return [`${entry.uri}: ${errorText(error)}`];
    }
  }

  async #restore(entry: LedgerEntry, dialect: Dialect, text: string): Promise<string | undefined> {
    const whole = upsertServer('', dialect, entry.key, { properties: entry.definition });
    if (entry.created !== undefined && whole.kind === 'edits' && applyEdits('', whole.edits) === text) {
      await this.#files.remove(entry.uri, entry.created.folder);
      return undefined;
    }
    const undo = exactUndo(entry, dialect, text);
    const plan = undo === undefined ? removeServer(text, dialect, entry.key) : { kind: 'edits' as const, edits: undo };
    if (plan.kind === 'broken') return `${entry.uri}, line ${plan.line}: ${plan.reason}`;
    if (plan.kind === 'edits' && !(await this.#files.edit(entry.uri, text, plan.edits))) return changedMeanwhile.reason;
    return undefined;
  }
}

const changedMeanwhile = {
  kind: 'failed',
  reason: 'The file was changed by somebody else at the same moment: try again.',
} as const;

function propertiesFor(dialect: Dialect, url: string): Record<string, string> | undefined {
  const definition = serverDefinition(dialect, url, 'variable');
  return definition && { ...definition.properties };
}

/** Whether the file still says what was written: writing the same again would change nothing. */
function isOurs(text: string, dialect: Dialect, entry: LedgerEntry): boolean {
  return upsertServer(text, dialect, entry.key, { properties: entry.definition }).kind === 'unchanged';
}

/** The ledger's entry after our own one was replaced by `written`: what led back to the text of before must still lead there. */
function rewritten(known: LedgerEntry, dialect: Dialect, text: string, written: LedgerEntry): LedgerEntry {
  if (known.created !== undefined) return { ...written, created: known.created };
  const undo = exactUndo(known, dialect, text);
  if (undo === undefined) return written;
  const original = applyEdits(text, undo);
  const plan = upsertServer(original, dialect, written.key, { properties: written.definition });
  return plan.kind === 'edits' ? { ...written, undo: [...inverseEdits(original, plan.edits)] } : written;
}

/**
 * The edits that take the text back to the byte, if the file around the entry is as it was left: what they lead to, written once
 * more, must give the text as it is now.
 */
function exactUndo(entry: LedgerEntry, dialect: Dialect, text: string): LedgerEntry['undo'] {
  const { undo } = entry;
  if (undo?.some(({ span }) => span.offset + span.length > text.length) !== false) return undefined;
  const before = applyEdits(text, undo);
  const again = upsertServer(before, dialect, entry.key, { properties: entry.definition });
  return again.kind === 'edits' && applyEdits(before, again.edits) === text ? undo : undefined;
}
