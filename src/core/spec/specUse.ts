import { baseUrlVariables, ownBaseUrlVariable } from '../clawql/baseUrl.ts';
import { specSelection } from '../clawql/specSelection.ts';
import { isClawqlName, urlVariable, type UrlVariable } from '../clawql/variables.ts';
import { effectiveEntries, type EnvDocument } from '../dotenv/envDocument.ts';
import { resolvedPath } from './specPaths.ts';

/** How ClawQL comes to read a file as an API's description: by the `.env` of the folder in which it runs. */
export interface SpecUse {
  /** From the root, with `/`. */
  readonly path: string;
  readonly envPath: string;
  /** The variable that names the file. */
  readonly namedBy: string;
  /** Its place among the files that ClawQL reads, from 0, and their number. */
  readonly index: number;
  readonly count: number;
  /** The variable that counts before the document's own servers, once it is set. */
  readonly variable: UrlVariable;
  /** The variable that is set and does so: what the document says of servers is not used. */
  readonly coveredBy?: string;
}

/** Any API. Where its own description says that it is public, that is where it is. */
const anyApi: UrlVariable = {
  name: 'CLAWQL_API_BASE_URL',
  service: 'that API',
  traffic: 'execute sends the requests for that API, with their tokens, out of',
  reader: 'server',
  mayBePublic: 'yes',
  publicHosts: [],
};

/**
 * The files that ClawQL reads as descriptions where this is the `.env` of its folder, in its order; what it passes over is not among them.
 * None for a `.env` that is not ClawQL's. Source: ClawQL `src/spec-loader.ts` (resolveMultiSpecItems, resolveSpecSource, resolveApiBaseUrl).
 */
export function specUses(env: EnvDocument, envPath: string): readonly SpecUse[] {
  if (!env.entries.some(({ name }) => isClawqlName(name))) return [];
  const values = new Map(effectiveEntries(env).map(({ name, value }) => [name, value]));
  const { namedBy, files } = namedFiles(values);
  return files.map(({ file, label }, index) => {
    const own = ownBaseUrlVariable(label);
    const variable = (own === undefined ? undefined : urlVariable(own)) ?? anyApi;
    const coveredBy = baseUrlVariables(label).find((name) => values.get(name)?.trim());
    const use = { path: resolvedPath(envPath, file), envPath, namedBy, index, count: files.length, variable };
    return coveredBy === undefined ? use : { ...use, coveredBy };
  });
}

interface NamedFiles {
  readonly namedBy: string;
  readonly files: readonly { readonly file: string; readonly label: string }[];
}

function namedFiles(values: ReadonlyMap<string, string>): NamedFiles {
  const selection = specSelection(values);
  switch (selection.kind) {
    case 'files':
      return { namedBy: selection.decidedBy, files: selection.files };
    case 'file':
      return { namedBy: selection.decidedBy, files: [selection] };
    default:
      return { namedBy: '', files: [] };
  }
}
