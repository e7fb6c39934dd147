/** A small persistent map, as a port; the same shape as `vscode.Memento`. Reading is synchronous. */
export interface Storage {
  get(key: string): unknown;
  /** Undefined removes the key. */
  update(key: string, value: unknown): PromiseLike<void>;
}

/** One value that is kept, as a port. Reading is synchronous. */
export interface StoredValue {
  read(): unknown;
  /** Puts there what `next` makes of what is there then, also where others change it at the same moment. Undefined removes it. */
  update(next: (stored: unknown) => unknown): PromiseLike<void>;
}

/** A value in a storage to which nobody else writes. */
export function storedIn(storage: Storage, key: string): StoredValue {
  return {
    read: () => storage.get(key),
    update: (next) => storage.update(key, next(storage.get(key))),
  };
}
