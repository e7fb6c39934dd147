import type { Selection } from '../core/mcp/selection.ts';
import { shownUrl } from '../core/mcp/shownUrl.ts';
import type { Projection, ProjectionState } from './projection.ts';

/** Environment variables of a process, as a port: `process.env` has this shape. */
export type Environment = Record<string, string | undefined>;

/**
 * Puts the selection's variables into the extension host's environment, from which VS Code resolves `${env:…}` in mcp.json, live.
 * A variable that was there with another value is the user's: it stays.
 */
export class EnvironmentProjection implements Projection {
  readonly id = 'extension-host-environment';
  readonly title = "This window's environment for mcp.json";
  readonly #environment: Environment;
  readonly #variablesOf: (url: string) => Readonly<Record<string, string>>;
  readonly #written = new Map<string, string>();
  #own: readonly string[] = [];

  constructor(environment: Environment, variablesOf: (url: string) => Readonly<Record<string, string>>) {
    this.#environment = environment;
    this.#variablesOf = variablesOf;
  }

  apply(selection: Selection): ProjectionState {
    const wanted = new Map(Object.entries(this.#variablesOf(selection.url)));
    for (const name of [...this.#written.keys()]) if (!wanted.has(name)) this.#takeBack(name);
    const theirs: string[] = [];
    for (const [name, value] of wanted) {
      const present = this.#environment[name];
      if (present !== undefined && present !== this.#written.get(name)) {
        if (present !== value) theirs.push(`${name}=${shownUrl(present)}`);
        continue;
      }
      this.#environment[name] = value;
      this.#written.set(name, value);
    }
    this.#own = theirs;
    if (theirs.length > 0) return { kind: 'yours', value: theirs.join(', ') };
    if (wanted.size === 0) return { kind: 'failed', reason: `${shownUrl(selection.url)} cannot stand in a variable` };
    return { kind: 'applied', value: [...wanted].map(([name, value]) => `${name}=${value}`).join(', ') };
  }

  /** The user's own variables that beat the pick, as `NAME=value`. */
  get ownValues(): readonly string[] {
    return this.#own;
  }

  remove(): ProjectionState {
    for (const name of [...this.#written.keys()]) this.#takeBack(name);
    return { kind: 'absent' };
  }

  /** Only what was written here is ours to take. */
  #takeBack(name: string): void {
    if (this.#environment[name] === this.#written.get(name)) Reflect.deleteProperty(this.#environment, name);
    this.#written.delete(name);
  }
}
