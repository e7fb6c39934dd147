import { bestSelection, hostPickView } from '../../../src/core/views/hosts/hostPick.ts';
import { statusBarView } from '../../../src/core/views/status/statusBarView.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { startNetwork } from '../../../src/node/network.ts';
import { SelectionService } from '../../../src/services/selectionService.ts';
import { SnapshotStore } from '../../../src/services/snapshotStore.ts';
import type { TailnetServices } from '../../../src/services/tailnetServices.ts';
import { snapshot } from '../../unit/support/builders.ts';
import { MemoryStorage } from '../../unit/support/memoryStorage.ts';
import { RecordingLog } from '../../unit/support/recordingLog.ts';
import { readable } from './readable.ts';

/** A snapshot, and since when it was in force: milliseconds of `performance.now()`. */
export interface Moment {
  readonly snapshot: Snapshot;
  readonly at: number;
}

/** What a user reads of a snapshot: the status bar with its tooltip, and the picker's rows, a line each. */
export interface Words {
  readonly bar: string;
  readonly tooltip: string;
  readonly rows: readonly string[];
  readonly notice: string;
}

/**
 * The product's own parts as a trusted, focused window has them, without the editor: they run in this process, and so in the
 * namespaces of the node on which the test runs. Keeps every snapshot.
 */
export class Product {
  readonly log = new RecordingLog();
  readonly moments: Moment[] = [];
  readonly #selection: SelectionService;
  readonly #snapshots: SnapshotStore;
  readonly services: TailnetServices;

  constructor() {
    const storage = new MemoryStorage();
    this.#selection = new SelectionService(new MemoryStorage(), storage, this.log);
    const first = snapshot({ tailnet: { kind: 'checking' }, trusted: false });
    this.#snapshots = new SnapshotStore(first, (error) => this.log.error(String(error)));
    this.#note(first);
    this.#snapshots.onDidChange((snapshot) => this.#note(snapshot));
    this.services = startNetwork({
      version: '0.0.0',
      snapshots: this.#snapshots,
      selection: this.#selection,
      storage,
      log: this.log,
    });
    this.services.trust();
    this.services.setFocused(true);
  }

  get snapshot(): Snapshot {
    return this.#snapshots.current;
  }

  get words(): Words {
    return wordsOf(this.snapshot);
  }

  /** Waits until a snapshot is as wanted and gives the moment since when it has been so without a break. Rejects with what is said instead. */
  async until(what: string, isSo: (snapshot: Snapshot) => boolean, limit = 30_000): Promise<Moment> {
    if (!isSo(this.snapshot)) await this.#change(what, isSo, limit);
    const before = this.moments.findLastIndex(({ snapshot }) => !isSo(snapshot));
    return this.moments[before + 1]!;
  }

  /** Picks a host as the picker does, once it answers. */
  async select(label: string): Promise<void> {
    const answering = (snapshot: Snapshot) =>
      hostPickView(snapshot).rows.find(({ selection }) => selection?.label === label)?.selection;
    await this.until(`${label} answers`, (one) => answering(one) !== undefined);
    await this.#selection.select(bestSelection(this.snapshot, answering(this.snapshot)!));
    await this.until(`${label} is selected and well`, ({ health }) => health.kind === 'ok');
    await this.services.settled(this.#selection.current!.hostId);
  }

  /** Selects an endpoint that the user has entered, whether or not it answers. */
  async enter(url: string): Promise<void> {
    await this.services.addEntered(url);
    await this.#selection.select({ hostId: url, label: new URL(url).host, url });
  }

  /** Takes an endpoint that the user has entered out of the list. */
  async forget(url: string): Promise<void> {
    await this.services.forget({ kind: 'entered', id: url });
  }

  /** Resolves when nobody is asking the selected host any more. */
  async settled(): Promise<void> {
    const { current } = this.#selection;
    if (current !== undefined) await this.services.settled(current.hostId);
  }

  /** The command *Look Again*: the status is read and every host asked. */
  refresh(): Promise<void> {
    return this.services.refresh();
  }

  dispose(): void {
    this.services.dispose();
    this.#selection.dispose();
    this.#snapshots.dispose();
  }

  #note(snapshot: Snapshot): void {
    this.moments.push({ snapshot, at: performance.now() });
  }

  #change(what: string, isSo: (snapshot: Snapshot) => boolean, limit: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const subscription = this.#snapshots.onDidChange((snapshot) => {
        if (!isSo(snapshot)) return;
        end();
        resolve();
      });
      const timer = setTimeout(() => {
        end();
        reject(
          new Error(`Not within ${limit / 1000} s: ${what}. Said instead: ${JSON.stringify(this.words, null, 2)}`),
        );
      }, limit);
      const end = () => {
        subscription.dispose();
        clearTimeout(timer);
      };
    });
  }
}

export function wordsOf(snapshot: Snapshot): Words {
  const bar = statusBarView(snapshot, () => 'TIME');
  const { rows, notice } = hostPickView(snapshot);
  return {
    bar: bar.text,
    tooltip: readable(bar.tooltip),
    rows: rows.map(({ label, description, detail }) => [label, description, detail].filter(Boolean).join(' | ')),
    notice: notice === undefined ? '' : `${notice.label} | ${notice.detail}`,
  };
}
