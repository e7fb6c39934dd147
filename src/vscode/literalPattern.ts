/**
 * A pattern for a path, or a part of one, with `/`. Characters that mean something in a pattern may stand in a file's name: each matches
 * any one, so that other files may match too.
 */
export function literalPattern(path: string): string {
  return path.replace(/[[\]{}*?!,\\]/g, '?');
}
