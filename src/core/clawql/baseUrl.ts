/** The variables that give one API its base URL, by its label. Source: ClawQL `src/spec-loader.ts` (resolveBundledSelfHostedBaseUrl). */
const ownVariables: Readonly<Record<string, string>> = {
  paperless: 'PAPERLESS_BASE_URL',
  stirling: 'STIRLING_BASE_URL',
  tika: 'TIKA_BASE_URL',
  gotenberg: 'GOTENBERG_BASE_URL',
  onyx: 'ONYX_BASE_URL',
};

/** The variables that give every API that has none of its own its base URL, in their order. */
export const globalBaseUrlVariables = ['CLAWQL_API_BASE_URL', 'API_BASE_URL'] as const;

/** The variable of an API's own; undefined for one that has none. */
export function ownBaseUrlVariable(label: string): string | undefined {
  const key = label.trim().toLowerCase();
  return Object.hasOwn(ownVariables, key) ? ownVariables[key] : undefined;
}

/**
 * The variables that count before the servers of an API's own description, in their order: the first that is set gives the base URL. Not
 * for native sources, nor for a provider that is GraphQL's alone. Source: ClawQL `src/spec-loader.ts` (resolveApiBaseUrl).
 */
export function baseUrlVariables(label: string): readonly string[] {
  const own = ownBaseUrlVariable(label);
  return [...(own === undefined ? [] : [own]), ...globalBaseUrlVariables];
}
