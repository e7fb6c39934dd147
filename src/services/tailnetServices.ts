import { healthOf } from '../core/health.ts';
import type { Settings } from '../core/settings.ts';
import type { Clock } from './clock.ts';
import type { Disposable } from './event.ts';
import { HealthMonitor } from './healthMonitor.ts';
import { HostDirectory } from './hostDirectory.ts';
import type { Log } from './log.ts';
import { NameDirectory, type NameResolver } from './nameDirectory.ts';
import type { Prober } from './prober.ts';
import type { SelectionService } from './selectionService.ts';
import type { SnapshotStore } from './snapshotStore.ts';
import { TailnetMonitor } from './tailnetMonitor.ts';
import type { TailnetReader } from './tailnetReader.ts';

export interface TailnetPorts {
  readonly reader: TailnetReader;
  readonly prober: Prober;
  readonly resolve: NameResolver;
  /** Closes every connection; called once, by the services. */
  dispose(): Promise<void>;
}

/** Everything that watches the tailnet, wired so that each change ends in one new snapshot. */
export class TailnetServices implements Disposable {
  readonly #ports: TailnetPorts;
  readonly #snapshots: SnapshotStore;
  readonly #selection: SelectionService;
  readonly #monitor: TailnetMonitor;
  readonly #directory: HostDirectory;
  readonly #names: NameDirectory;
  readonly #health: HealthMonitor;
  readonly #subscriptions: readonly Disposable[];

  constructor(ports: TailnetPorts, snapshots: SnapshotStore, selection: SelectionService, clock: Clock, log: Log) {
    this.#ports = ports;
    this.#snapshots = snapshots;
    this.#selection = selection;
    this.#monitor = new TailnetMonitor(ports.reader, clock, log);
    this.#directory = new HostDirectory(ports.prober, clock, log);
    this.#names = new NameDirectory(ports.resolve, clock, log);
    this.#health = new HealthMonitor(this.#directory, selection, clock);
    this.#subscriptions = [
      this.#monitor.onDidChange((state) => {
        this.#directory.update(state, snapshots.current.settings);
        this.#publish();
      }),
      this.#directory.onDidChange((reports) => {
        const { state } = this.#monitor;
        if (state.kind === 'running') void selection.follow(state.tailnet.name, reports);
        this.#publish();
      }),
      this.#names.onDidChange(() => this.#publish()),
      selection.onDidChange(() => this.#publish()),
    ];
  }

  start(): void {
    this.#monitor.start();
  }

  /** The workspace is trusted: from now on hosts are asked and names looked up. */
  trust(): void {
    this.#snapshots.update({ trusted: true });
    this.#names.allow();
    this.#directory.allowProbes();
  }

  setFocused(focused: boolean): void {
    this.#health.setFocused(focused);
  }

  updateSettings(settings: Settings): void {
    this.#snapshots.update({ settings });
    this.#directory.update(this.#monitor.state, settings);
    this.#publish();
    void this.refresh();
  }

  /** Reads the status and asks every host anew; resolves when the last answer is in. */
  async refresh(): Promise<void> {
    await this.#monitor.refresh();
    await this.#directory.probeAll();
  }

  /** Resolves when every endpoint of the host that is being asked has answered or failed. */
  settled(nodeId: string): Promise<void> {
    return this.#directory.settled(nodeId);
  }

  lookUp(names: readonly string[]): void {
    this.#names.lookUp(names);
  }

  dispose(): void {
    for (const one of [...this.#subscriptions, this.#health, this.#names, this.#directory, this.#monitor])
      one.dispose();
    void this.#ports.dispose();
  }

  #publish(): void {
    const parts = {
      tailnet: this.#monitor.state,
      hosts: this.#directory.reports,
      selection: this.#selection.current,
      lookups: this.#names.lookups,
    };
    const { settings } = this.#snapshots.current;
    this.#snapshots.update({ ...parts, health: healthOf({ ...parts, settings, since: this.#monitor.since }) });
  }
}
