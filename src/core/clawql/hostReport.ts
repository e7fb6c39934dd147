import type { AnsweredProbe, ProbeOutcome, ProbeStep } from '../mcp/probeOutcome.ts';
import type { Host } from './host.ts';

/** A host with what its probes saw. Times are epoch milliseconds. */
export interface HostReport {
  readonly host: Host;
  /** The newest outcome at each endpoint that was asked. */
  readonly outcomes: readonly ProbeOutcome[];
  /** When the newest outcome came; absent before the first one. */
  readonly at?: number;
  /** When the host answered last, at whichever endpoint; a failure since then does not take it away. */
  readonly answeredAt?: number;
  /** What was seen is of before a sleep or a long absence: kept, and not to be claimed. Gone with the next outcome. */
  readonly stale?: true;
  /** An endpoint is being asked that is more wanted than the one that has answered: what is known of it is of before. */
  readonly undecided?: true;
}

/** The report on a host, by its id; undefined when it is none of the hosts. */
export function reportOn(hostId: string | undefined, reports: readonly HostReport[]): HostReport | undefined {
  return reports.find(({ host }) => host.id === hostId);
}

/** The answer at the most wanted endpoint that answers. */
export function answerOf(report: HostReport): AnsweredProbe | undefined {
  for (const url of report.host.candidates) {
    const outcome = report.outcomes.find((one) => one.kind === 'answered' && sameOrigin(one.url, url));
    if (outcome?.kind === 'answered') return outcome;
  }
  return undefined;
}

/** The answer of the endpoint at `url`; where that one has none, the most wanted one. */
export function answerAt(report: HostReport, url: string): AnsweredProbe | undefined {
  const own = report.outcomes.find((outcome) => outcome.kind === 'answered' && sameOrigin(outcome.url, url));
  return own?.kind === 'answered' ? own : answerOf(report);
}

/**
 * What is known of the endpoint at `url`: its answer or that of another endpoint of the host, its own failure, or the most telling one
 * where it has not been asked or is closed. Undefined before the first outcome.
 */
export function outcomeFor(report: HostReport, url: string): ProbeOutcome | undefined {
  const own = report.outcomes.find((outcome) => sameOrigin(outcome.url, url));
  // A closed port says less than anything that another one says.
  const isClosed = own?.kind === 'failed' && own.failure.kind === 'refused';
  return answerAt(report, url) ?? (isClosed ? undefined : own) ?? tellingOutcome(report, url);
}

const steps: readonly ProbeStep[] = ['resolve', 'connect', 'tls', 'healthz', 'initialize', 'tools'];

/**
 * What says most of a host: its answer, or of several failures the one that got furthest; of equal ones that of the endpoint at `chosen`,
 * then that of the most wanted. Undefined before the first outcome.
 */
export function tellingOutcome(report: HostReport, chosen?: string): ProbeOutcome | undefined {
  // A closed port beside a silent one is the less telling of the two: most hosts use only one of the ports that are asked.
  const depth = (outcome: ProbeOutcome): number => {
    if (outcome.kind === 'answered') return steps.length;
    return steps.indexOf(outcome.step) - (outcome.failure.kind === 'refused' ? 0.5 : 0);
  };
  // The order in which the outcomes came says nothing.
  const place = ({ url }: ProbeOutcome): number =>
    chosen !== undefined && sameOrigin(url, chosen)
      ? -1
      : report.host.candidates.findIndex((one) => sameOrigin(one, url));
  const ordered = report.outcomes.toSorted((one, other) => depth(other) - depth(one) || place(one) - place(other));
  return answerOf(report) ?? ordered[0];
}

function sameOrigin(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}

/** A report in one line for the log. */
export function summaryOf(report: HostReport): string {
  return report.outcomes
    .map((outcome) =>
      outcome.kind === 'answered'
        ? `${outcome.url} answers as ${outcome.server.name} ${outcome.server.version} with ${outcome.tools.length} tools`
        : `${outcome.url} fails at ${outcome.step}: ${outcome.failure.kind} (${outcome.failure.detail})`,
    )
    .toSorted()
    .join('; ');
}
