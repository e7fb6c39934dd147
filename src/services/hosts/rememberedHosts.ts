import * as z from 'zod/mini';

import { Emitter, type Disposable, type Event } from '../event.ts';
import { errorText, type Log } from '../log.ts';
import type { Storage } from '../storage.ts';

const key = 'clawql.rememberedHosts';

const record = z.object({
  found: z.array(z.object({ tailnet: z.string(), nodeId: z.string() })),
  entered: z.array(z.url({ protocol: /^https?$/ })),
});
type Remembered = z.infer<typeof record>;

/** How many of each are kept; the oldest go first. */
const limit = 50;

/** Hosts that only the user's own doing made known: found by a search of their machines, or entered as a URL. Kept for all windows. */
export class RememberedHosts implements Disposable {
  readonly #storage: Storage;
  readonly #changed: Emitter<undefined>;

  constructor(storage: Storage, log: Log) {
    this.#storage = storage;
    this.#changed = new Emitter((error) => log.error(`remembered hosts listener: ${errorText(error)}`));
  }

  get onDidChange(): Event<undefined> {
    return this.#changed.event;
  }

  /** Ids of the nodes of this tailnet on which ClawQL was found. */
  foundIn(tailnet: string): readonly string[] {
    return this.#read()
      .found.filter((one) => one.tailnet === tailnet)
      .map(({ nodeId }) => nodeId);
  }

  /** URLs that the user entered. */
  get entered(): readonly string[] {
    return this.#read().entered;
  }

  async addFound(tailnet: string, nodeIds: readonly string[]): Promise<void> {
    const { found, entered } = this.#read();
    const others = found.filter((one) => one.tailnet !== tailnet || !nodeIds.includes(one.nodeId));
    const added = nodeIds.map((nodeId) => ({ tailnet, nodeId }));
    await this.#write({ found: [...others, ...added].slice(-limit), entered });
  }

  async addEntered(url: string): Promise<void> {
    const { found, entered } = this.#read();
    await this.#write({ found, entered: [...entered.filter((one) => one !== url), url].slice(-limit) });
  }

  async forgetFound(nodeId: string): Promise<void> {
    const { found, entered } = this.#read();
    await this.#write({ found: found.filter((one) => one.nodeId !== nodeId), entered });
  }

  async forgetEntered(url: string): Promise<void> {
    const { found, entered } = this.#read();
    await this.#write({ found, entered: entered.filter((one) => one !== url) });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** What another version wrote in another form is nothing. */
  #read(): Remembered {
    const result = z.safeParse(record, this.#storage.get(key));
    return result.success ? result.data : { found: [], entered: [] };
  }

  async #write(next: Remembered): Promise<void> {
    const isEmpty = next.found.length === 0 && next.entered.length === 0;
    await this.#storage.update(key, isEmpty ? undefined : next);
    this.#changed.fire(undefined);
  }
}
