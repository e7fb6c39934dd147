import { catalogueRows } from '../clawql/catalogueRows.ts';
import { clawqlUse } from '../diagnostics/clawqlUse.ts';
import type { EnvDocument } from '../dotenv/envDocument.ts';
import { lineStart, nameEnd } from '../dotenv/envScanner.ts';
import { spanEnd } from '../text.ts';
import { flat } from '../views/escape.ts';
import type { Completion } from './completions.ts';
import { purpose, variableNotes } from './variableText.ts';

/** The variables that ClawQL's server or its clients read and that a `.env` of ClawQL's does not assign yet, where a name may stand. */
export function nameCompletions(document: EnvDocument, offset: number): readonly Completion[] {
  const { text, entries } = document;
  const before = /^\s*(?:export[ \t]+)?([\w.-]*)$/.exec(text.slice(lineStart(text, offset), offset))?.[1];
  const isInValue = entries.some(({ rawSpan }) => rawSpan.offset < offset && offset < spanEnd(rawSpan));
  if (before === undefined || isInValue || clawqlUse(document) === 'none') return [];
  const start = offset - before.length;
  const own = entries.find(({ nameSpan }) => nameSpan.offset === start);
  const assigned = new Set(entries.filter((entry) => entry !== own).map(({ name }) => name));
  return catalogueRows
    .filter(({ name, reader }) => (reader === 'server' || reader === 'client') && !assigned.has(name))
    .map((row) => ({
      kind: 'name',
      label: row.name,
      detail: flat(purpose(row)),
      // The editor shows the detail above it.
      documentation: variableNotes(row),
      span: { offset: start, length: nameEnd(text, start) - start },
      insertText: own === undefined ? `${row.name}=` : row.name,
      more: [],
    }));
}
