import { outcomeFor, reportOn, type HostReport } from './clawql/hostReport.ts';
import { concludedVerdict } from './diagnosis/verdicts/concludedVerdict.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { EditorSeen, Evidence } from './diagnosis/evidence.ts';
import type { Looks, SeenPath } from './diagnosis/looks.ts';
import { nodeOfSelection } from './diagnosis/nodeOfSelection.ts';
import type { Verdict } from './diagnosis/verdicts/verdict.ts';
import { isByTailnet } from './diagnosis/verdicts/verdictCode.ts';
import type { Worked } from './diagnosis/worked.ts';
import type { ProbeOutcome } from './mcp/probeOutcome.ts';
import type { Selection } from './mcp/selection.ts';
import type { Settings } from './settings.ts';
import type { TailnetState } from './tailnet/tailnet.ts';
import type { Vantage } from './vantage.ts';

/** How the selected server is, in the words of the status bar. `unknown` is a state of its own: never drawn as well or unwell. */
export type Health =
  | { readonly kind: 'not-selected' }
  | { readonly kind: 'checking'; readonly label: string }
  | (Verdict & {
      readonly label: string;
      /** Epoch milliseconds of the evidence: of the newest answer, or since when the tailnet says so. */
      readonly at: number;
      /** Since when it has been of this kind, as far as this window saw; epoch milliseconds. */
      readonly since?: number;
      /** When it answered last, of a server that does not answer now; epoch milliseconds. */
      readonly answeredAt?: number;
    });

/** Since when a server has been as it is. Epoch milliseconds. */
export interface HealthEra {
  readonly hostId: string;
  readonly kind: Health['kind'];
  readonly since: number;
}

/** The era in which a health falls: the one before, where the server is as it was then. To be checking is no era, nor is a daemon that starts: nothing is said meanwhile. */
export function eraOf(
  health: Health,
  hostId: string,
  before: HealthEra | undefined,
  now: number,
): HealthEra | undefined {
  const isSilent = health.kind === 'checking' || health.kind === 'not-selected' || health.code === 'starting';
  if (isSilent) return before?.hostId === hostId ? before : undefined;
  const isTheSame = before?.hostId === hostId && before.kind === health.kind;
  return isTheSame ? before : { hostId, kind: health.kind, since: now };
}

/** What health is derived from. */
export interface HealthEvidence {
  readonly tailnet: TailnetState;
  readonly hosts: readonly HostReport[];
  readonly selection: Selection | undefined;
  readonly settings: Pick<Settings, 'tags'>;
  /** Since when the tailnet is as it is; epoch milliseconds. */
  readonly since: number;
  readonly vantage: Vantage;
  /** Whether the workspace is: in one that is not, no server is asked. */
  readonly trusted: boolean;
  /** What this editor says of itself; absent before that is known. */
  readonly editor?: EditorSeen | undefined;
  /** The last diagnosis: it explains a failure as long as the endpoint fails in the same way. */
  readonly diagnosis?: Diagnosis | undefined;
  readonly path?: SeenPath | undefined;
  readonly worked?: Worked | undefined;
}

/** From the whole of the evidence to what may be said of the selected server; the first thing that is wrong on the way decides. */
export function healthOf({ selection, since, ...parts }: HealthEvidence): Health {
  if (selection === undefined) return { kind: 'not-selected' };
  const { tailnet, hosts, settings, vantage, worked, trusted, editor } = parts;
  const report = reportOn(selection.hostId, hosts);
  const label = report?.host.label ?? selection.label;
  const isInTailnet = selection.tailnet !== undefined;
  // What was seen before a sleep, or long ago, says nothing of now.
  if (report?.stale === true && (tailnet.kind === 'running' || !isInTailnet)) return { kind: 'checking', label };
  const call = report && outcomeFor(report, selection.url);
  const evidence: Evidence = {
    // Where only another endpoint has been asked, what is said is of that one.
    selection: call?.kind === 'failed' ? { ...selection, url: call.url } : selection,
    tailnet,
    vantage,
    settings,
    ...(report && { report }),
    ...nodeOfSelection(selection, tailnet),
    looks: looksOf(call, selection, parts),
    ...(worked && { worked }),
    ...(trusted ? {} : { untrusted: true }),
    ...(editor && { editor }),
  };
  const verdict = concludedVerdict(evidence);
  if (verdict.code === 'checking') return { kind: 'checking', label };
  const answered =
    call?.kind === 'answered' || report?.answeredAt === undefined ? {} : { answeredAt: report.answeredAt };
  return { ...verdict, label, at: isByTailnet(verdict.code) ? since : (report?.at ?? since), ...answered };
}

function looksOf(
  call: ProbeOutcome | undefined,
  selection: Selection,
  { diagnosis, path }: Pick<HealthEvidence, 'diagnosis' | 'path'>,
): Looks {
  const seen = path?.url === selection.url ? { path: path.seen } : {};
  if (call === undefined) return seen;
  return { ...(diagnosis && explains(diagnosis, call) ? diagnosis.evidence.looks : {}), ...seen, call };
}

/** Whether a diagnosis was of an endpoint that failed then as it does now. */
export function explains({ evidence }: Diagnosis, call: ProbeOutcome): boolean {
  const then = evidence.looks.call;
  return (
    then?.kind === 'failed' &&
    call.kind === 'failed' &&
    then.url === call.url &&
    then.step === call.step &&
    then.failure.kind === call.failure.kind
  );
}
