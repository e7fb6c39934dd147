import { placeholderUrl } from '../diagnostics/endpointFixes.ts';
import { mayBeTracked } from '../diagnostics/placePolicy.ts';
import { composeFiles, documentKind, fileName, isExample, type SourceDocument } from '../diagnostics/sourceDocument.ts';
import { spelled, type UrlUse } from './usesOf.ts';

const prose = /\.(?:md|mdx|markdown|rst|adoc|txt|html?)$/i;
const shell = /\.(?:sh|bash|zsh|ksh)$/i;

/** What POSIX shells and Docker Compose put the endpoint in for. */
const shellVariable = '${CLAWQL_MCP_URL}';

/**
 * What is to stand in the place of a URL that is nothing but text: the endpoint itself in a file that stays with the user, a placeholder in
 * prose and examples, and the variable where a shell or Docker Compose reads it. Undefined where a file that others get to read has no
 * form that is known here.
 */
export function textForm(source: SourceDocument, use: UrlUse, endpoint: string): string | undefined {
  const { path, text } = source;
  if (isPrivate(source)) return spelled(endpoint, use.spelling);
  if (isExample(path) || prose.test(path)) return spelled(placeholderUrl, use.spelling);
  const isInterpolated = shell.test(path) || composeFiles.some((name) => name === fileName(path));
  return isInterpolated && use.spelling === 'plain' && !isInSingleQuotes(text, use.span.offset)
    ? shellVariable
    : undefined;
}

/** Whether nobody but the user gets to read a file, as far as git tells: a `.env` is not meant for others, the rest of a workspace is. */
function isPrivate(source: SourceDocument): boolean {
  if (isExample(source.path) || mayBeTracked(source)) return false;
  return source.tracking === 'ignored' || !source.inWorkspace || documentKind(source.path)?.kind === 'env';
}

/** As a shell reads one line: nothing is replaced between single quotes. */
function isInSingleQuotes(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.split("'").length % 2 === 0;
}
