import { absenceOf } from '../../core/clawql/absence.ts';
import type { Host } from '../../core/clawql/host.ts';
import { answerOf, reportOn, summaryOf, type HostReport } from '../../core/clawql/hostReport.ts';
import { equal } from '../../core/equal.ts';
import type { ProbeFailure, ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import { sameDoor } from '../../core/mcp/selection.ts';
import type { Clock } from '../clock.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { Gate } from '../gate.ts';
import { errorText, type Log } from '../log.ts';
import { OutcomeCache } from './outcomeCache.ts';
import type { Prober, ProbeTarget } from './prober.ts';

/** Probes under way at once in one window. */
const concurrency = 8;

/** Milliseconds for which an outcome counts as news: an answer longer than a failure, which may have been mended meanwhile. */
const freshFor = { answered: 10_000, failed: 2_000 };

/**
 * Milliseconds from one failed round to the next of a host that has just come or changed: the way to a machine that was not spoken to for
 * long opens within seconds.
 */
const furtherLooks = [1_000, 2_000, 4_000];

/** A round of probes of one host, as the host was when it began. */
interface Probing {
  readonly host: Host;
  readonly done: Promise<void>;
  /** Resolves when the most wanted endpoint that answers is known, at the latest with `done`. */
  readonly decided: Promise<undefined>;
  readonly stop: AbortController;
}

/** The ClawQL hosts with what their probes saw: found, and asked, before the user asks. */
export class HostDirectory implements Disposable {
  readonly #prober: Prober;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changed: Emitter<readonly HostReport[]>;
  readonly #ended = new AbortController();
  readonly #gate = new Gate(concurrency);
  readonly #underWay = new Map<string, Probing>();
  readonly #cache = new OutcomeCache();
  readonly #nextLooks = new Map<string, Disposable>();
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
  update(hosts: readonly Host[]): void {
    const next = hosts.map((host) => this.#carriedOver(host));
    if (equal(next, this.#reports)) return;
    const before = new Set(this.#reports);
    this.#publish(next);
    this.#cache.keepOnly(hosts);
    // What is being seen of a host as it was is of no use, and can take long to come.
    for (const [id, { host, stop }] of this.#underWay) {
      if (!equal(reportOn(id, next)?.host, host)) stop.abort();
    }
    for (const report of next) if (!before.has(report)) void this.#probeAtFirst(report.host.id);
  }

  /** Probes every host anew; resolves when the last answer is in. Each answer is published when it comes. */
  async probeAll(): Promise<void> {
    await Promise.all(this.#reports.map(({ host }) => this.probe(host.id)));
  }

  /** Probes every host anew, also those that are being asked: what is on its way may have been seen before the way changed. */
  async probeAnew(): Promise<void> {
    const running = [...this.#underWay.values()];
    for (const { stop } of running) stop.abort();
    await Promise.all(running.map(({ done }) => done));
    await this.probeAll();
  }

  /** Probes those hosts of which nothing fresh is known, but for the one `except`; resolves when the last answer is in. */
  async freshen(except?: string): Promise<void> {
    const stale = this.#reports.filter(
      ({ host }) => host.id !== except && !this.#cache.isFresh(host, this.#clock.now(), freshFor),
    );
    await Promise.all(stale.map(({ host }) => this.probe(host.id)));
  }

  /**
   * Probes one host at all of its candidate endpoints; a call during a probe of the same host waits for that one. A host that cannot
   * answer by the tailnet's word is asked only `anyway`: the word can be old.
   */
  probe(hostId: string, anyway = false): Promise<void> {
    const running = this.#underWay.get(hostId);
    if (running !== undefined) return running.done;
    const host = reportOn(hostId, this.#reports)?.host;
    if (host === undefined || !this.#allowed || this.#ended.signal.aborted) return Promise.resolve();
    if (absenceOf(host) !== undefined && !anyway) return Promise.resolve();
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#ended.signal]);
    const { promise: decided, resolve: onDecided } = Promise.withResolvers<undefined>();
    const done = this.#probeHost(host, signal, () => onDecided(undefined)).finally(() => {
      onDecided(undefined);
      this.#underWay.delete(hostId);
      const now = reportOn(hostId, this.#reports)?.host;
      // The host changed meanwhile: what was seen is not about it any more.
      if (now !== undefined && !equal(now, host)) void this.probe(hostId, anyway);
    });
    this.#underWay.set(hostId, { host, done, decided, stop });
    return done;
  }

  /** The endpoint that answered at `url` has just shown that it is still there; `latencyMs` is one round trip on the open connection. */
  noteAlive(hostId: string, url: string, latencyMs: number): void {
    const host = reportOn(hostId, this.#reports)?.host;
    if (host === undefined) return;
    if (this.#cache.noteAlive(host, url, { latencyMs, at: this.#clock.now() })) this.#record(host);
  }

  /** What was seen may be of another time: it stays, and is called stale until the next outcome. */
  markStale(): void {
    const next = this.#reports.map((report) =>
      report.outcomes.length === 0 ? report : { ...report, stale: true as const },
    );
    if (!equal(next, this.#reports)) this.#publish(next);
  }

  /**
   * Asks one endpoint of a host anew, whatever is under way: that may have begun before what is asked about. Undefined where the host has
   * no such endpoint. Never rejects; ends early with `signal`.
   */
  async ask(hostId: string, url: string, signal: AbortSignal): Promise<ProbeOutcome | undefined> {
    const host = reportOn(hostId, this.#reports)?.host;
    const candidate = host?.candidates.find((one) => sameDoor(one, url));
    if (host === undefined || candidate === undefined || !this.#allowed || this.#ended.signal.aborted) return undefined;
    const round = this.#cache.begin(host);
    const until = AbortSignal.any([signal, this.#ended.signal]);
    const outcome = await this.#look(host, candidate, until);
    if (until.aborted) return outcome;
    round.add(candidate, outcome, this.#clock.now());
    this.#record(host);
    return outcome;
  }

  /** Resolves when no probe of this host is under way. */
  async settled(hostId: string): Promise<void> {
    await this.#underWay.get(hostId)?.done;
  }

  /** Resolves when no endpoint of this host is being asked that is more wanted than one that answers. */
  async decided(hostId: string): Promise<void> {
    await this.#underWay.get(hostId)?.decided;
  }

  dispose(): void {
    this.#ended.abort();
    for (const timer of this.#nextLooks.values()) timer.dispose();
    this.#changed.dispose();
  }

  async #probeHost(host: Host, signal: AbortSignal, onDecided: () => void): Promise<void> {
    const round = this.#cache.begin(host);
    await Promise.all(
      host.candidates.map(async (url) => {
        const outcome = await this.#gate.run(() => this.#look(host, url, signal));
        if (signal.aborted) return;
        const wasDecided = round.isDecided;
        round.add(url, outcome, this.#clock.now());
        // A first answer is shown at once; failures only together, so that a closed port does not flash before the open one.
        const isNews = outcome.kind === 'answered' || (round.isDecided && !wasDecided) || round.isComplete;
        if (isNews) this.#record(host, round.isDecided);
        if (round.isDecided) onDecided();
      }),
    );
  }

  /**
   * Probes one endpoint. One that answered is asked once more before it is said to fail: a daemon that takes over a new configuration
   * closes a served port for a moment, and nobody is to be moved to another one for that.
   */
  async #look(host: Host, url: string, signal: AbortSignal): Promise<ProbeOutcome> {
    const target = targetAt(host, url);
    const first = await this.#prober.probe(target, signal);
    const isDoubtful = isAbrupt(first) && this.#cache.answeredLast(host, url) && !signal.aborted;
    return isDoubtful ? this.#prober.probe(target, signal) : first;
  }

  /** Asks a host that has just come or changed, and some times more as long as it does not answer. */
  async #probeAtFirst(hostId: string, looks: readonly number[] = furtherLooks): Promise<void> {
    this.#nextLooks.get(hostId)?.dispose();
    this.#nextLooks.delete(hostId);
    await this.probe(hostId);
    const report = reportOn(hostId, this.#reports);
    const [wait, ...rest] = looks;
    if (wait === undefined || this.#ended.signal.aborted || this.#nextLooks.has(hostId)) return;
    if (report === undefined || report.outcomes.length === 0 || answerOf(report) !== undefined) return;
    const timer = this.#clock.after(wait, () => void this.#probeAtFirst(hostId, rest));
    this.#nextLooks.set(hostId, timer);
  }

  #record(host: Host, isDecided = true): void {
    const index = this.#reports.findIndex((report) => equal(report.host, host));
    const before = this.#reports[index];
    if (before === undefined) return;
    const seen = this.#cache.seenOf(host);
    const report: HostReport = { host, ...seen, ...(isDecided ? {} : { undecided: true as const }) };
    const [was, is] = [summaryOf(before), summaryOf(report)];
    if (was !== is) this.#log.info(`${host.name}: ${is}`);
    this.#publish(this.#reports.with(index, report));
  }

  #carriedOver(host: Host): HostReport {
    const before = reportOn(host.id, this.#reports);
    if (before !== undefined && equal(before.host, host)) return before;
    this.#cache.forgetOutcomes(host.id);
    return { host, ...this.#cache.seenOf(host) };
  }

  #publish(reports: readonly HostReport[]): void {
    this.#reports = reports;
    this.#changed.fire(reports);
  }
}

function targetAt({ addresses }: Host, url: string): ProbeTarget {
  return addresses === undefined ? { url } : { url, addresses };
}

const abruptKinds: ReadonlySet<string> = new Set<ProbeFailure['kind']>(['refused', 'tls', 'other']);

/** A failure that comes at once, as one of a moment does; a silence has lasted already. */
function isAbrupt(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'failed' && abruptKinds.has(outcome.failure.kind);
}
