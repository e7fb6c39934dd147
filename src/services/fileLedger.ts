import { decodeWrittenEntry, type WrittenEntry } from '../core/entries/writtenEntry.ts';
import type { Storage } from './storage.ts';

const storageKey = 'clawql.writtenEntries';

/** What was written into which file, kept with the workspace, so that *Disconnect* takes back exactly that after any restart. */
export class FileLedger {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get entries(): readonly WrittenEntry[] {
    const stored = this.#storage.get(storageKey);
    // One that another version wrote costs only itself.
    return (Array.isArray(stored) ? stored : []).flatMap((one: unknown) => decodeWrittenEntry(one) ?? []);
  }

  find(uri: string, key: string): WrittenEntry | undefined {
    return this.entries.find((one) => one.uri === uri && one.key === key);
  }

  /** As the last one: it is the first to be taken back. */
  async put(written: WrittenEntry): Promise<void> {
    await this.#store([...this.#without(written), written]);
  }

  /** In the place of the one that was there, because what it was written into is what that one was written into. */
  async replace(written: WrittenEntry): Promise<void> {
    const { entries } = this;
    const index = entries.findIndex((one) => isSame(one, written));
    await (index < 0 ? this.put(written) : this.#store(entries.with(index, written)));
  }

  async drop(written: WrittenEntry): Promise<void> {
    await this.#store(this.#without(written));
  }

  #without(written: WrittenEntry): readonly WrittenEntry[] {
    return this.entries.filter((one) => !isSame(one, written));
  }

  async #store(entries: readonly WrittenEntry[]): Promise<void> {
    await this.#storage.update(storageKey, entries.length === 0 ? undefined : entries);
  }
}

/** One file has one entry of a key. */
function isSame(one: WrittenEntry, other: WrittenEntry): boolean {
  return one.uri === other.uri && one.key === other.key;
}
