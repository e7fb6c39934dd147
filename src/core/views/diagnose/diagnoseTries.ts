import { clip } from '../../clip.ts';
import { executeOutcome, searchOutcome, type FoundOperation } from '../../clawql/toolAnswer.ts';
import type { Step } from '../../diagnosis/steps/step.ts';
import type { ProbeFailure } from '../../mcp/probeOutcome.ts';
import { tookText } from './diagnoseSigns.ts';

/** What a tool answered, and how long that took, in milliseconds. */
export type TriedTool =
  | { readonly kind: 'result'; readonly text: string; readonly isError: boolean; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly failure: ProbeFailure; readonly tookMs: number };

/** A word that the operations of most APIs hold. */
export const triedQuery = 'list';

/** Characters of a server's own words on what went wrong. */
const errorLimit = 200;

/** The step of a `search` that was tried. */
export function searchStep(tried: TriedTool): Step {
  const title = 'search';
  const found = foundOperations(tried);
  if ('error' in found) return { title, state: 'failed', seen: found.error };
  const { length } = found.operations;
  const count =
    length === 0 ? `no operation for "${triedQuery}"` : `${length} ${length === 1 ? 'operation' : 'operations'}`;
  return { title, state: 'passed', seen: `${count} in ${tookText(tried.tookMs)}` };
}

/** What a `search` found, or why it found nothing that can be read. */
export function foundOperations(
  tried: TriedTool,
): { readonly operations: readonly FoundOperation[] } | { readonly error: string } {
  if (tried.kind === 'failed') return { error: clip(tried.failure.detail, errorLimit) };
  if (tried.isError) return { error: clip(tried.text, errorLimit) };
  const outcome = searchOutcome(tried.text);
  return outcome.kind === 'operations' ? outcome : { error: 'its answer holds no list of operations' };
}

/** Those that only read, and that can be called without knowing anything. */
export function harmlessOperations(operations: readonly FoundOperation[]): readonly FoundOperation[] {
  return operations.filter(
    ({ method, required, path }) => method === 'GET' && required.length === 0 && !/[{}]/.test(path),
  );
}

/** The step where none of the operations that were found may be tried. */
export function nothingToTry(found: readonly FoundOperation[]): Step {
  const of = found.length === 1 ? 'the one operation' : `the ${found.length} operations`;
  const seen =
    found.length === 0
      ? `not tried: a search for "${triedQuery}" finds no operation`
      : `not tried: of ${of} that a search for "${triedQuery}" finds, none is a GET without required parameters`;
  return { title: 'execute', state: 'noted', seen };
}

/** The step of an `execute` that was tried. Of the answer only its size is told. */
export function executeStep(operationId: string, tried: TriedTool): Step {
  const title = `execute ${clip(operationId, errorLimit)}`;
  if (tried.kind === 'failed') return { title, state: 'failed', seen: clip(tried.failure.detail, errorLimit) };
  const outcome = executeOutcome(tried.text, tried.isError);
  if (outcome.kind === 'failed') return { title, state: 'failed', seen: clip(outcome.error, errorLimit) };
  const bytes = new TextEncoder().encode(tried.text).length;
  return { title, state: 'passed', seen: `answered ${sizeText(bytes)} in ${tookText(tried.tookMs)}` };
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
