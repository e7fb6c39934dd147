import { answerAt, reportOn, tellingOutcome, type HostReport } from './clawql/hostReport.ts';
import type { Selection } from './mcp/selection.ts';
import { verdictOf } from './mcp/verdict.ts';
import type { Settings } from './settings.ts';
import { describeTailnet } from './tailnet/describe.ts';
import { readableTime, shortName, type TailnetState } from './tailnet/tailnet.ts';

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
    };

/** What health is derived from. */
export interface HealthEvidence {
  readonly tailnet: TailnetState;
  readonly hosts: readonly HostReport[];
  readonly selection: Selection | undefined;
  readonly settings: Pick<Settings, 'tags'>;
  /** Since when the tailnet is as it is; epoch milliseconds. */
  readonly since: number;
}

/** From the whole of the evidence to what may be said of the selected server; the first thing that is wrong on the way decides. */
export function healthOf({ tailnet, hosts, selection, settings, since }: HealthEvidence): Health {
  if (selection === undefined) return { kind: 'not-selected' };
  const { label } = selection;
  const isStarting = tailnet.kind === 'off' && ['Starting', 'NoState'].includes(tailnet.backendState);
  if (tailnet.kind === 'checking' || isStarting) return { kind: 'checking', label };
  if (tailnet.kind !== 'running') return { kind: 'error', label, at: since, ...describeTailnet(tailnet) };
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
  const report = reportOn(selection.nodeId, hosts);
  if (report === undefined) {
    const cause = `${label} is not among the nodes with ${settings.tags.join(' or ')} that this machine can see.`;
    const remedy = 'It was removed, retagged, or the tailnet policy hides it: ask its owner, or select another server.';
    return { kind: 'error', label, at: since, cause, remedy };
  }
  return { label: shortName(report.host.node), ...healthOfReport(report, selection.url, since) };
}

type Unlabelled<T> = T extends { readonly label: string } ? Omit<T, 'label'> : never;

function healthOfReport(report: HostReport, url: string, since: number): Unlabelled<Health> {
  const { node } = report.host;
  const at = report.at ?? since;
  if (node.expired) {
    return {
      kind: 'error',
      at: since,
      cause: 'Its node key has expired.',
      remedy: 'Its owner must log the node in again.',
    };
  }
  if (!node.online && !node.isSelf) {
    const seen = node.lastSeen === undefined ? '' : ` It was last seen ${readableTime(node.lastSeen)}.`;
    return {
      kind: 'error',
      at: since,
      cause: `The node is offline.${seen}`,
      remedy: 'Wake it, or select another server.',
    };
  }
  const telling = answerAt(report, url) ?? tellingOutcome(report);
  return telling === undefined ? { kind: 'checking' } : { at, ...verdictOf(telling) };
}
