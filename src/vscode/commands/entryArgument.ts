import type { AlignRequest } from './bringInLine.ts';

/** The entry that a command was called for: a row of a tree, or an object of that shape; undefined for anything else. */
export function entryArgument(value: unknown): AlignRequest | undefined {
  const entry: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'entry') : undefined;
  if (typeof entry !== 'object' || entry === null) return undefined;
  const [uri, key] = [Reflect.get(entry, 'uri'), Reflect.get(entry, 'key')] as readonly unknown[];
  return typeof uri === 'string' && typeof key === 'string' ? { uri, key } : undefined;
}
