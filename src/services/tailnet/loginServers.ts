import * as z from 'zod/mini';

import { isTailscales } from '../../core/tailnet/join/upArguments.ts';
import type { Storage } from '../storage.ts';

const key = 'clawql.loginServers';
const record = z.array(z.url({ protocol: /^https?$/ }));

/** How many are kept; the one that was used longest ago goes first. */
const limit = 10;

/** URLs of the login servers at which machines were logged in from here. Kept on this machine, for all windows, the last one first. */
export class LoginServers {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get known(): readonly string[] {
    const result = z.safeParse(record, this.#storage.get(key));
    return result.success ? result.data : [];
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

  async #write(servers: readonly string[]): Promise<void> {
    await this.#storage.update(key, servers.length === 0 ? undefined : servers);
  }
}
