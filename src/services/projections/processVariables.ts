import type { VariablesTarget } from './variablesProjection.ts';

/** Environment variables of a process: `process.env` has this shape. */
export type Environment = Record<string, string | undefined>;

/**
 * The variable that tells a program started in one of our terminals which values of its `CLAWQL_MCP_…` are not the user's own. An editor
 * that is started there inherits them all, and would otherwise take an old pick for the user's word.
 */
export const originVariable = 'CLAWQL_TAILNET_SET';

/** What it holds: `NAME=value`, one after the other. No value has a space in it: each is a URL or a part of one. */
export function originText(variables: ReadonlyMap<string, string>): string {
  return [...variables].map(([name, value]) => `${name}=${value}`).join(' ');
}

/** The extension host's own environment, from which VS Code resolves `${env:…}` in mcp.json, live. */
export class ProcessVariables implements VariablesTarget {
  readonly id = 'extension-host-environment';
  readonly title = 'Variables for mcp.json';
  readonly #environment: Environment;
  readonly #startedFrom: string;
  /** What the variables hold that were set here, by name. */
  readonly #set = new Map<string, string>();

  /** `startedFrom` says who else can have set a variable, such as `the environment in which VS Code was started`. */
  constructor(environment: Environment, startedFrom: string) {
    this.#environment = environment;
    this.#startedFrom = startedFrom;
    // An old pick of another window must not outlive its window where this one has no pick.
    for (const assignment of (environment[originVariable] ?? '').split(' ')) {
      const [name = ''] = assignment.split('=', 1);
      const isAsSet = assignment === `${name}=${environment[name] ?? ''}`;
      if (name.startsWith('CLAWQL_MCP_') && isAsSet) Reflect.deleteProperty(environment, name);
    }
  }

  own(name: string): { readonly value: string; readonly by: string } | undefined {
    const value = this.#environment[name];
    return value === undefined || value === this.#set.get(name) ? undefined : { value, by: this.#startedFrom };
  }

  set(name: string, value: string): void {
    this.#environment[name] = value;
    this.#set.set(name, value);
  }

  /** Only what was set here is ours to take. */
  unset(name: string): void {
    if (this.#environment[name] === this.#set.get(name)) Reflect.deleteProperty(this.#environment, name);
    this.#set.delete(name);
  }
}
