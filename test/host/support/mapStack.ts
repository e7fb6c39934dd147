import { findSourceMap } from 'node:module';

/**
 * A stack with the places of the bundle turned into those of the sources. VS Code has a `prepareStackTrace` of its own in the
 * extension host, so that Node does not do it there.
 */
export function mapStack(stack: string): string {
  return stack.replaceAll(/(\/[^():\s]+\.cjs):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    const entry = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return place;
    return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
