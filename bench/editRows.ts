import assert from 'node:assert/strict';

import fc from 'fast-check';

import { parseMcp } from '../src/core/mcp/mcpDocument.ts';
import { missingLevels, removeServer, upsertServer } from '../src/core/mcp/mcpEdits.ts';
import {
  applied,
  assertChangedWithin,
  assertKept,
  meaning,
  objectAt,
  touchedBy,
  wantedServer,
  withValueAt,
} from '../test/unit/core/mcp/editChecks.ts';
import { anyEdit, type GeneratedEdit } from '../test/unit/core/mcp/mcpFiles.ts';
import { compare, type Row } from './measure.ts';

const count = 100_000;

/**
 * Files as people write them, each with an edit: that every one does what was asked and no more, and what the edits cost against nothing
 * but parsing the same files. The same files in every run.
 */
export function editRows(): readonly Row[] {
  const edits = fc.sample(anyEdit, { numRuns: count, seed: 1 });
  edits.forEach(check);
  const written = count.toLocaleString('en-US');
  const row = compare({
    what: `a server in each of ${written} MCP files, every other byte as it was`,
    subject: () => edits.map(({ dialect, text, properties }) => upsertServer(text, dialect, 'clawql', properties)),
    reference: () => edits.map(({ dialect, text }) => parseMcp(text, dialect)),
    names: [`${written} edits`, `parsing ${written} files`],
    bar: 4,
    rounds: 3,
  });
  return [row];
}

/** Throws where an edit does not mean what was asked, touches anything else, or is not taken back. */
function check(edit: GeneratedEdit): void {
  const { dialect, text, properties } = edit;
  const path = [...dialect.root, 'clawql'];
  const before = meaning(text);
  const server = objectAt(before, path);
  const result = applied(text, upsertServer(text, dialect, 'clawql', properties));
  assert.deepEqual(meaning(result), withValueAt(before, path, wantedServer(server ?? {}, dialect, properties)));
  assertKept(text, result, touchedBy(edit));
  assertChangedWithin(text, result, path);
  assert.deepEqual(upsertServer(result, dialect, 'clawql', properties), { kind: 'unchanged' });
  const removed = applied(result, removeServer(result, dialect, 'clawql', missingLevels(text, dialect)));
  if (server === undefined) assert.deepEqual(meaning(removed), before);
  else assert.equal(objectAt(meaning(removed), path), undefined);
}
