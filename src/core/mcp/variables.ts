import { writtenDialects } from './dialects.ts';
import { valueOfVariable } from './serverDefinition.ts';

/** Every environment variable that a written entry of any client may name, with the value that means the endpoint at `url`. */
export function variablesFor(url: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    writtenDialects.flatMap(({ written: { variable } }) => {
      const value = valueOfVariable(variable, url);
      return value === undefined ? [] : [[variable.name, value]];
    }),
  );
}

/** The names of those variables: whenever a server is selected, the editor's own process has them. */
export const selectionVariables: ReadonlySet<string> = new Set(
  writtenDialects.map(({ written: { variable } }) => variable.name),
);
