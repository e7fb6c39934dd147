import { equal } from '../../core/equal.ts';
import { parseJson } from '../../core/json.ts';
import { readableConfig, type ConfigChange } from '../../core/serve/configChange.ts';
import { pageIn, troubleOf, type ServeTrouble } from '../../core/serve/serveTrouble.ts';
import { decodeServe } from '../../core/tailnet/serveRecord.ts';
import type { UnknownRecord } from '../../core/tailnet/goRecord.ts';
import type { Clock } from '../clock.ts';
import type { TailscaleProgram, TailscaleRun } from '../tailnet/tailscaleProgram.ts';

export type ConfigReading =
  | { readonly kind: 'read'; readonly config: UnknownRecord }
  | { readonly kind: 'failed'; readonly trouble: ServeTrouble }
  | { readonly kind: 'cancelled' };

export type ChangeEnd =
  /** It has run: `config` is what stands there now, in which somebody else may have changed another thing at the same moment. */
  | { readonly kind: 'run'; readonly config: UnknownRecord }
  /** Nothing is changed by it; but with `isUnknown` it ran, and what stands there now could not be read. */
  | { readonly kind: 'failed'; readonly trouble: ServeTrouble; readonly isUnknown?: true }
  /** Where it has run by then, or was running, it may be carried out all the same. */
  | { readonly kind: 'cancelled'; readonly hasRun: boolean };

const readLimitMs = 10_000;

/** A change is done within a second; with a page to visit it takes as long as that does. */
const runLimitMs = 30_000;
const pageLimitMs = 600_000;

/** UTF-16 code units of the program's output that are looked at for the page. */
const outputLimit = 16_384;

/** This machine's Serve configuration, read and changed by Tailscale's own program, so that its own checks stand before each change. */
export class ServeConfiguration {
  readonly #program: TailscaleProgram;
  readonly #clock: Clock;

  constructor(program: TailscaleProgram, clock: Clock) {
    this.#program = program;
    this.#clock = clock;
  }

  async read(signal: AbortSignal): Promise<ConfigReading> {
    const run = await this.#program.run(['serve', 'status', '--json'], { timeoutMs: readLimitMs }, signal);
    if (run.kind === 'aborted') return { kind: 'cancelled' };
    if (run.kind !== 'done') return { kind: 'failed', trouble: troubleOfRun(run) };
    const document = parseJson(run.stdout);
    const config = decodeServe(document) === undefined ? undefined : readableConfig(document);
    if (config !== undefined) return { kind: 'read', config };
    const words = 'what it printed is no Serve configuration that is known here';
    return { kind: 'failed', trouble: { kind: 'refused', words } };
  }

  /**
   * Changes it, unless it is another one by now than the change was made for. `onPage` is told the page that somebody has to visit first,
   * for which the program waits.
   */
  async carryOut(change: ConfigChange, signal: AbortSignal, onPage?: (page: string) => void): Promise<ChangeEnd> {
    const now = await this.read(signal);
    if (now.kind === 'cancelled') return { kind: 'cancelled', hasRun: false };
    if (now.kind === 'failed') return now;
    if (!equal(now.config, change.before)) return { kind: 'failed', trouble: { kind: 'changed-meanwhile' } };
    const run = await this.#run(change.args, onPage, signal);
    if (signal.aborted) return { kind: 'cancelled', hasRun: true };
    // Whatever the program says: what it did, the configuration says.
    const then = await this.read(signal);
    if (then.kind === 'cancelled') return { kind: 'cancelled', hasRun: true };
    if (then.kind === 'failed') return { ...then, isUnknown: true };
    if (equal(then.config, change.after)) return { kind: 'run', config: then.config };
    if (run.kind !== 'done') return { kind: 'failed', trouble: troubleOfRun(run) };
    if (!equal(then.config, change.before)) return { kind: 'run', config: then.config };
    return { kind: 'failed', trouble: troubleOf(run.stdout, run.stderr) };
  }

  async #run(
    args: readonly string[],
    onPage: ((page: string) => void) | undefined,
    signal: AbortSignal,
  ): Promise<TailscaleRun> {
    const slow = new AbortController();
    const patience = this.#clock.after(runLimitMs, () => slow.abort());
    let said = '';
    let page: string | undefined;
    const onOutput = (text: string): void => {
      said = (said + text).slice(0, outputLimit);
      if (page !== undefined) return;
      // Only when the line is at its end is the address whole.
      page = pageIn(said.slice(0, said.lastIndexOf('\n') + 1));
      if (page === undefined) return;
      patience.dispose();
      onPage?.(page);
    };
    const until = AbortSignal.any([signal, slow.signal]);
    const run = await this.#program.run(args, { timeoutMs: pageLimitMs, onOutput }, until);
    patience.dispose();
    return run.kind === 'aborted' && slow.signal.aborted ? { kind: 'too-long', afterMs: runLimitMs } : run;
  }
}

function troubleOfRun(run: Exclude<TailscaleRun, { kind: 'done' }>): ServeTrouble {
  switch (run.kind) {
    case 'failed':
      return troubleOf(run.stdout, run.stderr);
    case 'aborted':
      return { kind: 'refused', words: 'it was ended' };
    case 'no-program':
    case 'too-long':
      return run;
  }
}
