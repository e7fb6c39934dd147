import type { WrittenEntry } from '../../core/entries/writtenEntry.ts';
import type { Holding, ProjectionState } from '../../core/mcp/holding.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import type { EntryTarget, EntryWriter, TakeBackOutcome, WriteOutcome } from './entryWriter.ts';
import type { FileLedger } from './fileLedger.ts';
import { errorText } from '../log.ts';
import type { Projection } from '../projections/projection.ts';

export interface FileEntriesParts {
  readonly scope: Projection['scope'];
  readonly title: string;
  readonly ledger: FileLedger;
  readonly writer: EntryWriter;
  /** False as long as the workspace is not trusted: until then nothing is changed. */
  readonly mayWrite: () => boolean;
}

/** The entries that were written into files: they follow the selection, and go when it goes. */
export class FileEntries implements Projection {
  readonly id: string;
  readonly title: string;
  readonly scope: Projection['scope'];
  readonly #parts: FileEntriesParts;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: FileEntriesParts) {
    this.id = `files-${parts.scope}`;
    this.title = parts.title;
    this.scope = parts.scope;
    this.#parts = parts;
  }

  /** What was written and is still to be taken back. */
  get entries(): readonly WrittenEntry[] {
    return this.#parts.ledger.entries;
  }

  write(target: EntryTarget): Promise<WriteOutcome> {
    if (!this.#parts.mayWrite()) return Promise.resolve({ kind: 'failed', reason: untrusted });
    return this.#inTurn(() => this.#parts.writer.write(target));
  }

  /** Takes one entry back, whatever is selected. */
  takeBack(entry: WrittenEntry): Promise<Holding | undefined> {
    if (!this.#parts.mayWrite()) return Promise.resolve(refused(entry));
    return this.#inTurn(() => this.#takeBack(entry));
  }

  apply(selection: Selection): Promise<ProjectionState> {
    if (!this.#parts.mayWrite()) return Promise.resolve([]);
    return this.#inTurn(async () => {
      const states: Holding[] = [];
      for (const entry of this.entries)
        states.push(...(await this.#guarded(entry, () => this.#follow(entry, selection))));
      return states;
    });
  }

  remove(): Promise<ProjectionState> {
    if (!this.#parts.mayWrite()) return Promise.resolve(this.entries.map(refused));
    return this.#inTurn(async () => {
      const states: Holding[] = [];
      // The last one first: each then finds the file as it left it.
      for (const entry of this.entries.toReversed()) {
        const left = await this.#takeBack(entry);
        if (left?.kind === 'failed') states.push(left);
      }
      return states;
    });
  }

  /** One change of files at a time. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** With a variable in the file only another scheme or path changes it; an entry that somebody has changed is theirs. */
  async #follow(entry: WrittenEntry, { url, wantsToken }: Selection): Promise<readonly Holding[]> {
    const { uri, key } = entry;
    const outcome = await this.#parts.writer.follow(entry, { url, wantsToken });
    if (outcome.kind === 'ours') return [{ kind: 'ours', what: `"${key}"`, value: outcome.shown, at: uri }];
    const left = leftBy(entry, outcome);
    return left === undefined ? [] : [left];
  }

  async #takeBack(entry: WrittenEntry): Promise<Holding | undefined> {
    const [left] = await this.#guarded(entry, async () => {
      const holding = leftBy(entry, await this.#parts.writer.takeBack(entry));
      return holding === undefined ? [] : [holding];
    });
    return left;
  }

  /** One file that cannot be read or written does not keep the others from being done; it is named. */
  async #guarded(entry: WrittenEntry, task: () => Promise<readonly Holding[]>): Promise<readonly Holding[]> {
    try {
      return await task();
    } catch (error) {
      return [{ kind: 'failed', reason: withoutStop(errorText(error)), at: entry.uri }];
    }
  }
}

const untrusted = 'This workspace is not trusted, so its files are not changed: trust it first.';

function refused({ uri }: WrittenEntry): Holding {
  return {
    kind: 'failed',
    reason: 'this workspace is not trusted, so its files are not changed: trust it first',
    at: uri,
  };
}

function leftBy({ uri, key }: WrittenEntry, outcome: TakeBackOutcome): Holding | undefined {
  switch (outcome.kind) {
    case 'gone':
      return undefined;
    case 'yours':
      return {
        kind: 'yours',
        what: `"${key}"`,
        value: outcome.shown,
        by: 'a change of the file',
        beatsPick: outcome.saysEndpoint !== true,
        at: uri,
      };
    case 'broken':
      return broken({ uri }, outcome);
    case 'failed':
      return { kind: 'failed', reason: withoutStop(outcome.reason), at: uri };
  }
}

function broken(
  { uri }: Pick<WrittenEntry, 'uri'>,
  { line, column, reason }: { readonly line: number; readonly column: number; readonly reason: string },
): Holding {
  return { kind: 'failed', reason: `line ${line}, column ${column}: ${reason}`, at: uri };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
