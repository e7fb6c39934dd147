interface CacheInput {
  readonly operation: 'set' | 'get' | 'delete' | 'list' | 'search';
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly query?: string | undefined;
}

/** ClawQL's `cache`: lives as long as the server. */
export function cache(store: Map<string, string>, { operation, key = '', value = '', query = '' }: CacheInput): object {
  const matching = (word: string) => [...store.keys()].filter((name) => name.includes(word)).sort();
  switch (operation) {
    case 'set':
      store.set(key, value);
      return { ok: true, operation, key };
    case 'get':
      return { ok: true, hit: store.has(key), key, value: store.get(key) };
    case 'delete':
      return { ok: true, operation, key, deleted: store.delete(key) };
    case 'list':
    case 'search':
      return { ok: true, operation, count: matching(query).length, keys: matching(query) };
  }
}
