import type { ProjectionState } from '../../core/mcp/holding.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import type { WrittenEndpoint } from '../../core/mcp/serverDefinition.ts';
import type { Projection } from './projection.ts';

/** Where this editor takes servers from an extension, as a port. Called only when the endpoint is another one than before. */
export interface ServerRegistry {
  readonly title: string;
  /** What the editor calls the server. */
  readonly serverName: string;
  register(endpoint: WrittenEndpoint | undefined): void;
}

/** The selection as a server that this editor holds without a file; it gives way where a file of this editor has the same server. */
export class LiveRegistration implements Projection {
  readonly id = 'live-registration';
  readonly scope = 'window';
  readonly #registry: ServerRegistry;
  #wanted: WrittenEndpoint | undefined;
  #standBack: string | undefined;
  #registered: WrittenEndpoint | undefined;
  #isRefused = false;

  constructor(registry: ServerRegistry) {
    this.#registry = registry;
  }

  get title(): string {
    return this.#registry.title;
  }

  /** The URL that the editor holds from here; absent when none is registered. */
  get registered(): string | undefined {
    return this.#registered?.url;
  }

  apply({ url, wantsToken }: Selection): ProjectionState {
    this.#wanted = { url, wantsToken };
    return this.#settle();
  }

  remove(): ProjectionState {
    this.#wanted = undefined;
    return this.#settle();
  }

  /** Gives way, with the reason, or takes its place again. */
  standBack(reason: string | undefined): ProjectionState {
    this.#standBack = reason;
    return this.#settle();
  }

  #settle(): ProjectionState {
    const next = this.#standBack === undefined ? this.#wanted : undefined;
    if (this.#isRefused || !isSame(next, this.#registered)) {
      // What an editor holds that refuses is not known: it is told again next time, whatever was there before.
      this.#isRefused = true;
      this.#registered = undefined;
      this.#registry.register(next);
      this.#isRefused = false;
    }
    this.#registered = next;
    return this.read();
  }

  /** Has the editor forget the server and take it up anew, for an editor that keeps a dead session. False where none is registered. */
  renew(): boolean {
    if (this.#registered === undefined) return false;
    this.#registry.register(undefined);
    this.#registry.register(this.#registered);
    return true;
  }

  read(): ProjectionState {
    if (this.#wanted === undefined) return [];
    if (this.#standBack !== undefined) return [{ kind: 'standing-back', reason: this.#standBack }];
    return [{ kind: 'ours', what: `"${this.#registry.serverName}"`, value: this.#wanted.url }];
  }
}

function isSame(one: WrittenEndpoint | undefined, other: WrittenEndpoint | undefined): boolean {
  return one?.url === other?.url && (one?.wantsToken === true) === (other?.wantsToken === true);
}
