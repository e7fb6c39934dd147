import type { Selection } from '../core/mcp/selection.ts';
import type { Projection, ProjectionState } from './projection.ts';

/** Where this editor takes servers from an extension, as a port. Called only when the URL is another one than before. */
export interface ServerRegistry {
  readonly title: string;
  register(url: string | undefined): void;
}

/** The selection as a server that this editor holds without a file; it gives way where a file of this editor has the same server. */
export class LiveRegistration implements Projection {
  readonly id = 'live-registration';
  readonly #registry: ServerRegistry;
  #wanted: string | undefined;
  #standBack: string | undefined;
  #registered: string | undefined;

  constructor(registry: ServerRegistry) {
    this.#registry = registry;
  }

  get title(): string {
    return this.#registry.title;
  }

  /** The URL that the editor holds from here; absent when none is registered. */
  get registered(): string | undefined {
    return this.#registered;
  }

  apply(selection: Selection): ProjectionState {
    this.#wanted = selection.url;
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
    if (next !== this.#registered) this.#registry.register(next);
    this.#registered = next;
    return this.read();
  }

  read(): ProjectionState {
    if (this.#wanted === undefined) return { kind: 'absent' };
    if (this.#standBack !== undefined) return { kind: 'standing-back', reason: this.#standBack };
    return { kind: 'applied', value: this.#wanted };
  }
}
