import * as z from 'zod/mini';

import { equal } from '../../core/equal.ts';
import type { ServePlace } from '../../core/serve/servePlace.ts';
import type { Storage } from '../storage.ts';

const key = 'clawql.served';

const record = z.array(
  z.object({
    /** VS Code keeps this for all machines of a user, so the machine is named. */
    tailnet: z.string(),
    nodeId: z.string(),
    place: z.object({
      protocol: z.enum(['https', 'http']),
      host: z.string(),
      port: z.int().check(z.minimum(1), z.maximum(65_535)),
      mount: z.string().check(z.startsWith('/')),
    }),
    target: z.string(),
  }),
);

/** Something that this extension has put into the Serve configuration of a machine. */
export interface ServedEntry {
  readonly tailnet: string;
  readonly nodeId: string;
  readonly place: ServePlace;
  readonly target: string;
}

/** How many are kept; the oldest go first. */
const limit = 50;

/** What this extension has Tailscale Serve do, on every machine of the user. */
export class ServeLedger {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** On one machine. */
  of(tailnet: string, nodeId: string): readonly ServedEntry[] {
    return this.#read().filter((one) => one.tailnet === tailnet && one.nodeId === nodeId);
  }

  async add(entry: ServedEntry): Promise<void> {
    await this.#write([...this.#without(entry), entry].slice(-limit));
  }

  async remove(entry: ServedEntry): Promise<void> {
    await this.#write(this.#without(entry));
  }

  #without(entry: ServedEntry): readonly ServedEntry[] {
    return this.#read().filter(
      (one) => one.tailnet !== entry.tailnet || one.nodeId !== entry.nodeId || !equal(one.place, entry.place),
    );
  }

  /** What another version wrote in another form is nothing. */
  #read(): readonly ServedEntry[] {
    const result = z.safeParse(record, this.#storage.get(key));
    return result.success ? result.data : [];
  }

  async #write(entries: readonly ServedEntry[]): Promise<void> {
    await this.#storage.update(key, entries.length === 0 ? undefined : entries);
  }
}
