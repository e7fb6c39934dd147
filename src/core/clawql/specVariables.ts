/** The variables that name the file of one API's description, in the order in which ClawQL's server asks. Source: ClawQL `src/spec-loader.ts`. */
export const specFileVariables = ['CLAWQL_SPEC_PATH', 'OPENAPI_SPEC_PATH', 'OPENAPI_FILE'] as const;

/** The variables that name the URL of one, in their order, after those. */
export const specUrlVariables = [
  'CLAWQL_SPEC_URL',
  'OPENAPI_SPEC_URL',
  'CLAWQL_DISCOVERY_URL',
  'GOOGLE_DISCOVERY_URL',
] as const;

/** The variable that names several, and counts before these. */
export const specFilesVariable = 'CLAWQL_SPEC_PATHS';

/** Values of `CLAWQL_PROVIDER` that stand for several APIs, and count before a single file. Source: ClawQL `src/provider-registry.ts`. */
export const severalProviders: ReadonlySet<string> = new Set(['all-providers', 'google', 'google-top50', 'atlassian']);

/** The items of a value that is a list, without those that are empty. Source: ClawQL `src/spec-loader.ts`. */
export function listItems(value: string): readonly string[] {
  return value.split(/[,;\n]/).flatMap((item) => item.trim() || []);
}
