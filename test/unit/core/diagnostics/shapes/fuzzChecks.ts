import assert from 'node:assert/strict';
import { namesToLookUp } from '../../../../../src/core/diagnostics/clawqlReference.ts';
import { readDocument, type DocumentModel } from '../../../../../src/core/diagnostics/documentModel.ts';
import { fixAll } from '../../../../../src/core/diagnostics/fixAll.ts';
import { lint } from '../../../../../src/core/diagnostics/lint.ts';
import { documentKind, type SourceDocument } from '../../../../../src/core/diagnostics/sourceDocument.ts';
import { completionsAt } from '../../../../../src/core/help/completions.ts';
import { fileLinks } from '../../../../../src/core/help/fileLinks.ts';
import { hoverAt } from '../../../../../src/core/help/hovers.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import { applyEdits, spanEnd, type Span } from '../../../../../src/core/text.ts';
import { settings } from '../../../support/builders.ts';
import { snapshotOf, type World } from '../world.ts';
import type { FuzzedDocument } from './fuzzedDocuments.ts';
import { everywhere, surroundings, type Surrounding } from './shape.ts';

/** How much was found and checked. */
export interface FuzzCounts {
  readonly findings: number;
  readonly edits: number;
  readonly helps: number;
}

/** What documents are looked at with, by where that is: only what a resolver says differs from one to the next. */
export function fuzzedWorlds(): ReadonlyMap<Surrounding, Snapshot> {
  const roles = { 'tag:clawql-mcp': 'TIKA_BASE_URL' };
  return new Map(
    everywhere.map((surrounding) => {
      const world: World = surroundings[surrounding];
      const environment = { isVSCode: true, names: new Set<string>(), ignoresCase: false };
      return [
        surrounding,
        snapshotOf({ ...world, snapshot: { ...world.snapshot, environment, settings: settings({ roles }) } }),
      ];
    }),
  );
}

/** Throws where anything throws that is done with a document, or where a span does not lie in it. */
export function checkFuzzed(
  { source, surrounding, carets }: FuzzedDocument,
  worlds: ReturnType<typeof fuzzedWorlds>,
): FuzzCounts {
  const { text } = source;
  const unasked = worlds.get(surrounding);
  const model = readDocument(source);
  assert.ok(unasked, source.path);
  if (model === undefined) {
    assert.ok(maybeNone(source), source.path);
    return { findings: 0, edits: 0, helps: 0 };
  }
  const lookups = new Map(namesToLookUp(model, unasked).map((name) => [name, ['93.184.215.14']]));
  const snapshot = { ...unasked, lookups };
  const problems = lint(model, snapshot);
  let edits = 0;
  for (const problem of problems) {
    assertInside(problem.span, text, problem.ruleId);
    assert.notEqual(problem.message, '', problem.ruleId);
    for (const fix of problem.fixes()) {
      assert.notEqual(fix.title, '', problem.ruleId);
      if (fix.kind !== 'edit') continue;
      edits++;
      fix.edits.forEach(({ span }) => assertInside(span, text, `${problem.ruleId}: ${fix.title}`));
      applyEdits(text, fix.edits);
    }
  }
  const all = readDocument({ ...source, text: applyEdits(text, fixAll(problems)) });
  assert.ok(all);
  lint(all, snapshot);
  for (const { span } of fileLinks(model)) assertInside(span, text, 'link');
  const helps = carets.map((caret) => checkHelp(model, caret, snapshot));
  return { findings: problems.length, edits, helps: helps.reduce((sum, count) => sum + count, 0) };
}

/** A policy that was taken apart may be none any more. */
function maybeNone({ path }: SourceDocument): boolean {
  return documentKind(path)?.kind === 'policy';
}

/** The number of hovers and completions at a caret. */
function checkHelp(model: DocumentModel, caret: number, snapshot: Snapshot): number {
  const { text, path } = model.source;
  const completions = completionsAt(model, caret, snapshot);
  for (const { span, insertText, more, label } of completions) {
    assertInside(span, text, `completion ${label}`);
    assert.ok(span.offset <= caret && caret <= spanEnd(span), `completion ${label} is not at the caret`);
    applyEdits(text, [{ span, text: insertText }, ...more]);
  }
  const file = { label: 'mcp.json', uri: `file://${path}`, reader: { kind: 'this-window' } as const };
  const hover = hoverAt(model, caret, { ...file, snapshot, environment: {}, isOurs: () => false });
  if (hover === undefined) return completions.length;
  assertInside(hover.span, text, 'hover');
  assert.notEqual(hover.markdown, '');
  return completions.length + 1;
}

function assertInside(span: Span, text: string, what: string): void {
  const { offset, length } = span;
  const isInside = Number.isInteger(offset) && Number.isInteger(length) && offset >= 0 && length >= 0;
  assert.ok(isInside && spanEnd(span) <= text.length, `${what}: ${offset} +${length} of ${text.length}`);
}
