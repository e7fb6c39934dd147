/** A file that holds a key and nothing else, and that only this user can read. */
export interface KeyFile {
  readonly path: string;
  /** Takes the file and its folder away at once, also while the process ends. Does nothing the second time. */
  remove(): void;
}

/** Where a key is handed to another program, as a port. */
export interface KeyFiles {
  /** Rejects where no such file can be made, with the reason in words. What a process that died has left is removed first. */
  create(key: string): Promise<KeyFile>;
}
