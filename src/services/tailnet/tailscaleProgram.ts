/** How a run of Tailscale's command-line program ended. Its words are bounded, and come from outside: to be escaped where they are drawn. */
export type TailscaleRun =
  | { readonly kind: 'done'; readonly stdout: string; readonly stderr: string }
  /** It ended with another code than 0, or could not be started (`stderr` is then the system's word); `exitCode` is absent there and where a signal ended it. */
  | { readonly kind: 'failed'; readonly exitCode?: number; readonly stdout: string; readonly stderr: string }
  /** Nothing was run; `tried` is where the program was looked for. */
  | { readonly kind: 'no-program'; readonly tried: readonly string[] }
  | { readonly kind: 'too-long'; readonly afterMs: number }
  | { readonly kind: 'aborted' };

export interface TailscaleRunOptions {
  /** Milliseconds until the program is ended. */
  readonly timeoutMs: number;
  /** Each piece of what the program writes, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Tailscale's command-line program on this machine, speaking to the daemon from which the status comes, as a port. Nothing rejects. */
export interface TailscaleProgram {
  /**
   * The whole argument vector that `run` with these arguments would start, for people to read first; undefined where no program of this
   * machine's daemon is found.
   */
  commandFor(args: readonly string[], signal: AbortSignal): Promise<readonly [string, ...string[]] | undefined>;
  /** Runs it to its end; an abort ends the program and what it started. */
  run(args: readonly string[], options: TailscaleRunOptions, signal: AbortSignal): Promise<TailscaleRun>;
}
