import { layoutOf } from '../mcp/jsonLayout.ts';
import { applyEdits, type TextEdit } from '../text.ts';
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
  const opening = commentOpening(model);
  if (opening === undefined) return [];
  const { text } = model.source;
  const start = lineOf(model, span.offset);
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

/** What begins a comment; undefined where it is not known that whoever reads the file knows comments. */
function commentOpening(model: DocumentModel): '#' | '//' | undefined {
  if (model.kind === 'env') return '#';
  const isJsonc = /\.jsonc(\.\w+)?$/.test(model.source.path);
  return isJsonc || model.mcp.dialect.hasComments === true ? '//' : undefined;
}
