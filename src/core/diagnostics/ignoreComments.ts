import { lineEnd as envLineEnd, lineStart as envLineStart } from '../dotenv/envScanner.ts';
import { lineStart as jsonLineStart } from '../mcp/jsonLayout.ts';
import { isJsonSpec } from '../spec/specDocument.ts';
import { spanEnd, type Span } from '../text.ts';
import type { DocumentModel } from './documentModel.ts';

const mark = 'clawql-ignore-next-line';

/** The comment that `ignoredBy` understands, without what makes it a comment. */
export function ignoreComment(ruleId: string): string {
  return `${mark} ${ruleId}`;
}

/**
 * Tells whether a comment `clawql-ignore-next-line rule-id, rule-id` silences a rule at a place: one that ends in the line before it, with
 * nothing but comments between. What follows the ids is the reason, for people.
 */
export function ignoredBy(model: DocumentModel): (ruleId: string, span: Span) => boolean {
  const { text } = model.source;
  if (!text.includes(mark)) return () => false;
  const lines = silencedLines(text, commentsOf(model));
  return (ruleId, span) => lines.get(lineOf(model, span.offset))?.has(ruleId) === true;
}

/** A comment that silences rules, with what follows their ids: the reason, in its writer's words; empty where none is given. */
export interface IgnoreComment {
  readonly span: Span;
  readonly ruleIds: readonly string[];
  readonly reason: string;
}

/** All comments of a document that silence rules, in their order. */
export function ignoreComments(model: DocumentModel): readonly IgnoreComment[] {
  const { text } = model.source;
  if (!text.includes(mark)) return [];
  return commentsOf(model).flatMap((span) => {
    const comment = text.slice(span.offset, spanEnd(span));
    const ruleIds = idsOf(comment);
    return ruleIds.length === 0 ? [] : [{ span, ruleIds, reason: reasonOf(comment) }];
  });
}

/**
 * Where the line begins to which a place belongs; a byte order mark is no part of it. The lines of a `.env` value are one with the line of
 * its name: no comment can stand between them.
 */
export function lineOf(model: DocumentModel, offset: number): number {
  const { text } = model.source;
  if (model.kind === 'env') {
    const entry = model.env.entries.findLast(({ nameSpan }) => nameSpan.offset <= offset);
    const isInside = entry !== undefined && offset <= spanEnd(entry.rawSpan);
    return envLineStart(text, isInside ? entry.nameSpan.offset : offset);
  }
  const start = jsonLineStart(text, offset);
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** The lines that comments silence, by their starts, with the rules. */
function silencedLines(text: string, comments: readonly Span[]): ReadonlyMap<number, ReadonlySet<string>> {
  const lines = new Map<number, Set<string>>();
  let pending: { readonly line: number; readonly ids: readonly string[] } | undefined;
  for (const comment of comments) {
    const line = nextLineStart(text, spanEnd(comment));
    // A comment that fills the line which is silenced hands that on to the line below it.
    const isBetween =
      pending !== undefined &&
      text.slice(pending.line, comment.offset).trim() === '' &&
      text.slice(spanEnd(comment), line).trim() === '';
    const ids = [...(isBetween ? (pending?.ids ?? []) : []), ...idsOf(text.slice(comment.offset, spanEnd(comment)))];
    pending = { line, ids };
    if (ids.length > 0) lines.set(line, new Set([...(lines.get(line) ?? []), ...ids]));
  }
  return lines;
}

const idList = /clawql-ignore-next-line[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)/;

function reasonOf(comment: string): string {
  const { index = 0, 0: whole = '' } = idList.exec(comment) ?? {};
  return comment
    .slice(index + whole.length)
    .replace(/\*\/\s*$/, '')
    .replace(/^[\s:;,.–—-]+/, '')
    .trim();
}

function idsOf(comment: string): readonly string[] {
  const [, list = ''] = idList.exec(comment) ?? [];
  return list.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
}

function nextLineStart(text: string, offset: number): number {
  const lineBreak = /\r\n|\r|\n|$/g;
  lineBreak.lastIndex = offset;
  const found = lineBreak.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}

function commentsOf(model: DocumentModel): readonly Span[] {
  const { text } = model.source;
  switch (model.kind) {
    case 'env':
      return hashComments(text, model.env.entries);
    case 'mcp':
    case 'policy':
      return slashComments(text);
    case 'spec':
      return isJsonSpec(text) ? [] : hashComments(text, []);
  }
}

/** Comments that fill a line: of what stands behind a value, programs that read the file differ. */
function hashComments(text: string, entries: readonly { readonly rawSpan: Span }[]): readonly Span[] {
  const longValues = entries.filter(({ rawSpan }) => /[\r\n]/.test(text.slice(rawSpan.offset, spanEnd(rawSpan))));
  return [...text.matchAll(/(?<=^\ufeff?[^\S\r\n]*)#/gm)].flatMap(({ index }) => {
    const isInValue = longValues.some(({ rawSpan }) => rawSpan.offset < index && index < spanEnd(rawSpan));
    return isInValue ? [] : [{ offset: index, length: envLineEnd(text, index) - index }];
  });
}

/** Strings are taken along, so that what looks like a comment in one is none. */
function slashComments(text: string): readonly Span[] {
  const tokens = text.matchAll(/"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g);
  return [...tokens].flatMap(({ index, 0: token }) =>
    token.startsWith('"') ? [] : [{ offset: index, length: token.length }],
  );
}
