/** A small persistent map, as a port; the same shape as `vscode.Memento`. Reading is synchronous. */
export interface Storage {
  get(key: string): unknown;
  /** Undefined removes the key. */
  update(key: string, value: unknown): PromiseLike<void>;
}
