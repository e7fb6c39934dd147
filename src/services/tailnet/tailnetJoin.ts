import { withoutKey } from '../../core/tailnet/join/authKey.ts';
import type { JoinEnd, JoinOutcome } from '../../core/tailnet/join/joinOutcome.ts';
import type { LoginPage } from '../../core/tailnet/join/loginPage.ts';
import {
  changedPreferences,
  serverEdit,
  settingsBack,
  withoutIdentity,
  type PreferencesRecord,
} from '../../core/tailnet/join/preferences.ts';
import { keptSettings, tailscaleServer, upArguments } from '../../core/tailnet/join/upArguments.ts';
import { upFailure, type UpFailure } from '../../core/tailnet/join/upOutput.ts';
import type { Clock } from '../clock.ts';
import type { Disposable } from '../event.ts';
import { errorText, type Log } from '../log.ts';
import type { DaemonPreferences, PreferencesAnswer } from './daemonPreferences.ts';
import type { KeyFile, KeyFiles } from './keyFiles.ts';
import type { TailscaleProgram, TailscaleRun } from './tailscaleProgram.ts';
import { UpWatch } from './upWatch.ts';

export interface JoinParts {
  readonly program: TailscaleProgram;
  readonly preferences: DaemonPreferences;
  readonly keyFiles: KeyFiles;
  readonly clock: Clock;
  readonly log: Log;
}

export interface JoinRequest {
  readonly server: string;
  /** Absent where the user logs in in the browser. */
  readonly key?: string;
  readonly keyExpired: boolean;
}

/** Seconds for which Tailscale's program waits: a person has to log in, or a server to answer. */
const waits = { browser: 15 * 60, key: 60 } as const;

/** Milliseconds for which the page is waited for. */
const pageLimit = 30_000;

/** Milliseconds that the program has over the time for which it waits itself. */
const programGrace = 5_000;

/** For what is to be done after an abort too. Each call has a limit of its own. */
const lasting = new AbortController().signal;

/** Logs this machine in, and puts the daemon's preferences back where that does not come about. One login at a time. */
export class TailnetJoin implements Disposable {
  readonly #parts: JoinParts;
  readonly #stop = new AbortController();
  #running: Promise<JoinOutcome> | undefined;
  #keyFile: KeyFile | undefined;
  #page: LoginPage | undefined;

  constructor(parts: JoinParts) {
    this.#parts = parts;
  }

  /** Where the login that is under way waits for the user. */
  get page(): LoginPage | undefined {
    return this.#page;
  }

  /** URL of the login server that the daemon goes to now; undefined where that is not known. */
  async serverNow(): Promise<string | undefined> {
    const answer = await this.#parts.preferences.read(lasting);
    const server = answer?.kind === 'ok' ? answer.preferences['ControlURL'] : undefined;
    return typeof server === 'string' ? server || tailscaleServer : undefined;
  }

  /** Never rejects. `onPage` is told where the user logs in; the preferences are as before when an outcome other than a login is told. */
  async join(request: JoinRequest, onPage: (page: LoginPage) => void, signal: AbortSignal): Promise<JoinOutcome> {
    if (this.#running !== undefined || this.#stop.signal.aborted) return untouched({ kind: 'busy' });
    const notePage = (page: LoginPage): void => {
      this.#page = page;
      onPage(page);
    };
    this.#running = this.#join(request, notePage, AbortSignal.any([signal, this.#stop.signal]));
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
      this.#page = undefined;
    }
  }

  /** Resolves when a login that was under way has been taken back, within some seconds of `dispose`. */
  get ended(): Promise<void> {
    return Promise.resolve(this.#running).then(() => undefined);
  }

  /** The key's file is gone at once. */
  dispose(): void {
    this.#keyFile?.remove();
    this.#stop.abort();
  }

  async #join(request: JoinRequest, onPage: (page: LoginPage) => void, signal: AbortSignal): Promise<JoinOutcome> {
    const { preferences, log } = this.#parts;
    const impossible = await this.#obstacle(request, signal);
    if (impossible !== undefined) return untouched(impossible);
    const before = await preferences.read(signal);
    if (before?.kind !== 'ok') return untouched(signal.aborted ? { kind: 'cancelled' } : endOf(before));
    const pointed = await preferences.edit(serverEdit(request.server), signal);
    if (pointed?.kind === 'no-permission') return untouched(endOf(pointed));
    const end = pointed?.kind === 'ok' ? await this.#logIn(request, onPage, signal) : endOf(pointed, signal.aborted);
    log.info(`logging in at ${request.server}: ${end.kind}`);
    if (end.kind === 'joined' || end.kind === 'needs-approval') {
      await this.#keepSettings(before.preferences);
      return untouched(end);
    }
    return this.#putBack(before.preferences, end);
  }

  /** What of a login cannot be done from here. */
  async #obstacle({ key }: JoinRequest, signal: AbortSignal): Promise<JoinEnd | undefined> {
    const command = await this.#parts.program.commandFor([], signal);
    if (signal.aborted) return { kind: 'cancelled' };
    if (command === undefined) return { kind: 'no-program' };
    return key !== undefined && command[0] === 'flatpak-spawn' ? { kind: 'sandboxed' } : undefined;
  }

  async #logIn(request: JoinRequest, onPage: (page: LoginPage) => void, signal: AbortSignal): Promise<JoinEnd> {
    if (request.key === undefined) return this.#up(request, [], onPage, signal);
    try {
      this.#keyFile = await this.#parts.keyFiles.create(request.key);
      // Disposed of in the meantime, and so nobody else removes it.
      if (signal.aborted) return { kind: 'cancelled' };
      return await this.#up(request, [], onPage, signal);
    } catch (error) {
      return { kind: 'other', words: `The key could not be handed over: ${errorText(error)}` };
    } finally {
      this.#keyFile?.remove();
      this.#keyFile = undefined;
    }
  }

  /** Runs Tailscale's program; once more with this machine's own settings where it wants them named, so that none of them is lost. */
  async #up(
    request: JoinRequest,
    kept: readonly string[],
    onPage: (page: LoginPage) => void,
    signal: AbortSignal,
  ): Promise<JoinEnd> {
    const { server, key, keyExpired } = request;
    const file = this.#keyFile?.path;
    const timeoutSeconds = key === undefined ? waits.browser : waits.key;
    const args = upArguments({
      server,
      keyExpired,
      timeoutSeconds,
      kept,
      ...(file === undefined ? {} : { keyFile: file }),
    });
    const watch = new UpWatch(server, onPage);
    const limit = key === undefined ? this.#parts.clock.after(pageLimit, () => watch.giveUp()) : undefined;
    const options = {
      timeoutMs: timeoutSeconds * 1_000 + programGrace,
      onOutput: (text: string) => {
        watch.add(text);
        if (watch.hasPage) limit?.dispose();
      },
    };
    const run = await this.#parts.program.run(args, options, AbortSignal.any([signal, watch.signal]));
    limit?.dispose();
    if (watch.needsApproval) return { kind: 'needs-approval' };
    const end = await this.#endOf(run, key, signal);
    const named = end.kind === 'settings' && kept.length === 0 ? keptSettings(end.words) : undefined;
    return named === undefined ? end : this.#up(request, named, onPage, signal);
  }

  async #endOf(run: TailscaleRun, key: string | undefined, signal: AbortSignal): Promise<JoinEnd> {
    if (run.kind === 'done') return { kind: 'joined' };
    if (run.kind === 'no-program') return { kind: 'no-program' };
    const { backendState, health } = await this.#parts.preferences.condition(lasting);
    // The machine may have come in at the very moment at which the program was ended.
    if (backendState === 'Running') return { kind: 'joined' };
    if (signal.aborted) return { kind: 'cancelled' };
    const failure: UpFailure =
      run.kind === 'failed' ? upFailure(withoutKey(run.stderr, key)) : { kind: 'timeout', words: '' };
    // Why the server did not answer, only the daemon knows.
    return failure.kind === 'timeout' ? { kind: 'timeout', words: withoutKey(lastErrorOf(health), key) } : failure;
  }

  /** "tailscale up" puts what it has no flag for to its defaults: the settings of the machine are as they were all the same. */
  async #keepSettings(before: PreferencesRecord): Promise<void> {
    const { preferences, log } = this.#parts;
    const after = await preferences.read(lasting);
    const edit = after?.kind === 'ok' ? settingsBack(before, after.preferences) : undefined;
    if (edit === undefined) return;
    const edited = await preferences.edit(edit, lasting);
    log.info(`settings given back after the login (${Object.keys(edit).join(', ')}): ${edited?.kind ?? 'failed'}`);
  }

  async #putBack(before: PreferencesRecord, end: JoinEnd): Promise<JoinOutcome> {
    const { preferences, log } = this.#parts;
    await preferences.restart(withoutIdentity(before), lasting);
    const after = await preferences.read(lasting);
    const left = after?.kind === 'ok' ? changedPreferences(before, after.preferences) : ['?'];
    if (left.length > 0) log.warn(`preferences that are not as they were: ${left.join(', ')}`);
    return { end, left };
  }
}

function untouched(end: JoinEnd): JoinOutcome {
  return { end, left: [] };
}

function endOf(answer: Exclude<PreferencesAnswer, { kind: 'ok' }> | undefined, isAborted = false): JoinEnd {
  if (isAborted) return { kind: 'cancelled' };
  if (answer === undefined) return { kind: 'no-local-api' };
  return { kind: answer.kind === 'no-permission' ? 'no-permission' : 'other', words: answer.detail };
}

/** Source: tailscale `health/warnings.go` (LoginStateWarnable). */
function lastErrorOf(health: readonly string[]): string {
  const [told] = health.flatMap((line) => /last login error was: (.+)$/.exec(line)?.[1] ?? []);
  return told ?? '';
}
