import { listItems, severalProviders, specFilesVariable, specFileVariables } from '../clawql/specVariables.ts';
import { isClawqlName, urlVariable, type UrlVariable } from '../clawql/variables.ts';
import { effectiveEntries, type EnvDocument } from '../dotenv/envDocument.ts';
import { labelOf, resolvedPath } from './specPaths.ts';

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

/** The variables that give one API its base URL, by its label. Source: ClawQL `src/spec-loader.ts` (resolveBundledSelfHostedBaseUrl). */
const ownVariables: Readonly<Record<string, string>> = {
  paperless: 'PAPERLESS_BASE_URL',
  stirling: 'STIRLING_BASE_URL',
  tika: 'TIKA_BASE_URL',
  gotenberg: 'GOTENBERG_BASE_URL',
  onyx: 'ONYX_BASE_URL',
};

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
    const own = label === undefined || !Object.hasOwn(ownVariables, label) ? undefined : ownVariables[label];
    const variable = (own === undefined ? undefined : urlVariable(own)) ?? anyApi;
    const before = [...(own === undefined ? [] : [own]), 'CLAWQL_API_BASE_URL', 'API_BASE_URL'];
    const coveredBy = before.find((name) => values.get(name)?.trim());
    const use = { path: resolvedPath(envPath, file), envPath, namedBy, index, count: files.length, variable };
    return coveredBy === undefined ? use : { ...use, coveredBy };
  });
}

interface NamedFiles {
  readonly namedBy: string;
  readonly files: readonly { readonly file: string; readonly label?: string | undefined }[];
}

function namedFiles(values: ReadonlyMap<string, string>): NamedFiles {
  const list = values.get(specFilesVariable)?.trim() ?? '';
  if (list !== '')
    return { namedBy: specFilesVariable, files: listItems(list).map((file) => ({ file, label: labelOf(file) })) };
  const provider = values.get('CLAWQL_PROVIDER')?.trim().toLowerCase() ?? '';
  const bundled = values.get('CLAWQL_BUNDLED_PROVIDERS')?.trim() ?? '';
  const namedBy = specFileVariables.find((name) => values.get(name));
  if (bundled !== '' || severalProviders.has(provider) || namedBy === undefined) return { namedBy: '', files: [] };
  return { namedBy, files: [{ file: values.get(namedBy) ?? '', label: provider }] };
}
