/** The id of the host that a command was called for: a row of a tree, or the id itself; undefined for anything else. */
export function hostArgument(value: unknown): string | undefined {
  return textArgument(value, 'host');
}

/** Likewise the URL. */
export function urlArgument(value: unknown): string | undefined {
  return textArgument(value, 'url');
}

function textArgument(value: unknown, field: 'host' | 'url'): string | undefined {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : value;
  return typeof text === 'string' ? text : undefined;
}
