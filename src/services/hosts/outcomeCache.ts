import type { Host } from '../../core/clawql/host.ts';
import type { HostReport } from '../../core/clawql/hostReport.ts';
import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';

/** An outcome with the round of probes that brought it. Times are epoch milliseconds. */
interface Seen {
  readonly outcome: ProbeOutcome;
  readonly round: number;
  readonly at: number;
}

interface HostMemory {
  /** By candidate, the newest outcome. */
  readonly seen: Map<string, Seen>;
  /** The newest answer; kept apart, so that no failure takes it away. */
  answeredAt?: number;
}

/** One round of probes of a host. What it has not brought yet keeps its last outcome. */
export interface ProbeRound {
  /** `at` is epoch milliseconds. */
  add(candidate: string, outcome: ProbeOutcome, at: number): void;
  readonly isComplete: boolean;
  /** Whether this round has brought the most wanted endpoint that answers: what is still out is less wanted, or nothing is. */
  readonly isDecided: boolean;
}

/** What the probes of each host saw. A late outcome of an old round never replaces one of a newer round. */
export class OutcomeCache {
  readonly #hosts = new Map<string, HostMemory>();
  #rounds = 0;

  begin(host: Host): ProbeRound {
    const round = (this.#rounds += 1);
    const memory = this.#memoryOf(host.id);
    const brought = new Map<string, ProbeOutcome['kind']>();
    return {
      add(candidate, outcome, at) {
        brought.set(candidate, outcome.kind);
        if ((memory.seen.get(candidate)?.round ?? 0) > round) return;
        memory.seen.set(candidate, { outcome, round, at });
        if (outcome.kind === 'answered') memory.answeredAt = at;
      },
      get isComplete() {
        return brought.size === host.candidates.length;
      },
      get isDecided() {
        const first = host.candidates.find((candidate) => brought.get(candidate) !== 'failed');
        return first === undefined || brought.has(first);
      },
    };
  }

  /** The endpoint that answered at `url` answers still. False where none is known to have: nothing is noted then. */
  noteAlive({ id, candidates }: Host, url: string, { latencyMs, at }: { latencyMs: number; at: number }): boolean {
    const memory = this.#memoryOf(id);
    for (const candidate of candidates) {
      const seen = memory.seen.get(candidate);
      if (seen?.outcome.kind !== 'answered' || seen.outcome.url !== url) continue;
      memory.seen.set(candidate, { ...seen, outcome: { ...seen.outcome, latencyMs }, at });
      memory.answeredAt = at;
      return true;
    }
    return false;
  }

  /** Whether the newest outcome at a candidate is an answer. */
  answeredLast({ id }: Host, candidate: string): boolean {
    return this.#memoryOf(id).seen.get(candidate)?.outcome.kind === 'answered';
  }

  /** The newest outcome at each candidate, in the order of the candidates. */
  seenOf({ id, candidates }: Host): Omit<HostReport, 'host'> {
    const { seen, answeredAt } = this.#memoryOf(id);
    const newest = candidates.flatMap((candidate) => seen.get(candidate) ?? []);
    return {
      outcomes: newest.map(({ outcome }) => outcome),
      ...(newest.length > 0 ? { at: Math.max(...newest.map(({ at }) => at)) } : {}),
      ...(answeredAt === undefined ? {} : { answeredAt }),
    };
  }

  /**
   * Whether each candidate's outcome is younger than what outcomes of its kind are good for, in milliseconds. What keeps a more wanted
   * endpoint than the one that answers from answering may be gone soon.
   */
  isFresh({ id, candidates }: Host, now: number, freshFor: Readonly<Record<ProbeOutcome['kind'], number>>): boolean {
    const { seen } = this.#memoryOf(id);
    const outcomes = candidates.map((candidate) => seen.get(candidate));
    const best = outcomes.findIndex((one) => one?.outcome.kind === 'answered');
    return outcomes.every((one, place) => {
      // Beside an endpoint that answers, a closed one is no reason to ask again, nor is a less wanted one.
      const isSettled = best >= 0 && (place >= best || isClosed(one));
      return one !== undefined && now - one.at < (isSettled ? freshFor.answered : freshFor.failed);
    });
  }

  /** The host is another one now: what was seen is about what it was. That it has answered before stays true. */
  forgetOutcomes(hostId: string): void {
    const memory = this.#hosts.get(hostId);
    if (memory === undefined) return;
    const { answeredAt } = memory;
    // A new record, so that a round that is under way writes into the old one.
    this.#hosts.set(hostId, { seen: new Map(), ...(answeredAt === undefined ? {} : { answeredAt }) });
  }

  /** Forgets the hosts that are no more. */
  keepOnly(hosts: readonly Host[]): void {
    const ids = new Set(hosts.map(({ id }) => id));
    for (const id of this.#hosts.keys()) if (!ids.has(id)) this.#hosts.delete(id);
  }

  #memoryOf(hostId: string): HostMemory {
    const known = this.#hosts.get(hostId);
    if (known !== undefined) return known;
    const made: HostMemory = { seen: new Map() };
    this.#hosts.set(hostId, made);
    return made;
  }
}

function isClosed(seen: Seen | undefined): boolean {
  return seen?.outcome.kind === 'failed' && seen.outcome.failure.kind === 'refused';
}
