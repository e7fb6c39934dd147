import type { Clock } from './clock.ts';
import type { Disposable } from './event.ts';
import type { HostDirectory } from './hostDirectory.ts';
import type { SelectionService } from './selectionService.ts';

/** Milliseconds between two probes of the selected host while somebody is looking. */
const interval = 30_000;

/** Asks the selected host again and again while the window has the focus, and at once when the focus or the choice comes. */
export class HealthMonitor implements Disposable {
  readonly #directory: HostDirectory;
  readonly #selection: SelectionService;
  readonly #clock: Clock;
  readonly #subscription: Disposable;
  #timer: Disposable | undefined;
  #focused = false;

  constructor(directory: HostDirectory, selection: SelectionService, clock: Clock) {
    this.#directory = directory;
    this.#selection = selection;
    this.#clock = clock;
    this.#subscription = selection.onDidChange(() => this.#restart());
  }

  setFocused(focused: boolean): void {
    if (focused === this.#focused) return;
    this.#focused = focused;
    this.#restart();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#timer?.dispose();
    this.#focused = false;
  }

  #restart(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (this.#focused && this.#selection.current !== undefined) this.#ask(this.#selection.current.hostId);
  }

  #ask(hostId: string): void {
    // Also one that the control server takes for offline: it may answer all the same.
    void this.#directory.probe(hostId, true);
    this.#timer = this.#clock.after(interval, () => this.#ask(hostId));
  }
}
