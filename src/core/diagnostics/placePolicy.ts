import type { Fix } from './fix.ts';
import { fileName, isExample, type SourceDocument } from './sourceDocument.ts';
import type { UrlReference } from './urlReference.ts';

/**
 * What a fix may write into a file. A real name of the tailnet goes into nothing that others get to read.
 * - `name`: the URL itself;
 * - `variable`: the variable that holds it, in the client's own words;
 * - `placeholder`: what the reader is to replace;
 * - `nothing`: a `.env` or an API's description that git tracks, or may track, has no other form.
 */
export type PlacePolicy = 'name' | 'variable' | 'placeholder' | 'nothing';

export function placePolicy({
  source,
  reference,
}: {
  readonly source: SourceDocument;
  readonly reference: Pick<UrlReference, 'role'>;
}): PlacePolicy {
  const isShown = isExample(source.path);
  if (reference.role.kind === 'mcp-server')
    return isShown || source.inWorkspace || mayBeTracked(source) ? 'variable' : 'name';
  if (isShown) return 'placeholder';
  return mayBeTracked(source) ? 'nothing' : 'name';
}

export function mayBeTracked({ tracking }: Pick<SourceDocument, 'tracking'>): boolean {
  return tracking === 'tracked' || tracking === 'unknown';
}

/** The command that makes git forget the file and leaves it in its place; undefined for a name that a shell would take apart. */
export function untrackCommand({ path }: SourceDocument): string | undefined {
  const name = fileName(path);
  return /^[\w.][\w.-]*$/.test(name) ? `git rm --cached ${name}` : undefined;
}

/** Hands the user that command. None for an example: it is there to be shared. */
export function untrackFix(source: SourceDocument): readonly Fix[] {
  const command = isExample(source.path) ? undefined : untrackCommand(source);
  return command === undefined
    ? []
    : [{ kind: 'command', title: `Copy "${command}"`, command: 'clawql.copyText', arguments: [command] }];
}
