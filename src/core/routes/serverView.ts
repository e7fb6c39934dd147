import { serverValues, type ServerValue, type ValueOrigin } from '../clawql/serverValues.ts';
import { parseEnv } from '../dotenv/envDocument.ts';
import { lineNumbers } from '../text.ts';
import type { EnvFile } from './configuration.ts';
import type { Decision, FilePlace } from './route.ts';

/** The variables of ClawQL's server where it runs in the folder of a file, and the places that they come from. */
export class ServerView {
  readonly values: ReadonlyMap<string, string>;
  readonly #found: ReadonlyMap<string, ServerValue>;
  readonly #placeOf: (origin: ValueOrigin, name: string) => Decision;

  constructor(file: EnvFile | undefined, environment: ReadonlyMap<string, string>) {
    this.#found = serverValues(file && parseEnv(file.text), environment);
    this.values = new Map([...this.#found].map(([name, { value }]) => [name, value]));
    const placeAt = file && placesIn(file);
    this.#placeOf = (origin, name) =>
      origin.kind === 'file' && placeAt !== undefined
        ? { kind: 'variable', name, place: placeAt(origin.span.offset) }
        : { kind: 'environment', name };
  }

  /** The value that counts, without space round it; empty where it is not set. */
  valueOf(name: string): string {
    return this.values.get(name)?.trim() ?? '';
  }

  /** Where the value stands that counts; undefined where the name is nowhere. */
  decisionOf(name: string): Decision | undefined {
    const found = this.#found.get(name);
    return found && this.#placeOf(found.origin, name);
  }

  /** Where else values for the name stand, which do not count; the nearest to counting first. */
  shadowedOf(name: string): readonly Decision[] {
    return (this.#found.get(name)?.shadowed ?? []).toReversed().map((origin) => this.#placeOf(origin, name));
  }
}

/** Tells the place of an offset in a file. */
export function placesIn({ uri, path, text }: Pick<EnvFile, 'uri' | 'path' | 'text'>): (offset: number) => FilePlace {
  const lineOf = lineNumbers(text);
  return (offset) => ({ uri, path, offset, line: lineOf(offset) });
}
