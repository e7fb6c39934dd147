import type { Holding, ProjectionState } from '../../core/mcp/holding.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { shownUrl } from '../../core/mcp/shownUrl.ts';
import type { Projection } from './projection.ts';

/** Environment variables that can be set, as a port. */
export interface VariablesTarget {
  readonly id: string;
  readonly title: string;
  /** The value that is the user's own, and who set it; undefined where the variable is free to be set, or holds what was set here. */
  own(name: string): { readonly value: string; readonly by: string } | undefined;
  set(name: string, value: string): void;
  /** Takes away what `set` put there. */
  unset(name: string): void;
}

/** Puts the selection's variables where programs find them. A variable that the user has set stays as it is. */
export class VariablesProjection implements Projection {
  readonly scope = 'window';
  readonly #target: VariablesTarget;
  readonly #variablesOf: (url: string) => Readonly<Record<string, string>>;
  readonly #written = new Map<string, string>();

  constructor(target: VariablesTarget, variablesOf: (url: string) => Readonly<Record<string, string>>) {
    this.#target = target;
    this.#variablesOf = variablesOf;
  }

  get id(): string {
    return this.#target.id;
  }

  get title(): string {
    return this.#target.title;
  }

  apply({ url }: Selection): ProjectionState {
    const wanted = Object.entries(this.#variablesOf(url));
    for (const name of this.#written.keys()) if (!wanted.some(([one]) => one === name)) this.#takeBack(name);
    if (wanted.length === 0) return [{ kind: 'failed', reason: `${shownUrl(url)} cannot stand in a variable` }];
    return wanted.map(([name, value]) => this.#put(name, value));
  }

  remove(): ProjectionState {
    for (const name of this.#written.keys()) this.#takeBack(name);
    return [];
  }

  #put(name: string, value: string): Holding {
    const own = this.#target.own(name);
    if (own !== undefined) {
      this.#takeBack(name);
      const beatsPick = own.value !== value;
      return { kind: 'yours', what: name, value: shownUrl(own.value), by: own.by, beatsPick };
    }
    if (this.#written.get(name) !== value) {
      this.#target.set(name, value);
      this.#written.set(name, value);
    }
    return { kind: 'ours', what: name, value };
  }

  #takeBack(name: string): void {
    if (this.#written.delete(name)) this.#target.unset(name);
  }
}
