import { specFilesVariable, specFileVariables } from '../clawql/specVariables.ts';
import type { DocumentModel } from '../diagnostics/documentModel.ts';
import { effectiveEntries, type EnvEntry } from '../dotenv/envDocument.ts';
import { spanEnd, type Span } from '../text.ts';

/** A file that a document names. */
export interface FileLink {
  readonly span: Span;
  /** As it stands there: from the root, or from the folder of the document, in which ClawQL's server is started that reads it. */
  readonly path: string;
}

/** The API descriptions that a `.env` of ClawQL's names. */
export function fileLinks(model: DocumentModel): readonly FileLink[] {
  if (model.kind !== 'env' || model.use === 'none') return [];
  const { text } = model.env;
  return effectiveEntries(model.env).flatMap((entry) => pathsOf(text, entry).filter(({ path }) => isFile(path)));
}

function pathsOf(text: string, { name, value, valueSpan }: EnvEntry): readonly FileLink[] {
  // A value with escapes has other positions than what it means.
  if (text.slice(valueSpan.offset, spanEnd(valueSpan)) !== value) return [];
  if (specFileVariables.some((one) => one === name)) return [{ span: valueSpan, path: value }];
  if (name !== specFilesVariable) return [];
  return [...value.matchAll(/[^\s,;][^,;\r\n]*/g)].map(({ index, 0: part }) => {
    const path = part.trimEnd();
    return { span: { offset: valueSpan.offset + index, length: path.length }, path };
  });
}

/** No URL, which the editor links by itself, and nothing that only its reader completes. */
function isFile(path: string): boolean {
  return path !== '' && !/^\w+:\/\/|[$<>{}*]/.test(path);
}
