import { reportOn } from '../core/clawql/hostReport.ts';
import { hostsOf } from '../core/clawql/hostsOf.ts';
import type { Exposure } from '../core/exposure/evidence.ts';
import { eraOf, healthOf, type HealthEra } from '../core/health.ts';
import type { ProbeOutcome } from '../core/mcp/probeOutcome.ts';
import type { Diagnosis } from '../core/diagnosis/diagnosis.ts';
import type { EditorSeen } from '../core/diagnosis/evidence.ts';
import type { Answers, AskedPlace } from '../core/routes/asking.ts';
import type { ControlPlaneSeen } from '../core/routes/controlPlane.ts';
import type { Settings } from '../core/settings.ts';
import type { Tailnet, TailnetNode, TailnetState } from '../core/tailnet/tailnet.ts';
import type { Clock } from './clock.ts';
import { Diagnoser } from './health/diagnoser.ts';
import type { ServerRestart } from './health/endpointWatch.ts';
import type { Disposable, Event } from './event.ts';
import type { Examiner } from './health/examiner.ts';
import { checkExposure } from './exposure/checkExposure.ts';
import type { ExposureExaminer } from './exposure/exposureExaminer.ts';
import { HealthMonitor } from './health/healthMonitor.ts';
import { HostDirectory } from './hosts/hostDirectory.ts';
import type { DaemonPreferences } from './tailnet/daemonPreferences.ts';
import type { KeyFiles } from './tailnet/keyFiles.ts';
import { KnownTailnets } from './tailnet/knownTailnets.ts';
import type { Log } from './log.ts';
import { searchMachines } from './hosts/machineSearch.ts';
import { NameDirectory, type NameResolver } from './linter/nameDirectory.ts';
import type { SessionOpener } from './health/probeSession.ts';
import type { Prober } from './hosts/prober.ts';
import { RememberedHosts } from './hosts/rememberedHosts.ts';
import { askPlaces } from './routes/askPlaces.ts';
import { SelectedServer } from './health/selectedServer.ts';
import type { Loopback } from './serve/loopback.ts';
import { MachineServe } from './serve/machineServe.ts';
import type { SelectionService } from './selectionService.ts';
import type { SnapshotStore } from './snapshotStore.ts';
import type { Storage } from './storage.ts';
import { LoginServers } from './tailnet/loginServers.ts';
import { TailnetJoin } from './tailnet/tailnetJoin.ts';
import { TailnetMonitor } from './tailnet/tailnetMonitor.ts';
import type { TailnetReader } from './tailnet/tailnetReader.ts';
import type { TailscaleProgram } from './tailnet/tailscaleProgram.ts';
import type { ToolAnswer, ToolOpener } from './health/toolSession.ts';
import { WakeWatch } from './tailnet/wakeWatch.ts';
import { WorkedMemory } from './health/workedMemory.ts';

export interface TailnetPorts {
  readonly reader: TailnetReader;
  /** Tailscale's own command line, for what the operator of this machine asks for. */
  readonly program: TailscaleProgram;
  /** What a login changes of the daemon, and what has to be put back where it does not come about. */
  readonly preferences: DaemonPreferences;
  readonly keyFiles: KeyFiles;
  /** Tells this machine from the user's others, also before it is in a tailnet. */
  readonly machineName: string;
  readonly loopback: Loopback;
  readonly prober: Prober;
  readonly sessions: SessionOpener;
  readonly tools: ToolOpener;
  readonly examiner: Examiner;
  readonly exposure: ExposureExaminer;
  readonly resolve: NameResolver;
  /** What is kept for all windows: the hosts that the user made known, the tailnets that were seen. */
  readonly storage: Storage;
  /** Closes every connection; called once, by the services. */
  dispose(): Promise<void>;
}

/** Milliseconds that the daemon may need to carry out its new preferences, such as to give the machine's name servers back. */
const preferencesCarriedOut = 1_000;

/** Everything that watches the tailnet, wired so that each change ends in one new snapshot. */
export class TailnetServices implements Disposable {
  readonly join: TailnetJoin;
  readonly loginServers: LoginServers;
  readonly #ports: TailnetPorts;
  readonly #clock: Clock;
  readonly #snapshots: SnapshotStore;
  readonly #selection: SelectionService;
  readonly #monitor: TailnetMonitor;
  readonly #directory: HostDirectory;
  readonly #remembered: RememberedHosts;
  readonly #tailnets: KnownTailnets;
  readonly #names: NameDirectory;
  readonly #health: HealthMonitor;
  readonly #diagnoser: Diagnoser;
  readonly #selected: SelectedServer;
  readonly #wakes: WakeWatch;
  readonly #serve: MachineServe;
  readonly #subscriptions: readonly Disposable[];
  #editor: () => EditorSeen | undefined = () => undefined;
  #resolvedIn = '';
  #era: HealthEra | undefined;
  #carriedOut: Disposable | undefined;
  #ended: Promise<void> | undefined;

  constructor(ports: TailnetPorts, snapshots: SnapshotStore, selection: SelectionService, clock: Clock, log: Log) {
    this.#ports = ports;
    this.#clock = clock;
    this.#snapshots = snapshots;
    this.#selection = selection;
    this.#monitor = new TailnetMonitor(ports.reader, clock, log);
    this.#directory = new HostDirectory(ports.prober, clock, log);
    this.#remembered = new RememberedHosts(ports.storage, log);
    this.#tailnets = new KnownTailnets(ports.storage);
    this.#names = new NameDirectory(ports.resolve, clock, log);
    const { sessions } = ports;
    this.#health = new HealthMonitor({ directory: this.#directory, sessions, selection, clock, log });
    this.#wakes = new WakeWatch(clock, log);
    const { program, preferences, keyFiles } = ports;
    this.join = new TailnetJoin({ program, preferences, keyFiles, clock, log });
    this.loginServers = new LoginServers(ports.storage, ports.machineName);
    const { examiner, prober } = ports;
    const diagnosed = { examiner, prober, directory: this.#directory, monitor: this.#monitor, snapshots, clock };
    this.#diagnoser = new Diagnoser(diagnosed);
    const worked = new WorkedMemory(ports.storage);
    this.#selected = new SelectedServer({ diagnoser: this.#diagnoser, examiner, snapshots, worked, clock, log });
    this.#serve = new MachineServe({ ...ports, clock, readTailnet: () => this.#readTailnet() });
    this.#subscriptions = [
      this.#monitor.onDidChange((state) => {
        if (state.kind === 'running') void this.#tailnets.note(state.tailnet);
        this.#expireNames(state);
        this.#updateHosts();
      }),
      this.#directory.onDidChange((reports) => {
        void selection.follow(nameOf(this.#monitor.state), reports);
        this.#selected.follow(selection.current, reports);
        this.#publish();
      }),
      this.#selected.onDidChange(() => this.#publish()),
      this.#health.onDidRestart(({ hostId, at }) => this.#selected.noteRestart(hostId, at)),
      this.#remembered.onDidChange(() => this.#updateHosts()),
      this.#names.onDidChange(() => this.#publish()),
      selection.onDidChange(() => this.#publish()),
      this.#monitor.onDidChangePreferences(() => this.#followPreferences()),
      this.#wakes.onDidWake(() => this.#catchUp()),
    ];
  }

  start(): void {
    // Endpoints that the user entered need no tailnet.
    this.#updateHosts();
    this.#monitor.start();
  }

  /** The workspace is trusted: from now on hosts are asked and names looked up. */
  trust(): void {
    this.#snapshots.update({ trusted: true });
    this.#publish();
    this.#names.allow();
    this.#directory.allowProbes();
  }

  /** From now on health also says what keeps this editor from the server, as far as `seen` tells at that moment. */
  followEditor(seen: () => EditorSeen | undefined): void {
    this.#editor = seen;
    this.#publish();
  }

  /** What the editor says of itself may be another thing now. */
  noteEditorChange(): void {
    this.#publish();
  }

  setFocused(focused: boolean): void {
    this.#monitor.setFocused(focused);
    this.#wakes.setFocused(focused);
    this.#selected.setFocused(focused);
    this.#health.setFocused(focused);
  }

  updateSettings(settings: Settings): void {
    this.#snapshots.update({ settings });
    this.#updateHosts();
    void this.refresh();
  }

  /** Reads the status and asks every host anew; resolves when the last answer is in. */
  async refresh(): Promise<void> {
    await this.#monitor.refresh();
    await this.#directory.probeAll();
  }

  /** Reads the status, and asks those hosts of which nothing fresh is known; resolves when the last answer is in. */
  async freshen(): Promise<void> {
    await this.#monitor.refresh();
    await this.#directory.freshen();
  }

  /**
   * Asks the user's own machines for ClawQL, and remembers those that answer. Undefined where there is no tailnet or the workspace is not
   * trusted; an aborted search remembers what it found.
   */
  async findOnMyMachines(
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<readonly TailnetNode[] | undefined> {
    const { state } = this.#monitor;
    if (state.kind !== 'running' || !this.#snapshots.current.trusted) return undefined;
    const { tailnet } = state;
    const machines = await searchMachines({ tailnet, prober: this.#ports.prober, signal, onProgress });
    if (machines.length > 0) {
      const ids = machines.map(({ id }) => id);
      await this.#remembered.addFound(tailnet.name, ids);
    }
    return machines;
  }

  /** Asks an endpoint that the user entered, once. */
  askEntered(url: string, signal: AbortSignal): Promise<ProbeOutcome> {
    return this.#ports.prober.probe({ url }, signal);
  }

  /** Keeps an endpoint that the user entered as a host, for all windows. */
  async addEntered(url: string): Promise<void> {
    await this.#remembered.addEntered(url);
  }

  /** Takes a host that the user made known out of the list again. */
  async forget({ kind, id }: { readonly kind: 'found' | 'entered'; readonly id: string }): Promise<void> {
    await (kind === 'found' ? this.#remembered.forgetFound(id) : this.#remembered.forgetEntered(id));
  }

  /**
   * Walks the way from this editor to the selected server, and tells each step. Undefined where no server is selected. Never rejects;
   * ends early when `signal` is aborted.
   */
  async diagnose(
    onProgress: (diagnosis: Diagnosis) => void,
    signal: AbortSignal,
    editor?: () => EditorSeen | undefined,
  ): Promise<Diagnosis | undefined> {
    const selection = this.#selection.current;
    if (selection === undefined) return undefined;
    const diagnosis = await this.#diagnoser.diagnose(selection, { onProgress, signal, editor });
    this.#selected.keep(diagnosis);
    return diagnosis;
  }

  /** Whether a connection to each place comes about, as long as the workspace is trusted. Never rejects. */
  async askPlaces(places: readonly AskedPlace[], signal: AbortSignal): Promise<Answers> {
    return this.#snapshots.current.trusted ? askPlaces(this.#ports.examiner, places, signal) : new Map();
  }

  /** What this machine's daemon says of the control plane, and of the relay of the selected node. Never rejects. */
  controlPlane(signal: AbortSignal): Promise<ControlPlaneSeen> {
    return this.#ports.examiner.controlPlane(this.#selection.current?.hostId, signal);
  }

  /** Calls a tool of the selected server once, in a session of its own. Never rejects; 15 s and 1 MB at most. */
  async callTool(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ToolAnswer> {
    const selection = this.#selection.current;
    if (selection === undefined || !this.#snapshots.current.trusted) {
      return { kind: 'failed', failure: { kind: 'other', detail: 'no server is selected that may be asked' } };
    }
    const { addresses } = reportOn(selection.hostId, this.#directory.reports)?.host ?? {};
    const target = { url: selection.url, ...(addresses && { addresses }) };
    const opening = await this.#ports.tools.openTools(target, signal);
    if (opening.kind === 'failed') return opening;
    try {
      return await opening.session.callTool(name, args, signal);
    } finally {
      await opening.session.end();
    }
  }

  /** Keeps this machine as a host on which ClawQL was found, for all windows. */
  async addOwnMachine({ name, self }: Tailnet): Promise<void> {
    await this.#remembered.addFound(name, [self.id]);
  }

  /** Tailscale's own command line. What it changes comes back by the daemon's bus, or with `refresh`. */
  get program(): TailscaleProgram {
    return this.#ports.program;
  }

  /** Looks at what the ClawQL of this machine lets more than the tailnet get to. Never rejects; ends early when `signal` is aborted. */
  async checkExposure(signal: AbortSignal, configuredPorts: readonly number[] = []): Promise<Exposure> {
    // A change of what Funnel publishes is not told by the bus.
    await this.#monitor.refresh();
    const { settings } = this.#snapshots.current;
    const { exposure: examiner, loopback, prober } = this.#ports;
    const search = { loopback, prober };
    return checkExposure({ examiner, search, tailnet: this.#monitor.state, settings, configuredPorts }, signal);
  }

  /** What Tailscale Serve does on this machine. The hosts hear of a change with `refresh`. */
  get serve(): MachineServe {
    return this.#serve;
  }

  /** Resolves when every endpoint of the host that is being asked has answered or failed. */
  settled(hostId: string): Promise<void> {
    return this.#directory.settled(hostId);
  }

  /** Resolves when the most wanted endpoint of the host that answers is known, or that none does. */
  decided(hostId: string): Promise<void> {
    return this.#directory.decided(hostId);
  }

  lookUp(names: readonly string[]): void {
    this.#names.lookUp(names);
  }

  /** The selected server was restarted and answers again: who held a session with it holds a dead one. */
  get onDidRestart(): Event<ServerRestart> {
    return this.#health.onDidRestart;
  }

  /** After `dispose`: resolves when the servers have been told and every connection is closed, within some seconds. */
  get ended(): Promise<void> {
    return this.#ended ?? Promise.resolve();
  }

  dispose(): void {
    this.#carriedOut?.dispose();
    for (const one of [
      this.join,
      ...this.#subscriptions,
      this.#wakes,
      this.#selected,
      this.#health,
      this.#names,
      this.#remembered,
      this.#directory,
      this.#monitor,
    ])
      one.dispose();
    // The daemon takes its preferences back over a connection that is closed after that.
    const closed = this.join.ended.then(() => this.#ports.dispose());
    this.#ended = Promise.all([this.#health.ended, closed]).then(() => undefined);
  }

  /** After a sleep neither the status nor any answer is what is there now. */
  #catchUp(): void {
    void this.#monitor.catchUp();
    this.#directory.markStale();
    void this.#directory.probeAnew();
  }

  /** What the system's resolver says of a name depends on whether Tailscale answers for it, and for which tailnet. */
  #expireNames(state: TailnetState): void {
    const situation = state.kind === 'running' ? `${state.tailnet.name} ${state.tailnet.suffix}` : state.kind;
    if (situation !== this.#resolvedIn) this.#names.expire();
    this.#resolvedIn = situation;
  }

  /** What can be reached may be another thing now. The daemon tells of its preferences before it has carried them out: asked twice. */
  #followPreferences(): void {
    const ask = (): void => {
      this.#names.expire();
      void this.#directory.probeAnew();
    };
    ask();
    this.#carriedOut?.dispose();
    this.#carriedOut = this.#clock.after(preferencesCarriedOut, ask);
  }

  async #readTailnet(): Promise<Tailnet | undefined> {
    await this.#monitor.refresh();
    const { state } = this.#monitor;
    return state.kind === 'running' ? state.tailnet : undefined;
  }

  #updateHosts(): void {
    const { state } = this.#monitor;
    const { settings } = this.#snapshots.current;
    const found = state.kind === 'running' ? this.#remembered.foundIn(state.tailnet.name) : [];
    this.#directory.update(hostsOf(state, { settings, found, entered: this.#remembered.entered }));
    this.#publish();
  }

  #publish(): void {
    const parts = {
      tailnet: this.#monitor.state,
      hosts: this.#directory.reports,
      selection: this.#selection.current,
      lookups: this.#names.lookups,
      otherSuffixes: this.#tailnets.othersThan(nameOf(this.#monitor.state)),
      ...this.#selected.parts(this.#selection.current),
    };
    const { settings, vantage, trusted } = this.#snapshots.current;
    // What is said of a host in the tailnet was seen when the tailnet changed last, not when it came up.
    const since = parts.tailnet.kind === 'running' ? this.#monitor.changedAt : this.#monitor.since;
    const health = healthOf({ ...parts, settings, vantage, trusted, since, editor: this.#editor() });
    const era = eraOf(health, parts.selection?.hostId ?? '', this.#era, this.#clock.now());
    this.#era = era;
    const isOfEra = 'cause' in health && era?.kind === health.kind;
    this.#snapshots.update({ ...parts, health: isOfEra ? { ...health, since: era.since } : health });
  }
}

function nameOf(state: TailnetState): string | undefined {
  return state.kind === 'running' ? state.tailnet.name : undefined;
}
