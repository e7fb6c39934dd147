import type { Selection } from '../../core/mcp/selection.ts';
import type { Clock } from '../clock.ts';
import { EndpointWatch, type ServerRestart } from './endpointWatch.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { healthTimes } from './healthTimes.ts';
import type { HostDirectory } from '../hosts/hostDirectory.ts';
import { errorText, type Log } from '../log.ts';
import type { SessionOpener } from './probeSession.ts';
import type { SelectionService } from '../selectionService.ts';

export interface HealthMonitorParts {
  readonly directory: HostDirectory;
  readonly sessions: SessionOpener;
  readonly selection: SelectionService;
  readonly clock: Clock;
  readonly log: Log;
  /** Gives numbers from 0 to below 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** Has the selected endpoint looked at while the window has the focus, and at once when the focus or the choice comes. */
export class HealthMonitor implements Disposable {
  readonly #parts: HealthMonitorParts;
  readonly #restarted: Emitter<ServerRestart>;
  readonly #subscription: Disposable;
  #watched: Pick<Selection, 'hostId' | 'url'> | undefined;
  #watch: EndpointWatch | undefined;
  #endings: Promise<unknown> = Promise.resolve();
  #focused = false;
  #leftAt: number;

  constructor(parts: HealthMonitorParts) {
    const { selection, clock, log } = parts;
    this.#parts = parts;
    this.#leftAt = clock.now();
    this.#restarted = new Emitter((error) => log.error(`restart listener: ${errorText(error)}`));
    this.#subscription = selection.onDidChange((next) => this.#follow(next));
    this.#follow(selection.current);
  }

  /** The selected server was restarted and answers again: who held a session with it holds a dead one. */
  get onDidRestart(): Event<ServerRestart> {
    return this.#restarted.event;
  }

  /** Resolves when every session that is not needed any more is ended, or cannot be; after `dispose` these are all. */
  get ended(): Promise<void> {
    return this.#endings.then(() => undefined);
  }

  setFocused(focused: boolean): void {
    if (focused === this.#focused) return;
    this.#focused = focused;
    const now = this.#parts.clock.now();
    if (!focused) {
      this.#leftAt = now;
      this.#watch?.pause();
      return;
    }
    if (now - this.#leftAt > healthTimes.stale) {
      this.#parts.directory.markStale();
      // Also those that are not watched: nothing else would ask them while their rows say that they are being asked.
      void this.#parts.directory.freshen(this.#watched?.hostId);
    }
    this.#watch?.resume();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#restarted.dispose();
    this.#follow(undefined);
  }

  #follow(selection: Selection | undefined): void {
    // Another label is the same endpoint.
    if (selection?.hostId === this.#watched?.hostId && selection?.url === this.#watched?.url) return;
    const { directory, sessions, clock, log, random = Math.random } = this.#parts;
    this.#watch?.dispose();
    this.#endings = Promise.all([this.#endings, this.#watch?.ended()]);
    this.#watched = selection;
    this.#watch = undefined;
    if (selection === undefined) return;
    const onRestart = (restart: ServerRestart): void => {
      log.info(`the server at ${restart.url} was restarted`);
      this.#restarted.fire(restart);
    };
    this.#watch = new EndpointWatch({ directory, sessions, clock, random, onRestart }, selection);
    if (this.#focused) this.#watch.resume();
  }
}
