import { durationText } from '../../duration.ts';
import { changesSince } from '../../diagnosis/changesSince.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Verdict } from '../../diagnosis/verdicts/verdict.ts';
import type { Health } from '../../health.ts';
import type { Snapshot } from '../../snapshot.ts';
import { vantageText } from '../../vantage.ts';
import type { DiagnoseLink } from './diagnoseLinks.ts';
import { notSelectedVerdict, notTrustedVerdict, withoutAgain } from './diagnoseObstacles.ts';
import type { DiagnoseInput } from './diagnoseView.ts';

/** What is said first. All texts are plain. */
export interface DiagnoseVerdict {
  readonly kind: Verdict['kind'] | 'running';
  readonly heading: string;
  /** Empty where the heading says it all. */
  readonly cause: string;
  /** What to do; absent where nothing is to be done. */
  readonly remedy?: string;
  readonly actions: readonly DiagnoseLink[];
  /** How it was before, and when and from where this was seen: a paragraph each. */
  readonly notes: readonly string[];
}

/** Of the newest walk that has ended; without one, what health says. */
export function diagnoseVerdict({ snapshot, diagnosis, isRunning, timeOf }: DiagnoseInput): DiagnoseVerdict {
  const { trusted, selection, health } = snapshot;
  if (!trusted) return notTrustedVerdict;
  if (selection === undefined) return notSelectedVerdict(snapshot);
  if (diagnosis?.endedAt !== undefined) {
    const notes = diagnosisNotes(diagnosis, snapshot, timeOf);
    return { ...told(diagnosis.verdict, labelOf(diagnosis)), notes };
  }
  const label = 'label' in health ? health.label : selection.label;
  if (isRunning) {
    const cause = 'What it comes to is said here once the last step has ended.';
    return { kind: 'running', heading: `Looking at ${label}`, cause, actions: [], notes: [] };
  }
  if (!('cause' in health)) {
    return { kind: 'unknown', heading: `${label}: not known`, cause: 'It is being checked.', actions: [], notes: [] };
  }
  return { ...told(health, label), notes: healthNotes(health, snapshot, timeOf) };
}

const headings: Readonly<Record<Verdict['kind'], (label: string) => string>> = {
  ok: (label) => `${label} answers`,
  warning: (label) => `${label} works, with a problem`,
  error: (label) => `${label} does not work`,
  unknown: (label) => `${label}: not known`,
};

function told(verdict: Verdict, label: string): Omit<DiagnoseVerdict, 'notes'> {
  const { kind, cause, remedy, actions } = verdict;
  const ways = withoutAgain(actions);
  return { kind, heading: headings[kind](label), cause, ...(remedy === undefined ? {} : { remedy }), actions: ways };
}

function labelOf({ evidence: { report, selection } }: Diagnosis): string {
  return report?.host.label ?? selection.label;
}

function diagnosisNotes(
  diagnosis: Diagnosis,
  { restartedAt }: Snapshot,
  timeOf: DiagnoseInput['timeOf'],
): readonly string[] {
  const { startedAt, endedAt = startedAt, wasCancelled, evidence } = diagnosis;
  const took = durationText(endedAt - startedAt);
  return [
    ...(wasCancelled === true
      ? ['It was cancelled before its end: what had not been looked at by then is not known.']
      : []),
    ...history(diagnosis, timeOf),
    ...(restartedAt === undefined ? [] : [`It was seen to have restarted at ${timeOf(restartedAt)}.`]),
    `Seen at ${timeOf(endedAt)} from ${vantageText(evidence.vantage)}, within ${took}.`,
  ];
}

/** Of a server that does not answer: until when it did, and what is another thing now. */
function history({ evidence, verdict }: Diagnosis, timeOf: DiagnoseInput['timeOf']): readonly string[] {
  const { worked, looks } = evidence;
  if (worked === undefined || looks.call?.kind === 'answered' || verdict.code === 'checking') return [];
  const changes = changesSince(evidence);
  const since =
    changes.length === 0
      ? 'Nothing else is seen to have changed; a change of the policy or of a firewall is not visible from here.'
      : `Since then: ${changes.join('; ')}.`;
  return [`It worked until ${timeOf(worked.at)}. ${since}`];
}

function healthNotes(
  { at, answeredAt }: Extract<Health, { readonly cause: string }>,
  { vantage }: Snapshot,
  timeOf: DiagnoseInput['timeOf'],
): readonly string[] {
  return [
    ...(answeredAt === undefined ? [] : [`It answered last at ${timeOf(answeredAt)}.`]),
    `Seen at ${timeOf(at)} from ${vantageText(vantage)}; the way to it was not walked yet.`,
  ];
}
