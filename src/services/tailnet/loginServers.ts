import * as z from 'zod/mini';

import { isTailscales } from '../../core/tailnet/join/upArguments.ts';
import type { Storage } from '../storage.ts';

const key = 'clawql.loginServers';
const record = z.array(
  z.object({
    /** VS Code keeps this for all machines of a user, so the machine is named. */
    machine: z.string(),
    server: z.url({ protocol: /^https?$/ }),
  }),
);

type Known = z.infer<typeof record>[number];

/** How many are kept of one machine, and of all the others; those that were used longest ago go first. */
const limit = 10;
const othersLimit = 50;

/** URLs of the login servers at which this machine was logged in. Kept for all windows, the last one first. */
export class LoginServers {
  readonly #storage: Storage;
  readonly #machine: string;

  /** `machine` tells the machine from the user's others, also before it is in a tailnet. */
  constructor(storage: Storage, machine: string) {
    this.#storage = storage;
    this.#machine = machine;
  }

  get known(): readonly string[] {
    return this.#read().flatMap(({ machine, server }) => (machine === this.#machine ? [server] : []));
  }

  /** A login server has answered: it is kept. Tailscale's own needs no memory. */
  async noteAnswer(server: string): Promise<void> {
    if (isTailscales(server) || this.known[0] === server) return;
    await this.#write([server, ...this.#without(server)].slice(0, limit));
  }

  async forget(server: string): Promise<void> {
    await this.#write(this.#without(server));
  }

  #without(server: string): readonly string[] {
    return this.known.filter((one) => one !== server);
  }

  /** What another version wrote in another form is nothing. */
  #read(): readonly Known[] {
    const result = z.safeParse(record, this.#storage.get(key));
    return result.success ? result.data : [];
  }

  async #write(servers: readonly string[]): Promise<void> {
    const own = servers.map((server) => ({ machine: this.#machine, server }));
    const others = this.#read().filter(({ machine }) => machine !== this.#machine);
    const all = [...own, ...others.slice(0, othersLimit)];
    await this.#storage.update(key, all.length === 0 ? undefined : all);
  }
}
