/**
 * How a client replaces variables in a URL.
 * - `env`: `${env:NAME}`; one that is not set becomes nothing, or stays as it stands.
 * - `shell`: `${NAME}` and `${NAME:-default}`; one that is neither set nor has a default stays as it stands.
 * - `dollar`: `$NAME`, `${NAME}` and `${NAME:-default}`; one that is neither set nor has a default stays as it stands.
 * - `brace`: `{env:NAME}`; one that is not set becomes nothing.
 * - `none`: nothing is replaced.
 */
export type Expansion = 'env' | 'shell' | 'dollar' | 'brace' | 'none';

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a text is once its variables are replaced. */
export interface Expanded {
  readonly text: string;
  /** The names that it refers to. */
  readonly names: readonly string[];
  /** Those of them that are neither set nor have a default. */
  readonly unset: readonly string[];
  /** References of other kinds, such as `${input:token}`, which only the client itself can resolve. */
  readonly foreign: readonly string[];
}

/** The last alternative of each takes what never ends: each brace would else be looked at from every opening before it. */
const patterns: Readonly<Record<Exclude<Expansion, 'none'>, RegExp>> = {
  env: /\$\{env:(?<name>[^}]*)\}|(?<foreign>\$\{[^}]*\})|\$\{[^}]*$/g,
  shell: /\$\{(?<name>[A-Za-z_]\w*)(?::-(?<fallback>[^}]*))?\}|(?<foreign>\$\{[^}]*\})|\$\{[^}]*$/g,
  dollar: /\$(?:\{(?<braced>\w+)(?::-(?<fallback>[^}]*))?\}|(?<name>\w+))|(?<foreign>\$\{[^}]*\})|\$\{[^}]*$/g,
  brace: /\{env:(?<name>[^}]*)\}|(?<foreign>\{file:[^}]*\})|\{(?:env|file):[^}]*$/g,
};

/** A reference to a variable, where it stands in a text. */
export interface VariableReference {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** The references to variables that a client replaces in a text. */
export function variablesIn(text: string, expansion: Expansion): readonly VariableReference[] {
  if (expansion === 'none') return [];
  return [...text.matchAll(patterns[expansion])].flatMap(({ index, 0: { length }, groups = {} }) => {
    const name = groups['name'] ?? groups['braced'];
    return name === undefined ? [] : [{ name, offset: index, length }];
  });
}

/** Replaces the variables of a text as a client does. */
export function expand(text: string, expansion: Expansion, variables: Variables): Expanded {
  if (expansion === 'none') return { text, names: [], unset: [], foreign: [] };
  const names: string[] = [];
  const unset: string[] = [];
  const foreign: string[] = [];
  const expanded = text.replaceAll(patterns[expansion], (match: string, ...rest: readonly unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const name = groups['name'] ?? groups['braced'];
    if (name === undefined) {
      if (groups['foreign'] !== undefined) foreign.push(match);
      return match;
    }
    names.push(name);
    const value = (Object.hasOwn(variables, name) ? variables[name] : undefined) ?? groups['fallback'];
    if (value !== undefined) return value;
    unset.push(name);
    return expansion === 'env' || expansion === 'brace' ? '' : match;
  });
  return { text: expanded, names, unset, foreign };
}
