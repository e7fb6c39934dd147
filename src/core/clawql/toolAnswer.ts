import * as z from 'zod/mini';

import { clip } from '../clip.ts';
import { parseJson } from '../json.ts';

/** UTF-16 code units of a server's own words that are kept. */
const wordsLimit = 300;

/** An operation that ClawQL's `search` found. */
export interface FoundOperation {
  readonly id: string;
  /** Of HTTP, in capitals; other protocols have words of their own. */
  readonly method: string;
  /** May hold parameters in braces. */
  readonly path: string;
  /** Which of the loaded API descriptions it is of; absent where the server does not say. */
  readonly specLabel?: string;
  /** Names of the parameters without which it cannot be called. */
  readonly required: readonly string[];
}

export type SearchOutcome =
  /** Empty where nothing matches. */
  | { readonly kind: 'operations'; readonly operations: readonly FoundOperation[] }
  | { readonly kind: 'unusable'; readonly detail: string };

const parameter = z.object({ name: z.string(), required: z.optional(z.boolean()) });
const operation = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  specLabel: z.optional(z.string()),
  parameters: z.catch(z.array(parameter), []),
});
const found = z.object({ results: z.array(z.unknown()) });

/** What `search` answered, by the text of its result. Source: ClawQL `src/tools.ts`, `search`; seen on a running 5.0.0. */
export function searchOutcome(text: string): SearchOutcome {
  const { data, success } = z.safeParse(found, parseJson(text));
  if (!success) return { kind: 'unusable', detail: clip(text, wordsLimit) };
  return { kind: 'operations', operations: data.results.flatMap(operationOf) };
}

/** What is no operation is passed over: the others can be used all the same. */
function operationOf(document: unknown): readonly FoundOperation[] {
  const { data, success } = z.safeParse(operation, document);
  if (!success) return [];
  const { id, method, path, specLabel, parameters } = data;
  const required = parameters.flatMap(({ name, required: isRequired }) => (isRequired === true ? [name] : []));
  return [{ id, method: method.toUpperCase(), path, ...(specLabel === undefined ? {} : { specLabel }), required }];
}

export type ExecuteOutcome = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: string };

const failure = z.object({ error: z.string().check(z.minLength(1)) });

/**
 * What `execute` came to. Most of its errors are no `isError`: the JSON of its text holds `error`. Source: ClawQL `src/tools.ts`, `execute`;
 * seen on a running 5.0.0.
 */
export function executeOutcome(text: string, isError: boolean): ExecuteOutcome {
  const { data, success } = z.safeParse(failure, parseJson(text));
  if (success) return { kind: 'failed', error: clip(data.error, wordsLimit) };
  return isError ? { kind: 'failed', error: clip(text, wordsLimit) } : { kind: 'done' };
}
