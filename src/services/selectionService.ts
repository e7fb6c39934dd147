import type { HostReport } from '../core/clawql/hostReport.ts';
import { decodeSelection, followSelection, type Selection } from '../core/mcp/selection.ts';
import { Emitter, type Disposable, type Event } from './event.ts';
import { errorText, type Log } from './log.ts';
import type { Storage } from './storage.ts';

const key = 'clawql.selection';

/**
 * The one selection of a window: the workspace's own, else the user's last one anywhere. Read when constructed, so that it is there
 * before the editor asks for its servers.
 */
export class SelectionService implements Disposable {
  readonly #workspace: Storage;
  readonly #global: Storage;
  readonly #changed: Emitter<Selection | undefined>;
  readonly #log: Log;
  #current: Selection | undefined;

  constructor(workspace: Storage, global: Storage, log: Log) {
    this.#workspace = workspace;
    this.#global = global;
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`selection listener: ${errorText(error)}`));
    this.#current = decodeSelection(workspace.get(key)) ?? decodeSelection(global.get(key));
  }

  get current(): Selection | undefined {
    return this.#current;
  }

  /** The user's last choice in any window, which windows without one of their own begin with. */
  get userDefault(): Selection | undefined {
    return decodeSelection(this.#global.get(key));
  }

  get onDidChange(): Event<Selection | undefined> {
    return this.#changed.event;
  }

  /** Makes it the choice of this workspace, and the default of windows that have none. */
  async select(selection: Selection): Promise<void> {
    this.#log.info(`selected ${selection.label} at ${selection.url}`);
    // A memento holds the new value as soon as it is called: who hears of the change finds it there.
    const stored = [this.#workspace.update(key, selection), this.#global.update(key, selection)];
    this.#set(selection);
    await Promise.all(stored);
  }

  /** Forgets the choice, here and as the default, so that no trace of it stays. */
  async clear(): Promise<void> {
    this.#log.info('selection cleared');
    const stored = [this.#workspace.update(key, undefined), this.#global.update(key, undefined)];
    this.#set(undefined);
    await Promise.all(stored);
  }

  /** Follows the chosen host to where it is now. `tailnet` is the name of the present one, if there is one. */
  async follow(tailnet: string | undefined, reports: readonly HostReport[]): Promise<void> {
    const before = this.#current;
    if (before === undefined || (before.tailnet !== undefined && before.tailnet !== tailnet)) return;
    const next = followSelection(before, reports);
    if (next === before) return;
    if (next.label !== before.label) this.#log.info(`${before.label} is called ${next.label} now`);
    if (next.url !== before.url) this.#log.info(`${next.label} is now at ${next.url}`);
    const stored = [
      ...(this.#workspace.get(key) === undefined ? [] : [this.#workspace.update(key, next)]),
      ...(this.userDefault?.hostId === next.hostId ? [this.#global.update(key, next)] : []),
    ];
    this.#set(next);
    await Promise.all(stored);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(selection: Selection | undefined): void {
    this.#current = selection;
    this.#changed.fire(selection);
  }
}
