import { dialects, type Dialect } from '../core/mcp/dialect.ts';
import { definitionIn, isEmpty, isOurs, replacedBy, restorePlan, rewritten } from '../core/mcp/entryRestoration.ts';
import { parseMcp, type McpServer } from '../core/mcp/mcpDocument.ts';
import { upsertServer } from '../core/mcp/mcpEdits.ts';
import type { Selection } from '../core/mcp/selection.ts';
import { shownUrl } from '../core/mcp/shownUrl.ts';
import { serverDefinition } from '../core/mcp/serverDefinition.ts';
import type { WrittenEntry } from '../core/mcp/writtenEntry.ts';
import { applyEdits, inverseEdits } from '../core/text.ts';
import type { FileLedger } from './fileLedger.ts';
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
  readonly #mayWrite: () => boolean;
  #queue: Promise<unknown> = Promise.resolve();

  /** `mayWrite` is false as long as the workspace is not trusted: until then nothing is changed in it. */
  constructor(files: TextFiles, ledger: FileLedger, mayWrite: () => boolean) {
    this.#files = files;
    this.#ledger = ledger;
    this.#mayWrite = mayWrite;
  }

  /** Whether nothing was written that is still to be taken back. */
  get isEmpty(): boolean {
    return this.#ledger.entries.length === 0;
  }

  write(target: EntryTarget): Promise<WriteOutcome> {
    return this.#inTurn(() => this.#write(target));
  }

  apply(selection: Selection): Promise<ProjectionState> {
    if (!this.#mayWrite()) return Promise.resolve({ kind: 'absent' });
    return this.#inTurn(async () => combined(await this.#each((entry) => this.#follow(entry, selection.url))));
  }

  remove(): Promise<ProjectionState> {
    if (!this.#mayWrite() && !this.isEmpty) {
      const reason = 'this workspace is not trusted, so its files are not changed: trust it first.';
      return Promise.resolve({ kind: 'failed', reason });
    }
    return this.#inTurn(async () => {
      // The last one first: each then finds the file as it left it.
      const states = await this.#each((entry) => this.#takeBack(entry), this.#ledger.entries.toReversed());
      return combined(states.filter(({ kind }) => kind === 'failed'));
    });
  }

  /** One file that cannot be read or written does not keep the others from being done; it is named. */
  async #each(
    task: (entry: WrittenEntry) => Promise<ProjectionState>,
    entries = this.#ledger.entries,
  ): Promise<readonly ProjectionState[]> {
    const states: ProjectionState[] = [];
    for (const entry of entries) {
      try {
        states.push(await task(entry));
      } catch (error) {
        states.push({ kind: 'failed', reason: `${entry.uri}: ${errorText(error)}.` });
      }
    }
    return states;
  }

  /** One change of files at a time. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
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
      return { kind: 'taken', present: shown(present) };
    }
    const after = applyEdits(text, plan.edits);
    const written = { uri, key, dialect: dialect.id, properties, definition: { ...definitionIn(after, dialect, key) } };
    if (before === undefined) {
      const folder = await this.#files.create(uri, after);
      await this.#ledger.put({ ...written, created: folder === undefined ? {} : { folder } });
      return { kind: 'written' };
    }
    const entry = ours
      ? rewritten(known, dialect, before, written)
      : { ...written, undo: [...inverseEdits(before, plan.edits)], ...replacedBy(text, present) };
    if (!(await this.#files.edit(uri, before, plan.edits))) return changedMeanwhile;
    await this.#ledger.put(entry);
    return { kind: 'written' };
  }

  /** With a variable in the file only another scheme or path changes it; the entry of a user who changed it is left alone. */
  async #follow(entry: WrittenEntry, url: string): Promise<ProjectionState> {
    const { uri, key } = entry;
    const found = await this.#find(entry);
    if (found.kind !== 'ours') return found.state;
    const outcome = await this.#write({ uri, dialect: found.dialect, key, url, overwrite: false });
    return outcome.kind === 'broken' || outcome.kind === 'failed'
      ? { kind: 'failed', reason: `${uri}: ${outcome.reason}` }
      : { kind: 'applied', value: uri };
  }

  async #takeBack(entry: WrittenEntry): Promise<ProjectionState> {
    const found = await this.#find(entry);
    if (found.kind === 'ours') {
      const problem = await this.#restore(entry, found.dialect, found.text);
      if (problem !== undefined) return { kind: 'failed', reason: `${entry.uri}: ${problem}` };
    } else if (found.state.kind === 'failed') {
      return found.state;
    }
    await this.#ledger.drop(entry);
    return { kind: 'absent' };
  }

  /** The entry in its file as it is now; or, where it is not ours any more, what is there instead. */
  async #find(entry: WrittenEntry): Promise<FoundEntry> {
    const dialect = dialects.find(({ id }) => id === entry.dialect);
    const text = await this.#files.read(entry.uri);
    if (dialect === undefined || text === undefined) return { kind: 'other', state: { kind: 'absent' } };
    const [problem] = parseMcp(text, dialect).problems;
    if (problem !== undefined) {
      const where = `line ${problem.line}, column ${problem.column}`;
      return { kind: 'other', state: { kind: 'failed', reason: `${entry.uri}, ${where}: ${problem.reason}.` } };
    }
    if (isOurs(text, dialect, entry)) return { kind: 'ours', dialect, text };
    return { kind: 'other', state: { kind: 'yours', value: `"${entry.key}" in ${entry.uri}` } };
  }

  /** Undefined when it is done, else why not. */
  async #restore(entry: WrittenEntry, dialect: Dialect, text: string): Promise<string | undefined> {
    const plan = restorePlan(entry, dialect, text);
    if (plan.kind === 'broken') return `line ${plan.line}: ${plan.reason}`;
    if (plan.kind === 'unchanged') return undefined;
    if (entry.created !== undefined && isEmpty(applyEdits(text, plan.edits), dialect)) {
      await this.#files.remove(entry.uri, entry.created.folder);
      return undefined;
    }
    return (await this.#files.edit(entry.uri, text, plan.edits)) ? undefined : changedMeanwhile.reason;
  }
}

type FoundEntry =
  | { readonly kind: 'ours'; readonly dialect: Dialect; readonly text: string }
  | { readonly kind: 'other'; readonly state: ProjectionState };

const changedMeanwhile = {
  kind: 'failed',
  reason: 'The file was changed by somebody else at the same moment: try again.',
} as const;

/** What an entry points at, or runs. */
function shown({ url, command }: McpServer): string {
  return url === undefined ? (command?.value ?? '') : shownUrl(url.value);
}

function propertiesFor(dialect: Dialect, url: string): Record<string, string> | undefined {
  const definition = serverDefinition(dialect, url, 'variable');
  return definition && { ...definition.properties };
}

/** One state for all files: a failure before anything else, then what the user has changed. */
function combined(states: readonly ProjectionState[]): ProjectionState {
  const failures = states.flatMap((state) => (state.kind === 'failed' ? [state.reason] : []));
  if (failures.length > 0) return { kind: 'failed', reason: failures.join(' ') };
  const values = (kind: 'yours' | 'applied'): string =>
    states.flatMap((state) => (state.kind === kind ? [state.value] : [])).join(', ');
  if (values('yours') !== '') return { kind: 'yours', value: values('yours') };
  return values('applied') === '' ? { kind: 'absent' } : { kind: 'applied', value: values('applied') };
}
