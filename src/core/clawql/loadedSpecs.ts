import { listItems, severalProviders, specFilesVariable, specFileVariables } from './specVariables.ts';

/** How many APIs ClawQL's server loads, as far as the variables of one file say. */
export interface LoadedSpecs {
  /** `unknown`: native sources alone, or a provider that is not known here. */
  readonly count: 'one' | 'several' | 'unknown';
  /** The variable that decides; absent where none does, and the server takes its default. */
  readonly decidedBy?: string;
}

const oneSpec = [
  ...specFileVariables,
  'CLAWQL_SPEC_URL',
  'OPENAPI_SPEC_URL',
  'CLAWQL_DISCOVERY_URL',
  'GOOGLE_DISCOVERY_URL',
] as const;

const nativeSources = ['CLAWQL_GRAPHQL_URL', 'CLAWQL_GRAPHQL_SOURCES', 'CLAWQL_GRPC_SOURCES'] as const;

/**
 * In the order in which the server asks: lists and presets come before a single document. With none of these ClawQL 5.0.0 loads all of
 * its providers; an empty value counts as none. Source: ClawQL `src/spec-loader.ts`, `src/provider-registry.ts`.
 */
export function loadedSpecs(values: ReadonlyMap<string, string>): LoadedSpecs {
  const listed = [specFilesVariable, 'CLAWQL_BUNDLED_PROVIDERS'].find((name) => isSet(values, name));
  if (listed !== undefined) {
    const items = listItems(values.get(listed) ?? '');
    const isSeveral = items.length > 1 || items.some((item) => severalProviders.has(item.toLowerCase()));
    return { count: isSeveral ? 'several' : 'one', decidedBy: listed };
  }
  const provider = values.get('CLAWQL_PROVIDER')?.trim().toLowerCase() ?? '';
  if (severalProviders.has(provider)) return { count: 'several', decidedBy: 'CLAWQL_PROVIDER' };
  const single = oneSpec.find((name) => isSet(values, name));
  if (single !== undefined) return { count: 'one', decidedBy: single };
  if (provider !== '') return { count: 'unknown', decidedBy: 'CLAWQL_PROVIDER' };
  const native = nativeSources.find((name) => isSet(values, name));
  return native === undefined ? { count: 'several' } : { count: 'unknown', decidedBy: native };
}

function isSet(values: ReadonlyMap<string, string>, name: string): boolean {
  return (values.get(name) ?? '').trim() !== '';
}
