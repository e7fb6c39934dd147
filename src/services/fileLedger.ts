import { decodeWrittenEntry, type WrittenEntry } from '../core/mcp/writtenEntry.ts';
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

  async put(written: WrittenEntry): Promise<void> {
    await this.#replace([...this.#without(written), written]);
  }

  async drop(written: WrittenEntry): Promise<void> {
    await this.#replace(this.#without(written));
  }

  #without({ uri, key }: WrittenEntry): readonly WrittenEntry[] {
    return this.entries.filter((one) => one.uri !== uri || one.key !== key);
  }

  async #replace(entries: readonly WrittenEntry[]): Promise<void> {
    await this.#storage.update(storageKey, entries.length === 0 ? undefined : entries);
  }
}
