import type { Snapshot } from '../snapshot.ts';
import { clawqlReferences, clawqlServers } from './clawqlReference.ts';
import type { DocumentModel } from './documentModel.ts';
import { ignoredBy } from './ignoreComments.ts';
import { withIgnoreFix } from './ignoreFix.ts';
import { knownOf, type Known } from './known.ts';
import type { Problem } from './rule.ts';
import { rules } from './rules/index.ts';

/**
 * All that is wrong with a document as far as the snapshot tells, and that no comment in it silences, in the order of the text. `known` is
 * the snapshot's too: whoever has many documents works it out once.
 */
export function lint(model: DocumentModel, snapshot: Snapshot, known: Known = knownOf(snapshot)): readonly Problem[] {
  if (!snapshot.settings['diagnostics.enabled']) return [];
  const servers = model.kind === 'mcp' ? clawqlServers(model.mcp.servers, known.places) : [];
  const references = clawqlReferences(model, snapshot, known.places);
  const context = { model, snapshot, known, references, servers };
  const isIgnored = ignoredBy(model);
  return rules
    .flatMap((rule) => rule.run(context))
    .filter(({ ruleId, span }) => !isIgnored(ruleId, span))
    .map((problem) => withIgnoreFix(problem, model))
    .toSorted((one, other) => one.span.offset - other.span.offset);
}
