import { labelOf } from '../spec/specPaths.ts';
import { nativeSources } from './nativeSources.ts';
import { providers } from './providers.ts';
import {
  listItems,
  severalProviders,
  specFilesVariable,
  specFileVariables,
  specUrlVariables,
} from './specVariables.ts';

/** Which descriptions of APIs ClawQL's server loads, and the variable that decides it. */
export type SpecSelection =
  /** Several in one index. `label` is what ClawQL calls the API. */
  | {
      readonly kind: 'files';
      readonly decidedBy: string;
      readonly files: readonly { readonly file: string; readonly label: string }[];
    }
  /** The same of its own providers, by their names as they stand, in lower case; without a variable all of them. */
  | { readonly kind: 'providers'; readonly decidedBy?: string; readonly ids: readonly string[] }
  /** One. Its label is what `CLAWQL_PROVIDER` says, in lower case; empty where that is not set. */
  | { readonly kind: 'file'; readonly decidedBy: string; readonly file: string; readonly label: string }
  | { readonly kind: 'url'; readonly decidedBy: string; readonly url: string; readonly label: string }
  | { readonly kind: 'provider'; readonly decidedBy: string; readonly id: string }
  /** Native GraphQL and gRPC sources alone. */
  | { readonly kind: 'native'; readonly decidedBy: string };

/**
 * In the order in which the server asks: lists and presets come before a single document, and sources of its own count alone only where
 * nothing else is set. An empty value counts as none. Sources: ClawQL `src/spec-loader.ts` (resolveMultiSpecItems, resolveSpecSource),
 * `src/provider-registry.ts`, `src/native-protocol-env.ts` (shouldLoadNativeProtocolsOnlyMode).
 */
export function specSelection(values: ReadonlyMap<string, string>): SpecSelection {
  const valueOf = (name: string): string => values.get(name)?.trim() ?? '';
  const isSet = (name: string): boolean => valueOf(name) !== '';
  if (isSet(specFilesVariable)) {
    const files = listItems(valueOf(specFilesVariable)).map((file) => ({ file, label: labelOf(file) }));
    return { kind: 'files', decidedBy: specFilesVariable, files };
  }
  if (isSet('CLAWQL_BUNDLED_PROVIDERS')) {
    const ids = listItems(valueOf('CLAWQL_BUNDLED_PROVIDERS')).map((id) => id.toLowerCase());
    return { kind: 'providers', decidedBy: 'CLAWQL_BUNDLED_PROVIDERS', ids: [...new Set(ids.map(currentName))] };
  }
  const label = valueOf('CLAWQL_PROVIDER').toLowerCase();
  if (severalProviders.has(label)) {
    return { kind: 'providers', decidedBy: 'CLAWQL_PROVIDER', ids: presetIds(label, values) };
  }
  const fileVariable = specFileVariables.find(isSet);
  if (fileVariable !== undefined) {
    return { kind: 'file', decidedBy: fileVariable, file: values.get(fileVariable) ?? '', label };
  }
  const urlVariable = specUrlVariables.find(isSet);
  if (urlVariable !== undefined) return { kind: 'url', decidedBy: urlVariable, url: valueOf(urlVariable), label };
  if (label !== '') return { kind: 'provider', decidedBy: 'CLAWQL_PROVIDER', id: label };
  const [source] = nativeSources(values);
  return source === undefined
    ? { kind: 'providers', ids: presetIds('all-providers', values) }
    : { kind: 'native', decidedBy: source.variable };
}

function presetIds(preset: string, values: ReadonlyMap<string, string>): readonly string[] {
  if (preset === 'atlassian') return ['jira', 'bitbucket'];
  if (preset !== 'all-providers') return ['google'];
  const withDocuments = isOnByDefault(values.get('CLAWQL_ENABLE_DOCUMENTS'));
  return providers.filter(({ isDocuments }) => withDocuments || isDocuments !== true).map(({ id }) => id);
}

/** What is set at all is on by these words alone. Source: ClawQL `src/clawql-optional-flags.ts` (envTruthyWithDefault). */
function isOnByDefault(value: string | undefined): boolean {
  return value === undefined || /^(1|true|yes)$/i.test(value.trim());
}

function currentName(id: string): string {
  return id === 'google-top50' ? 'google' : id;
}
