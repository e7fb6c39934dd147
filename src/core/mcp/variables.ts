import { dialects } from './dialect.ts';
import { serverDefinition } from './serverDefinition.ts';

/** Every environment variable that a written entry of any client may name, with the value that means the endpoint at `url`. */
export function variablesFor(url: string): Readonly<Record<string, string>> {
  const definitions = dialects.map((dialect) => serverDefinition(dialect, url, 'variable'));
  return Object.fromEntries(definitions.flatMap((definition) => Object.entries(definition?.environment ?? {})));
}
