/** Structural equality of plain data: primitives, arrays, maps with primitive keys, and plain objects. What is identical is not walked. */
export function equal(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && equalArrays(one, other);
  }
  if (one instanceof Map || other instanceof Map) {
    return one instanceof Map && other instanceof Map && equalMaps(one, other);
  }
  return equalObjects(one, other);
}

function equalArrays(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => equal(value, other[index]));
}

function equalMaps(one: ReadonlyMap<unknown, unknown>, other: ReadonlyMap<unknown, unknown>): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) if (!other.has(key) || !equal(value, other.get(key))) return false;
  return true;
}

function equalObjects(one: object, other: object): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && equal(Reflect.get(one, key), Reflect.get(other, key)));
}
