import type { HostReport } from '../core/clawql/hostReport.ts';
import { hostsOf, isAsked, type Host } from '../core/clawql/host.ts';
import { equal } from '../core/equal.ts';
import type { ProbeOutcome } from '../core/mcp/probeOutcome.ts';
import type { Settings } from '../core/settings.ts';
import type { TailnetState } from '../core/tailnet/tailnet.ts';
import type { Clock } from './clock.ts';
import { Emitter, type Disposable, type Event } from './event.ts';
import { Gate } from './gate.ts';
import { errorText, type Log } from './log.ts';
import type { Prober } from './prober.ts';

/** Probes under way at once in one window. */
const concurrency = 8;

/** The ClawQL hosts of the live tailnet with what their probes saw: found, and asked, before the user asks. */
export class HostDirectory implements Disposable {
  readonly #prober: Prober;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changed: Emitter<readonly HostReport[]>;
  readonly #ended = new AbortController();
  readonly #gate = new Gate(concurrency);
  readonly #underWay = new Map<string, Promise<void>>();
  /** By node id, the newest outcome of each candidate. */
  readonly #outcomes = new Map<string, ReadonlyMap<string, ProbeOutcome>>();
  #reports: readonly HostReport[] = [];
  #allowed = false;

  constructor(prober: Prober, clock: Clock, log: Log) {
    this.#prober = prober;
    this.#clock = clock;
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`hosts listener: ${errorText(error)}`));
  }

  get reports(): readonly HostReport[] {
    return this.#reports;
  }

  get onDidChange(): Event<readonly HostReport[]> {
    return this.#changed.event;
  }

  /** Nothing is probed until the workspace is trusted. */
  allowProbes(): void {
    this.#allowed = true;
    void this.probeAll();
  }

  /** Takes over the hosts of a new state; those that are new or have changed are probed, the others keep their reports. */
  update(state: TailnetState, settings: Pick<Settings, 'tags' | 'ports'>): void {
    const hosts = state.kind === 'running' ? hostsOf(state.tailnet, settings) : [];
    const next = hosts.map((host) => this.#carriedOver(host));
    if (equal(next, this.#reports)) return;
    const before = new Set(this.#reports);
    this.#publish(next);
    for (const report of next) if (!before.has(report)) void this.probe(report.host.node.id);
  }

  /** Probes every host anew; resolves when the last answer is in. Each answer is published when it comes. */
  async probeAll(): Promise<void> {
    await Promise.all(this.#reports.map(({ host }) => this.probe(host.node.id)));
  }

  /** Probes one host at all of its candidate endpoints; a call during a probe of the same host waits for that one. */
  probe(nodeId: string): Promise<void> {
    const running = this.#underWay.get(nodeId);
    if (running !== undefined) return running;
    const host = this.#hostOf(nodeId);
    if (host === undefined || !this.#allowed || !isAsked(host) || this.#ended.signal.aborted) return Promise.resolve();
    const probing = this.#probeHost(host).finally(() => {
      this.#underWay.delete(nodeId);
      const now = this.#hostOf(nodeId);
      // The node changed meanwhile: what was seen is not about it any more.
      if (now !== undefined && !equal(now, host)) void this.probe(nodeId);
    });
    this.#underWay.set(nodeId, probing);
    return probing;
  }

  /** Resolves when no probe of this host is under way. */
  async settled(nodeId: string): Promise<void> {
    await this.#underWay.get(nodeId);
  }

  dispose(): void {
    this.#ended.abort();
    this.#changed.dispose();
  }

  async #probeHost(host: Host): Promise<void> {
    const outcomes = new Map<string, ProbeOutcome>();
    await Promise.all(
      host.candidates.map(async ({ url }) => {
        const target = { url, addresses: addressesOf(host) };
        const outcome = await this.#gate.run(() => this.#prober.probe(target, this.#ended.signal));
        if (this.#ended.signal.aborted) return;
        outcomes.set(url, outcome);
        // A first answer is shown at once; failures only together, so that a closed port does not flash before the open one.
        if (outcome.kind === 'answered' || outcomes.size === host.candidates.length) this.#record(host, outcomes);
      }),
    );
  }

  /** What this round has not answered yet keeps its last outcome: an endpoint is not lost for the moment in which it is asked again. */
  #record(host: Host, round: ReadonlyMap<string, ProbeOutcome>): void {
    const index = this.#reports.findIndex((report) => equal(report.host, host));
    const before = this.#reports[index];
    if (before === undefined) return;
    const outcomes = new Map([...(this.#outcomes.get(host.node.id) ?? []), ...round]);
    this.#outcomes.set(host.node.id, outcomes);
    const report: HostReport = { host, outcomes: [...outcomes.values()], at: this.#clock.now() };
    if (verdict(before) !== verdict(report)) this.#log.info(`${host.node.name}: ${verdict(report)}`);
    this.#publish(this.#reports.with(index, report));
  }

  #carriedOver(host: Host): HostReport {
    const before = this.#reports.find((report) => report.host.node.id === host.node.id);
    if (before !== undefined && equal(before.host, host)) return before;
    this.#outcomes.delete(host.node.id);
    return { host, outcomes: [] };
  }

  #hostOf(nodeId: string): Host | undefined {
    return this.#reports.find(({ host }) => host.node.id === nodeId)?.host;
  }

  #publish(reports: readonly HostReport[]): void {
    this.#reports = reports;
    this.#changed.fire(reports);
  }
}

/** This machine's own name may lead to it by a loopback address too (Debian's hosts file has 127.0.1.1). */
function addressesOf({ node }: Host): readonly string[] {
  return node.isSelf ? [...node.addresses, '127.0.0.1', '127.0.1.1', '::1'] : node.addresses;
}

function verdict(report: HostReport): string {
  return report.outcomes
    .map((outcome) =>
      outcome.kind === 'answered'
        ? `${outcome.url} answers as ${outcome.server.name} ${outcome.server.version} with ${outcome.tools.length} tools`
        : `${outcome.url} fails at ${outcome.step}: ${outcome.failure.kind} (${outcome.failure.detail})`,
    )
    .toSorted()
    .join('; ');
}
