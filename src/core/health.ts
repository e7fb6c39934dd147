import { absenceOf } from './clawql/absence.ts';
import { answerAt, reportOn, tellingOutcome, type HostReport } from './clawql/hostReport.ts';
import type { Selection } from './mcp/selection.ts';
import { verdictOf } from './mcp/verdict.ts';
import type { Settings } from './settings.ts';
import { describeTailnet } from './tailnet/describe.ts';
import type { TailnetState } from './tailnet/tailnet.ts';
import type { Vantage } from './vantage.ts';

/** How the selected server is, in the words of the status bar. `unknown` is a state of its own: never drawn as well or unwell. */
export type Health =
  | { readonly kind: 'not-selected' }
  | { readonly kind: 'checking'; readonly label: string }
  | {
      readonly kind: 'ok' | 'warning' | 'error' | 'unknown';
      readonly label: string;
      /** What was seen, in one sentence. */
      readonly cause: string;
      /** What to do about it, in one sentence; absent when nothing is to be done. */
      readonly remedy?: string;
      /** Epoch milliseconds of the evidence: of the newest answer, or since when the tailnet says so. */
      readonly at: number;
      /** When it answered last, of a server that does not answer now; epoch milliseconds. */
      readonly answeredAt?: number;
    };

/** What health is derived from. */
export interface HealthEvidence {
  readonly tailnet: TailnetState;
  readonly hosts: readonly HostReport[];
  readonly selection: Selection | undefined;
  readonly settings: Pick<Settings, 'tags'>;
  /** Since when the tailnet is as it is; epoch milliseconds. */
  readonly since: number;
  readonly vantage: Vantage;
}

/** From the whole of the evidence to what may be said of the selected server; the first thing that is wrong on the way decides. */
export function healthOf({ tailnet, hosts, selection, settings, since, vantage }: HealthEvidence): Health {
  if (selection === undefined) return { kind: 'not-selected' };
  const { label } = selection;
  // An endpoint that the user entered needs no tailnet: only its own answers count.
  if (selection.tailnet === undefined) return healthInReports(selection, hosts, settings, since);
  const isStarting = tailnet.kind === 'off' && ['Starting', 'NoState'].includes(tailnet.backendState);
  if (tailnet.kind === 'checking' || isStarting) return { kind: 'checking', label };
  if (tailnet.kind !== 'running') return { kind: 'error', label, at: since, ...describeTailnet(tailnet, vantage) };
  if (tailnet.tailnet.name !== selection.tailnet) {
    const cause = `${label} was chosen in the tailnet ${selection.tailnet}; this machine is in ${tailnet.tailnet.name} now.`;
    return {
      kind: 'unknown',
      label,
      at: since,
      cause,
      remedy: 'Switch the tailnet back, or select a server of this one.',
    };
  }
  return healthInReports(selection, hosts, settings, since);
}

function healthInReports(
  { label, hostId, url }: Selection,
  hosts: readonly HostReport[],
  settings: HealthEvidence['settings'],
  since: number,
): Health {
  const report = reportOn(hostId, hosts);
  if (report === undefined) {
    const cause = `${label} is not among the nodes with ${settings.tags.join(' or ')} that this machine can see.`;
    const remedy = 'It was removed, retagged, or the tailnet policy hides it: ask its owner, or select another server.';
    return { kind: 'error', label, at: since, cause, remedy };
  }
  return { label: report.host.label, ...healthOfReport(report, url, since) };
}

type Unlabelled<T> = T extends { readonly label: string } ? Omit<T, 'label'> : never;

function healthOfReport(report: HostReport, url: string, since: number): Unlabelled<Health> {
  const at = report.at ?? since;
  const away = absenceOf(report.host);
  const answer = answerAt(report, url);
  // An answer can be newer than the control server's word on the connection, but not than its word on the key.
  if (away !== undefined && (answer === undefined || away.kind === 'expired')) {
    return { kind: 'error', at: since, cause: away.cause, remedy: away.remedy, ...answeredBefore(report) };
  }
  const telling = answer ?? tellingOutcome(report, url);
  if (telling === undefined) return { kind: 'checking' };
  const verdict = verdictOf(telling);
  if (away !== undefined) {
    const cause = `${verdict.cause} The control server takes the node for offline all the same.`;
    return { kind: 'warning', at, cause, remedy: 'If it stays so, restart Tailscale on that node.' };
  }
  return { at, ...verdict, ...(answer === undefined ? answeredBefore(report) : {}) };
}

function answeredBefore({ answeredAt }: HostReport): { readonly answeredAt?: number } {
  return answeredAt === undefined ? {} : { answeredAt };
}
