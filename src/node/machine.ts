/** What a look at a file gave, or the system's code for why it gave nothing, such as `ENOENT`. */
export type FileAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string };

export interface FileFacts {
  /** The owner's user id. */
  readonly uid: number;
  readonly isSocket: boolean;
}

/** A program to run: the first of `argv` is its path or name. No shell ever sees it. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Set in addition to the environment of the extension host. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** Milliseconds until the program is ended; 10,000 if nothing is said. */
  readonly timeoutMs?: number;
  /** Each piece of its standard output and error output, as it comes. */
  readonly onOutput?: (bytes: Uint8Array) => void;
}

/** How a program ended. What it leaves running is ended with it. */
export type ProgramOutcome =
  | {
      readonly kind: 'ended';
      /** Absent where a signal ended it. */
      readonly exitCode: number | undefined;
      readonly stdout: Uint8Array;
      /** The first 64 kB of it. */
      readonly stderr: Uint8Array;
    }
  /** `code` is the system's, such as `ENOENT`. */
  | { readonly kind: 'not-started'; readonly code: string; readonly detail: string }
  | { readonly kind: 'too-long'; readonly afterMs: number }
  | { readonly kind: 'too-much'; readonly limitBytes: number }
  | { readonly kind: 'aborted' };

/**
 * What the search for a daemon needs of the machine, as a port: so every platform's way can be walked on any other. Nothing rejects;
 * paths are absolute.
 */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The own user's id; absent on Windows. */
  readonly uid: number | undefined;
  /** What is there, behind symbolic links. */
  readonly stat: (path: string) => Promise<FileAnswer<FileFacts>>;
  /** The first 64 kB of a file, as UTF-8. */
  readonly readText: (path: string) => Promise<FileAnswer<string>>;
  /** Where a symbolic link points to. */
  readonly readLink: (path: string) => Promise<FileAnswer<string>>;
  readonly run: (command: Command, signal: AbortSignal, options?: RunOptions) => Promise<ProgramOutcome>;
}
