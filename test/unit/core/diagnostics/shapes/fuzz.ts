import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFuzzed, fuzzedWorlds, type FuzzCounts } from './fuzzChecks.ts';
import { fuzzedDocument } from './fuzzedDocuments.ts';

const batch = 500;

/** Checks `count` fuzzed documents, the same for the same seed. Throws with the seed and the document at the first that fails. */
export function fuzz({ count, seed }: { readonly count: number; readonly seed: number }): FuzzCounts {
  const worlds = fuzzedWorlds();
  const sum = { findings: 0, edits: 0, helps: 0 };
  // Not all at once: a hundred thousand documents are a lot of memory.
  for (let done = 0; done < count; done += batch) {
    const documents = fc.sample(fuzzedDocument, { numRuns: Math.min(batch, count - done), seed: seed + done });
    for (const [index, document] of documents.entries()) {
      try {
        const { findings, edits, helps } = checkFuzzed(document, worlds);
        sum.findings += findings;
        sum.edits += edits;
        sum.helps += helps;
      } catch (error) {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        assert.fail(`seed ${seed}, document ${done + index}: ${JSON.stringify(document)}\n${reason}`);
      }
    }
  }
  return sum;
}
