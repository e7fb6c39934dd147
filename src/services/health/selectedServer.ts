import { absenceOf } from '../../core/clawql/absence.ts';
import { answerAt, outcomeFor, reportOn, type HostReport } from '../../core/clawql/hostReport.ts';
import type { Diagnosis } from '../../core/diagnosis/diagnosis.ts';
import type { SeenPath } from '../../core/diagnosis/looks.ts';
import { isWorthExamining } from '../../core/diagnosis/worthExamining.ts';
import { explains } from '../../core/health.ts';
import type { AnsweredProbe, ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import { sameDoor, type Selection } from '../../core/mcp/selection.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { delay, type Clock } from '../clock.ts';
import type { Diagnoser } from './diagnoser.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import type { Examiner } from './examiner.ts';
import { errorText, type Log } from '../log.ts';
import type { SnapshotSource } from '../snapshotStore.ts';
import type { WorkedMemory } from './workedMemory.ts';

/** Milliseconds; `path` and `failure` between two looks at the same, `opening` for which a direct path may take to be found. */
const times = { path: 25_000, failure: 60_000, opening: 2_000 };

export interface SelectedServerParts {
  readonly diagnoser: Diagnoser;
  readonly examiner: Examiner;
  readonly snapshots: SnapshotSource;
  readonly worked: WorkedMemory;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is known of the selected server beside its report: the path to it, how it worked last, and why it fails where the call does not say. */
export class SelectedServer implements Disposable {
  readonly #parts: SelectedServerParts;
  readonly #changed: Emitter<undefined>;
  readonly #ended = new AbortController();
  #path: SeenPath | undefined;
  #pathAskedAt = -Infinity;
  #diagnosis: Diagnosis | undefined;
  #isExamining = false;
  #restarted: { readonly hostId: string; readonly at: number } | undefined;
  #focused = false;

  constructor(parts: SelectedServerParts) {
    this.#parts = parts;
    this.#changed = new Emitter((error) => parts.log.error(`selected server listener: ${errorText(error)}`));
  }

  get onDidChange(): Event<undefined> {
    return this.#changed.event;
  }

  setFocused(focused: boolean): void {
    this.#focused = focused;
  }

  /** What belongs into a snapshot with this selection. */
  parts(selection: Selection | undefined): Pick<Snapshot, 'diagnosis' | 'path' | 'worked' | 'restartedAt'> {
    if (selection === undefined) {
      return { diagnosis: undefined, path: undefined, worked: undefined, restartedAt: undefined };
    }
    const diagnosed = this.#diagnosis?.evidence.selection;
    return {
      diagnosis: diagnosed?.hostId === selection.hostId ? this.#diagnosis : undefined,
      path: this.#path?.url === selection.url ? this.#path : undefined,
      worked: this.#parts.worked.of(selection.hostId, this.#parts.clock.now()),
      restartedAt: this.#restarted?.hostId === selection.hostId ? this.#restarted.at : undefined,
    };
  }

  /** Takes over a diagnosis that came to its end. */
  keep(diagnosis: Diagnosis): void {
    if (diagnosis.wasCancelled === true) return;
    this.#diagnosis = diagnosis;
    this.#changed.fire(undefined);
  }

  noteRestart(hostId: string, at: number): void {
    this.#restarted = { hostId, at };
    this.#changed.fire(undefined);
  }

  /** Looks at what the newest reports leave open. Called with each change of them. */
  follow(selection: Selection | undefined, reports: readonly HostReport[]): void {
    const report = reportOn(selection?.hostId, reports);
    const answer = selection && report && answerAt(report, selection.url);
    // The path to a host that does not answer, or is not there, is one of before.
    if (answer === undefined) this.#path = undefined;
    if (selection === undefined || report === undefined) return;
    if (answer !== undefined) {
      this.#noteWorked(selection, report, answer);
      void this.#followPath(selection, report);
      return;
    }
    const failed = outcomeFor(report, selection.url);
    const isOwn = failed !== undefined && sameDoor(failed.url, selection.url);
    if (isOwn && failed.kind === 'failed' && absenceOf(report.host) === undefined)
      void this.#examine(selection, failed);
  }

  dispose(): void {
    this.#ended.abort();
    this.#changed.dispose();
  }

  #noteWorked(selection: Selection, { host, at }: HostReport, { url, server, tools }: AnsweredProbe): void {
    const { tailnet } = selection;
    this.#parts.worked.note({
      at: at ?? this.#parts.clock.now(),
      hostId: host.id,
      url,
      label: host.label,
      addresses: [...(host.node?.addresses ?? [])],
      tags: [...(host.node?.tags ?? [])],
      server,
      tools: [...tools],
      ...(tailnet === undefined ? {} : { tailnet }),
    });
  }

  async #followPath({ url }: Selection, { host }: HostReport): Promise<void> {
    const { clock, examiner } = this.#parts;
    const [address] = host.node?.addresses ?? [];
    const isKnown = this.#path?.url === url && clock.now() - this.#pathAskedAt < times.path;
    if (address === undefined || host.node?.isSelf === true || isKnown || this.#isIdle()) return;
    this.#pathAskedAt = clock.now();
    const { signal } = this.#ended;
    let seen = await examiner.path(address, signal);
    // To a node that was not spoken to for long, the first packets go by a relay until the direct path is found.
    if (seen.kind === 'relayed') {
      await delay(clock, times.opening, signal);
      seen = await examiner.path(address, signal);
    }
    if (signal.aborted) return;
    this.#path = { url, seen, at: clock.now() };
    this.#changed.fire(undefined);
  }

  /** Once for each way of failing, and again after a while: what is in the way may be another thing now. */
  async #examine(selection: Selection, failed: Extract<ProbeOutcome, { kind: 'failed' }>): Promise<void> {
    const { diagnoser, clock } = this.#parts;
    if (this.#isIdle() || this.#isExamining || !isWorthExamining(failed.failure)) return;
    const known = this.#diagnosis;
    const isFresh = known?.endedAt !== undefined && clock.now() - known.endedAt < times.failure;
    if (isFresh && explains(known, failed)) return;
    this.#isExamining = true;
    try {
      this.keep(await diagnoser.diagnose(selection, { signal: this.#ended.signal, call: failed }));
    } finally {
      this.#isExamining = false;
    }
  }

  #isIdle(): boolean {
    return !this.#focused || !this.#parts.snapshots.current.trusted || this.#ended.signal.aborted;
  }
}
