import type { EnvDocument } from '../dotenv/envDocument.ts';
import type { Span } from '../text.ts';
import { catalogueRow } from './catalogue.ts';
import { isClawqlName } from './variables.ts';

/** Where a value stands: in the `.env`, by its name's place, or in the environment of the process. */
export type ValueOrigin = { readonly kind: 'file'; readonly span: Span } | { readonly kind: 'environment' };

/** A variable as ClawQL's server gets it. */
export interface ServerValue {
  readonly value: string;
  readonly origin: ValueOrigin;
  /** The other places that give it a value, which does not count; those of the file in their order, then the environment. */
  readonly shadowed: readonly ValueOrigin[];
}

/**
 * What the server has by its own order: the `.env` of its folder before the environment of its process, an empty value too; of several
 * assignments in the file the last. A `.env` beside the program itself, which fills in what both leave out, is not known here. Source: ClawQL
 * `src/load-env.ts`, seen on a running server.
 */
export function serverValues(
  env: EnvDocument | undefined,
  environment: ReadonlyMap<string, string>,
): ReadonlyMap<string, ServerValue> {
  const values = new Map<string, ServerValue>(
    [...environment].map(([name, value]) => [name, { value, origin: { kind: 'environment' }, shadowed: [] }]),
  );
  for (const { name, value, nameSpan } of env?.entries ?? []) {
    const before = values.get(name);
    const outside = environment.has(name) ? [{ kind: 'environment' } as const] : [];
    const earlier = before?.origin.kind === 'file' ? [...before.shadowed, before.origin] : [];
    const shadowed = [...earlier.filter(({ kind }) => kind === 'file'), ...outside];
    values.set(name, { value, origin: { kind: 'file', span: nameSpan }, shadowed });
  }
  return values;
}

/** Whether ClawQL's server reads a variable of that name: by the catalogue, or because only ClawQL has such names. */
export function isServerName(name: string): boolean {
  return catalogueRow(name)?.reader === 'server' || (isClawqlName(name) && catalogueRow(name) === undefined);
}
