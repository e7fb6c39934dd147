import { decodeWrittenEntry, type WrittenEntry } from '../../core/entries/writtenEntry.ts';
import { storedIn, type Storage, type StoredValue } from '../storage.ts';

type Entries = readonly WrittenEntry[];

/** What was written into which file, so that *Disconnect* takes back exactly that after any restart. */
export class FileLedger {
  readonly #value: StoredValue;

  constructor(value: StoredValue) {
    this.#value = value;
  }

  get entries(): Entries {
    return decoded(this.#value.read());
  }

  find(uri: string, key: string): WrittenEntry | undefined {
    return this.entries.find((one) => one.uri === uri && one.key === key);
  }

  /** As the last one: it is the first to be taken back. */
  async put(written: WrittenEntry): Promise<void> {
    await this.#change((entries) => [...without(entries, written), written]);
  }

  /** In the place of the one that was there, because what it was written into is what that one was written into. */
  async replace(written: WrittenEntry): Promise<void> {
    await this.#change((entries) => {
      const index = entries.findIndex((one) => isSame(one, written));
      return index < 0 ? [...entries, written] : entries.with(index, written);
    });
  }

  async drop(written: WrittenEntry): Promise<void> {
    await this.#change((entries) => without(entries, written));
  }

  async #change(change: (entries: Entries) => Entries): Promise<void> {
    await this.#value.update((stored) => {
      const entries = change(decoded(stored));
      return entries.length === 0 ? undefined : entries;
    });
  }
}

/** A ledger in a storage that is this window's alone. */
export function ledgerIn(storage: Storage): FileLedger {
  return new FileLedger(storedIn(storage, 'clawql.writtenEntries'));
}

/** One that another version wrote costs only itself. */
function decoded(stored: unknown): Entries {
  return (Array.isArray(stored) ? stored : []).flatMap((one: unknown) => decodeWrittenEntry(one) ?? []);
}

function without(entries: Entries, written: WrittenEntry): Entries {
  return entries.filter((one) => !isSame(one, written));
}

/** One file has one entry of a key. */
function isSame(one: WrittenEntry, other: WrittenEntry): boolean {
  return one.uri === other.uri && one.key === other.key;
}
