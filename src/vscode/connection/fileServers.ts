import type { Log } from '../../services/log.ts';
import { lookUntil } from '../lookUntil.ts';
import { heldTools, isFileServerRunning, restartFileServer, startFileServer, type FileServer } from './serverStart.ts';

/** Milliseconds for which VS Code may take a server up before nothing is claimed of it. */
export const startLimit = 10_000;
/** Milliseconds for which it may hold the tools of a server that has given way. */
const letGoLimit = 3_000;
/** How often VS Code may take a server up for one choice, until it is said that it does not get through. */
export const mostStarts = 3;
/** Looks after which a server that was just started is taken to stay as it is: about a second. */
const steadyLooks = 6;

/** VS Code's servers that come from files: started and started anew, as VS Code itself does it from the lenses above an entry. */
export class FileServers {
  readonly #log: Log;
  readonly #signal: AbortSignal;

  constructor(log: Log, signal: AbortSignal) {
    this.#log = log;
    this.#signal = signal;
  }

  /** Whether VS Code was seen to run it then. */
  async start(server: FileServer): Promise<boolean> {
    const signal = this.#signal;
    // Without lenses only the tools tell: those of the live registration, which gives way, have to be gone first.
    const canTell =
      server.hasLenses || (await lookUntil(() => heldTools().length === 0, { limit: letGoLimit, signal }));
    const started = await lookUntil(() => canTell && isFileServerRunning(server), {
      attempt: () => startFileServer(this.#log, server),
      limit: canTell ? startLimit : letGoLimit,
      signal,
    });
    if (started) await lookUntil(() => heldTools().length > 0, { limit: startLimit, signal });
    return started;
  }

  /**
   * Starts a server anew that runs, so that it takes the variables as they are now. One that does not run is not started either. False
   * when it does not run, before or after.
   */
  async restart(server: FileServer): Promise<boolean> {
    if (!(await isFileServerRunning(server))) return false;
    for (let start = 0; start < mostStarts; start++) {
      if (!(await restartFileServer(this.#log, server))) return false;
      if (await this.#staysUp(server)) return true;
    }
    return false;
  }

  /**
   * Whether a server that was just started runs for a while: right after a rename its new name may not resolve yet, and VS Code leaves a
   * server that failed alone.
   */
  async #staysUp(server: FileServer): Promise<boolean> {
    let up = 0;
    let down = 0;
    const isSteady = async (): Promise<boolean> => {
      [up, down] = (await isFileServerRunning(server)) ? [up + 1, 0] : [0, down + 1];
      return up >= steadyLooks || down >= steadyLooks;
    };
    await lookUntil(isSteady, { limit: startLimit, signal: this.#signal });
    return up >= steadyLooks;
  }
}
