import * as z from 'zod/mini';

import type { Tailnet } from '../../core/tailnet/tailnet.ts';
import type { Storage } from '../storage.ts';

const key = 'clawql.knownTailnets';
const record = z.array(z.object({ name: z.string(), suffix: z.string() }));
type KnownTailnet = z.infer<typeof record>[number];

/** How many are kept; the one that was seen longest ago goes first. */
const limit = 20;

/** The tailnets in which this machine has been seen, so that a name of another one is told from a typo. Kept for all windows. */
export class KnownTailnets {
  readonly #storage: Storage;
  #known: readonly KnownTailnet[];

  constructor(storage: Storage) {
    this.#storage = storage;
    const result = z.safeParse(record, storage.get(key));
    this.#known = result.success ? result.data : [];
  }

  /** Suffixes of the MagicDNS names of tailnets other than this one, to the tailnets' names. */
  othersThan(current: string | undefined): ReadonlyMap<string, string> {
    return new Map(this.#known.filter(({ name }) => name !== current).map(({ name, suffix }) => [suffix, name]));
  }

  /** Notes that this machine is in a tailnet. */
  async note({ name, suffix }: Tailnet): Promise<void> {
    const isNoted = this.#known.some((one) => one.name === name && one.suffix === suffix);
    if (isNoted || suffix === '') return;
    this.#known = [...this.#known.filter((one) => one.name !== name && one.suffix !== suffix), { name, suffix }].slice(
      -limit,
    );
    await this.#storage.update(key, this.#known);
  }
}
