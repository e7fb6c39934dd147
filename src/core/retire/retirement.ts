import { readDocument } from '../diagnostics/documentModel.ts';
import { placeholderUrl } from '../diagnostics/endpointFixes.ts';
import { mayBeTracked, placePolicy } from '../diagnostics/placePolicy.ts';
import { isExample, type SourceDocument } from '../diagnostics/sourceDocument.ts';
import { formOf, setReference, type UrlReference } from '../diagnostics/urlReference.ts';
import { isWritten } from '../mcp/dialect.ts';
import type { ParseProblem } from '../mcp/parseProblem.ts';
import { variableUrl } from '../mcp/serverDefinition.ts';
import { spanEnd, type Span, type TextEdit } from '../text.ts';
import { leadsTo, type RetiredUrl } from './retiredUrl.ts';
import { textForm } from './textForm.ts';
import { usesOf, type UrlUse } from './usesOf.ts';

/** A use that can be replaced. `entry`: a program reads it there, and reads the new one. `text`: what reads it, if anything, is not known. */
export interface Replacement {
  readonly kind: 'entry' | 'text';
  readonly span: Span;
  readonly edits: readonly TextEdit[];
}

/** A use that stays, and why; the reason is a clause. */
export interface Kept {
  readonly span: Span;
  readonly reason: string;
}

/** What retiring a URL comes to in one file. */
export interface Retirement {
  readonly replacements: readonly Replacement[];
  readonly kept: readonly Kept[];
  /** The same host in other ways, which are nobody's to replace unasked. */
  readonly mentions: readonly Span[];
  /** Why a file that uses the URL cannot be written: then all uses are kept. */
  readonly broken?: ParseProblem;
}

/** Finds the uses of a URL in a file, and replaces each in the form that the file needs. `endpoint` is a URL that `writableUrl` lets pass. */
export function retirementOf(source: SourceDocument, retired: RetiredUrl, endpoint: string): Retirement {
  const { uses, mentions } = usesOf(source.text, retired);
  const model = readDocument(source);
  const entries = (model?.references ?? []).filter(
    ({ role, value }) => formOf(role) === 'url' && leadsTo(value, retired),
  );
  const isInEntry = ({ offset }: Span): boolean => entries.some(({ span }) => isWithin(offset, span));
  const texts = uses.filter(({ span }) => !isInEntry(span));
  const others = mentions.filter((span) => !isInEntry(span));
  const [broken] = model?.kind === 'mcp' ? model.mcp.problems : [];
  if (broken !== undefined && entries.length + texts.length > 0) {
    const reason = `the file does not parse, so it is not written: line ${broken.line}, column ${broken.column}: ${broken.reason}`;
    const kept = [...entries, ...texts].map(({ span }) => ({ span, reason }));
    return { replacements: [], kept, mentions: others, broken };
  }
  const results = [
    ...entries.map((reference) => replacedEntry(source, reference, endpoint)),
    ...texts.map((use) => replacedText(source, use, endpoint)),
  ].toSorted((one, other) => one.span.offset - other.span.offset);
  return {
    replacements: results.filter((result) => 'edits' in result),
    kept: results.filter((result) => 'reason' in result),
    mentions: others,
  };
}

/** The entry of a client or a variable of ClawQL's, by the policy of all fixes. */
function replacedEntry(source: SourceDocument, reference: UrlReference, endpoint: string): Replacement | Kept {
  const { span } = reference;
  const form = entryForm(source, reference, endpoint);
  if (typeof form === 'object') return { span, reason: form.reason };
  const edits = setReference(reference, form, endpoint);
  if (edits === undefined) return { span, reason: 'it cannot be written there: put it there yourself' };
  return { kind: 'entry', span, edits };
}

function entryForm(
  source: SourceDocument,
  reference: UrlReference,
  endpoint: string,
): string | { readonly reason: string } {
  switch (placePolicy({ source, reference })) {
    case 'name':
      return endpoint;
    case 'placeholder':
      return placeholderUrl;
    case 'nothing':
      return { reason: 'git tracks this file, so no name of the tailnet is written into it' };
    case 'variable': {
      const { role } = reference;
      const dialect = role.kind === 'mcp-server' ? role.dialect : undefined;
      if (dialect !== undefined && isWritten(dialect)) {
        return variableUrl(dialect, isExample(source.path) ? placeholderUrl : endpoint) ?? { reason: 'no form fits' };
      }
      // How the client names a variable is not known well enough; a file that git does not track may hold the name.
      if (!mayBeTracked(source) && !isExample(source.path)) return endpoint;
      const client = dialect?.client ?? 'its reader';
      return {
        reason: `others get to read this file, and how ${client} names a variable is not known well enough here`,
      };
    }
  }
}

function replacedText(source: SourceDocument, use: UrlUse, endpoint: string): Replacement | Kept {
  const { span } = use;
  const text = textForm(source, use, endpoint);
  return text === undefined
    ? {
        span,
        reason:
          'others get to read this file, and what reads the URL there is not known: put a variable there yourself',
      }
    : { kind: 'text', span, edits: [{ span, text }] };
}

function isWithin(offset: number, span: Span): boolean {
  return offset >= span.offset && offset <= spanEnd(span);
}
