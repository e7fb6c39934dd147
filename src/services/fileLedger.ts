import * as z from 'zod/mini';

import type { Storage } from './storage.ts';

const edit = z.object({ span: z.object({ offset: z.int(), length: z.int() }), text: z.string() });

const entry = z.object({
  uri: z.string(),
  dialect: z.string(),
  key: z.string(),
  /** The properties that were written last. */
  properties: z.record(z.string(), z.string()),
  /** The whole entry as it stood after that: one that is another now has been changed by somebody else. */
  definition: z.record(z.string(), z.unknown()),
  /** Set when the file did not exist before; `folder` is the topmost folder that was made for it. */
  created: z.optional(z.object({ folder: z.optional(z.string()) })),
  /** The text of the user's own entry that this one was let replace. */
  replaced: z.optional(z.string()),
  /** Set when the file existed: what takes the entry back to the byte. */
  undo: z.optional(z.array(edit)),
});

/** One entry that was written into a file, with what is needed to take it back. */
export type LedgerEntry = z.infer<typeof entry>;

const storageKey = 'clawql.writtenEntries';

/** What was written into which file, kept with the workspace, so that *Disconnect* takes back exactly that after any restart. */
export class FileLedger {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get entries(): readonly LedgerEntry[] {
    const stored = this.#storage.get(storageKey);
    // One that another version wrote costs only itself.
    return (Array.isArray(stored) ? stored : []).flatMap((one: unknown) => z.safeParse(entry, one).data ?? []);
  }

  find(uri: string, key: string): LedgerEntry | undefined {
    return this.entries.find((one) => one.uri === uri && one.key === key);
  }

  async put(written: LedgerEntry): Promise<void> {
    await this.#replace([...this.#without(written), written]);
  }

  async drop(written: LedgerEntry): Promise<void> {
    await this.#replace(this.#without(written));
  }

  #without({ uri, key }: LedgerEntry): readonly LedgerEntry[] {
    return this.entries.filter((one) => one.uri !== uri || one.key !== key);
  }

  async #replace(entries: readonly LedgerEntry[]): Promise<void> {
    await this.#storage.update(storageKey, entries.length === 0 ? undefined : entries);
  }
}
