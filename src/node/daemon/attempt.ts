import type { DaemonFailure } from '../../core/tailnet/tailnet.ts';
import type { StatusReading } from '../../services/tailnet/tailnetReader.ts';
import { placeName, type DaemonPlace } from './daemonPlace.ts';

/** One step down the ladder: where a daemon was looked for, and what came of it. */
export interface Attempt {
  readonly place: DaemonPlace;
  readonly reading: StatusReading;
}

/** The ladder as the log shows it, a line a step. */
export function ladderText(attempts: readonly Attempt[]): string {
  return attempts.map(({ place, reading }) => `${placeName(place)}: ${outcomeText(reading)}`).join('\n  ');
}

function outcomeText(reading: StatusReading): string {
  if (reading.kind === 'failed') return `${reading.failure.kind} (${reading.failure.detail})`;
  const { version, note } = reading.source;
  return `answered ${version}`.trimEnd() + (note === undefined ? '' : ` (${note})`);
}

/** The most telling first: a trace of this machine's daemon before a stranger's refusal, and anything before a place where nothing is. */
const order: readonly DaemonFailure['kind'][] = [
  'killed',
  'no-permission',
  'unexpected-answer',
  'not-answering',
  'not-found',
];

/** The failure of a ladder without an answer that says most; of several places where nothing is, the most usual one. */
export function mostTelling(attempts: readonly Attempt[]): DaemonFailure {
  const failures = attempts.flatMap(({ reading }) => (reading.kind === 'failed' ? [reading.failure] : []));
  for (const kind of order) {
    const ofKind = failures.filter((failure) => failure.kind === kind);
    const found = kind === 'not-found' ? ofKind[0] : ofKind.at(-1);
    if (found !== undefined) return found;
  }
  return { kind: 'not-found', where: 'this machine', detail: 'no place to look is known for this platform' };
}

/**
 * Whether Tailscale's program is on this machine, by a ladder without an answer: it is where one could be started, and it is not where each
 * place that the platform has for it is empty, and nothing else of a daemon was seen. Undefined where that is not known.
 */
export function programFound(attempts: readonly Attempt[]): boolean | undefined {
  const failures = attempts.flatMap(({ reading }) => (reading.kind === 'failed' ? [reading.failure] : []));
  if (failures.some(({ installed }) => installed === true)) return true;
  const programs = attempts.flatMap(({ place, reading }) =>
    place.kind === 'program' && reading.kind === 'failed' ? [{ ...reading.failure, place }] : [],
  );
  // Where one is configured, those of the platform are left out.
  const isNowhere = programs.every(({ place, installed }) => !place.isConfigured && installed === false);
  const isNothing = failures.every(({ kind }) => kind === 'not-found');
  return programs.length > 0 && isNowhere && isNothing ? false : undefined;
}
