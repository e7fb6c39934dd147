/** Structural equality of plain data: primitives, arrays, maps with primitive keys, and plain objects. */
export function equal(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) && Array.isArray(other) && equalEntries(one.entries(), one.length, new Map(other.entries()))
    );
  }
  if (one instanceof Map || other instanceof Map) {
    return one instanceof Map && other instanceof Map && equalEntries(one.entries(), one.size, other);
  }
  const entries = Object.entries(one);
  return equalEntries(entries, entries.length, new Map<unknown, unknown>(Object.entries(other)));
}

function equalEntries(
  entries: Iterable<readonly [unknown, unknown]>,
  size: number,
  other: ReadonlyMap<unknown, unknown>,
): boolean {
  if (size !== other.size) return false;
  for (const [key, value] of entries) {
    if (!other.has(key) || !equal(value, other.get(key))) return false;
  }
  return true;
}
