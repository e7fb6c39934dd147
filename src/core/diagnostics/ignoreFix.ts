import { layoutOf } from '../mcp/jsonLayout.ts';
import { applyEdits, type TextEdit } from '../text.ts';
import { isJsonSpec } from '../spec/specDocument.ts';
import { readDocument, type DocumentModel } from './documentModel.ts';
import type { Fix } from './fix.ts';
import { ignoreComment, ignoredBy, lineOf } from './ignoreComments.ts';
import type { Problem } from './rule.ts';

/** A problem that can be silenced by a comment in the line above it, too: the last of its fixes but for those that allow more than that. */
export function withIgnoreFix(problem: Problem, model: DocumentModel): Problem {
  return {
    ...problem,
    fixes() {
      const fixes = problem.fixes();
      const first = fixes.findIndex((fix) => fix.kind === 'command' && fix.command === 'clawql.allowHost');
      const end = first < 0 ? fixes.length : first;
      return [...fixes.slice(0, end), ...ignoreFixes(problem, model), ...fixes.slice(end)];
    },
  };
}

/** None where the format has no comments, or none can stand above the place, as inside another comment. */
function ignoreFixes({ ruleId, span }: Problem, model: DocumentModel): readonly Fix[] {
  const { text } = model.source;
  const start = lineOf(model, span.offset);
  const opening = commentOpening(model, text.slice(start, span.offset));
  if (opening === undefined) return [];
  const indent = /[ \t]*/y;
  indent.lastIndex = start;
  const { lineEnd } = layoutOf({ text, problems: [] });
  const edit: TextEdit = {
    span: { offset: start, length: 0 },
    text: `${indent.exec(text)?.[0] ?? ''}${opening} ${ignoreComment(ruleId)}${lineEnd}`,
  };
  const after = readDocument({ ...model.source, text: applyEdits(text, [edit]) });
  const moved = { offset: span.offset + edit.text.length, length: span.length };
  if (after === undefined || !ignoredBy(after)(ruleId, moved)) return [];
  return [{ kind: 'edit', title: `Ignore ${ruleId} here`, isPreferred: false, edits: [edit] }];
}

/** What begins a comment above a line; undefined where it is not known that whoever reads the file knows comments, and that one fits there. */
function commentOpening(model: DocumentModel, line: string): '#' | '//' | undefined {
  if (model.kind === 'env') return '#';
  if (model.kind === 'spec') return !isJsonSpec(model.source.text) && beginsWithKey(line) ? '#' : undefined;
  // Whatever the file is called, both control servers take comments; an editor underlines them in one that ends in `.json`.
  if (model.kind === 'policy') return /\.json$/i.test(model.source.path) ? undefined : '//';
  const isJsonc = /\.jsonc(\.\w+)?$/.test(model.source.path);
  return isJsonc || model.mcp.dialect.hasComments === true ? '//' : undefined;
}

/** Whether a line of YAML, up to a value in it, cannot have begun in a text that goes over several lines: there a comment would be text. */
function beginsWithKey(line: string): boolean {
  return /^[ \t]*(?:[-[{][ \t]*)*(["']?)[\w.-]+\1:[ \t][^"']*["']?$/.test(line);
}
