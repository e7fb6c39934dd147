import { answerAt, reportOn, type HostReport } from '../../core/clawql/hostReport.ts';
import type { AnsweredProbe } from '../../core/mcp/probeOutcome.ts';
import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { Disposable } from '../event.ts';
import { healthTimes } from './healthTimes.ts';
import type { HostDirectory } from '../hosts/hostDirectory.ts';
import type { OpenSession, SessionCheck, SessionOpener } from './probeSession.ts';

/** A server that lost its sessions and answers again. `at` is when it was noticed, in epoch milliseconds. */
export interface ServerRestart {
  readonly hostId: string;
  readonly url: string;
  readonly at: number;
}

export interface WatchParts {
  readonly directory: HostDirectory;
  readonly sessions: SessionOpener;
  readonly clock: Clock;
  /** Gives numbers from 0 to below 1. */
  readonly random: () => number;
  readonly onRestart: (restart: ServerRestart) => void;
}

/**
 * Looks at one endpoint of one host, again and again while it is resumed. What it asks for is a full probe at first, every few minutes and
 * whenever anything is wrong; in between one small request in a session that it keeps for that, by whose loss a restart is known.
 */
export class EndpointWatch implements Disposable {
  readonly #parts: WatchParts;
  readonly #hostId: string;
  readonly #url: string;
  readonly #stop = new AbortController();
  readonly #subscription: Disposable;
  #session: OpenSession | undefined;
  #looking: Promise<void> | undefined;
  #timer: Disposable | undefined;
  #isPaused = true;
  #hadAnswer: boolean;
  #wasLost = false;
  #failures = 0;
  #probedAt = -Infinity;
  #openedAt = -Infinity;
  #lookedAt = -Infinity;
  #dueAt = -Infinity;

  constructor(parts: WatchParts, { hostId, url }: { readonly hostId: string; readonly url: string }) {
    this.#parts = parts;
    this.#hostId = hostId;
    this.#url = url;
    this.#hadAnswer = this.#answer() !== undefined;
    this.#subscription = parts.directory.onDidChange(() => this.#hear());
  }

  /** Looks at once, unless it has just looked. */
  resume(): void {
    this.#isPaused = false;
    if (this.#looking !== undefined || this.#isOver()) return;
    const now = this.#parts.clock.now();
    if (now - this.#lookedAt < healthTimes.recent) this.#lookAfter(this.#dueAt - now);
    else this.#look();
  }

  /** Sets no timer any more. The session stays, so that a restart in the meantime is noticed later. */
  pause(): void {
    this.#isPaused = true;
    this.#timer?.dispose();
  }

  dispose(): void {
    this.pause();
    this.#subscription.dispose();
    this.#stop.abort();
  }

  /** After `dispose`: resolves when the server has been told that the session is over, or cannot be told. */
  async ended(): Promise<void> {
    await this.#looking;
    await this.#session?.end();
  }

  #look(): void {
    const { clock } = this.#parts;
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = undefined;
      this.#lookedAt = clock.now();
      const wait = this.#wait();
      this.#dueAt = this.#lookedAt + wait;
      if (!this.#isPaused) this.#lookAfter(wait);
    });
  }

  /**
   * Others ask too, such as after a sleep, when the network may be back a moment later: their failure after an answer is followed as one of
   * its own. A host that has just come is asked again by the directory itself.
   */
  #hear(): void {
    const hadAnswer = this.#hadAnswer;
    this.#hadAnswer = this.#answer() !== undefined;
    const isLost = hadAnswer && this.#isUnanswered();
    if (this.#isPaused || this.#looking !== undefined || this.#failures > 0 || !isLost) return;
    this.#failures = 1;
    this.#timer?.dispose();
    const wait = this.#wait();
    this.#dueAt = this.#parts.clock.now() + wait;
    this.#lookAfter(wait);
  }

  #lookAfter(ms: number): void {
    // The clock on the wall can be set back: nobody waits for it to catch up.
    const wait = Math.min(Math.max(0, ms), healthTimes.retry.last);
    this.#timer = this.#parts.clock.after(wait, () => this.#look());
  }

  async #lookOnce(): Promise<void> {
    const { directory, clock } = this.#parts;
    const before = this.#failures === 0 ? await this.#check() : undefined;
    const isProbed = clock.now() - this.#probedAt < healthTimes.fullProbe;
    // A living session stands for no answer where the last one that was seen is a failure.
    const isWell = before?.kind === 'alive' && isProbed && this.#answer() !== undefined;
    if (this.#isOver() || isWell) return;
    // Also a host that the control server takes for offline: it may answer all the same.
    await directory.probe(this.#hostId, true);
    if (this.#isOver()) return;
    this.#probedAt = clock.now();
    const answer = this.#answer();
    this.#failures = answer === undefined ? this.#failures + 1 : 0;
    if (answer === undefined) return;
    // It answers now: whether as the server that it was before, its session knows.
    const after = before?.kind === 'alive' ? before : await this.#check();
    if (after?.kind === 'failed') await this.#drop();
    if (this.#isOver()) return;
    if (this.#wasLost) this.#parts.onRestart({ hostId: this.#hostId, url: answer.url, at: clock.now() });
    await this.#open(answer.url);
  }

  /** Undefined where there is no session. */
  async #check(): Promise<SessionCheck | undefined> {
    const session = this.#session;
    const check = await session?.check(this.#stop.signal);
    if (session === undefined || check === undefined || this.#isOver()) return undefined;
    if (check.kind === 'alive') this.#parts.directory.noteAlive(this.#hostId, session.url, check.latencyMs);
    if (check.kind === 'gone') {
      this.#session = undefined;
      this.#wasLost = true;
    }
    return check;
  }

  /** A session that cannot be looked at while its server answers is of no use. */
  async #drop(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.end();
  }

  /** A server that keeps no sessions is not asked for one at each look. */
  async #open(url: string): Promise<void> {
    const { sessions, clock } = this.#parts;
    const isTried = !this.#wasLost && clock.now() - this.#openedAt < healthTimes.fullProbe;
    this.#wasLost = false;
    if (this.#session !== undefined || isTried) return;
    this.#openedAt = clock.now();
    const { addresses } = this.#report()?.host ?? {};
    const target = addresses === undefined ? { url } : { url, addresses };
    this.#session = await sessions.open(target, this.#stop.signal);
  }

  #isOver(): boolean {
    return this.#stop.signal.aborted;
  }

  #answer(): AnsweredProbe | undefined {
    const report = this.#report();
    return report && answerAt(report, this.#url);
  }

  #isUnanswered(): boolean {
    const report = this.#report();
    return report !== undefined && report.outcomes.length > 0 && this.#answer() === undefined;
  }

  #report(): HostReport | undefined {
    return reportOn(this.#hostId, this.#parts.directory.reports);
  }

  #wait(): number {
    const { random } = this.#parts;
    const { interval, jitter, retry } = healthTimes;
    if (this.#failures > 0) return backoff(this.#failures, retry, random);
    return interval * (1 + jitter * (2 * random() - 1));
  }
}
