import { isAsked } from '../clawql/host.ts';
import { answerOf, reportOn, tellingOutcome, type HostReport } from '../clawql/hostReport.ts';
import { verdictOf } from '../mcp/verdict.ts';
import type { Selection } from '../mcp/selection.ts';
import type { Snapshot } from '../snapshot.ts';
import { describeTailnet } from '../tailnet/describe.ts';
import { readableTime, shortName } from '../tailnet/tailnet.ts';
import { escapeIcons } from './escape.ts';
import { formatLatency } from './statusBarView.ts';

/** A row of the picker. A row with a `selection` can be chosen; the others only say why they cannot. */
export interface HostPickRow {
  readonly group: 'answering' | 'not answering';
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly selection?: Selection;
}

/** Said in place of rows, each with the next step. */
export interface HostPickNotice {
  readonly label: string;
  readonly detail: string;
}

export type HostPickView =
  | { readonly kind: 'rows'; readonly rows: readonly HostPickRow[]; readonly busy: boolean }
  | { readonly kind: 'notice'; readonly notice: HostPickNotice; readonly busy: boolean };

/** What the picker shows of a snapshot: hosts that answer first, then those that do not, each with the reason. */
export function hostPickView({ tailnet, hosts, selection, settings, trusted }: Snapshot): HostPickView {
  if (tailnet.kind === 'checking') {
    return { kind: 'notice', busy: true, notice: { label: 'Reading the Tailscale status…', detail: '' } };
  }
  if (tailnet.kind !== 'running') {
    const { cause, remedy } = describeTailnet(tailnet);
    return notice(cause, remedy);
  }
  if (hosts.length === 0) {
    const tags = settings.tags.join(' or ');
    return notice(
      `No node in ${tailnet.tailnet.name} carries ${tags}`,
      `Tag the host that runs ClawQL (tailscale up --advertise-tags=…), change clawql.tags, or ask whether the policy hides it.`,
    );
  }
  if (!trusted) {
    const names = hosts.map(({ host }) => shortName(host.node)).join(', ');
    return notice(
      'This workspace is not trusted, so no server is asked',
      `Trust it to see whether these answer: ${names}.`,
    );
  }
  const rows = hosts.map((report) => rowOf(report, tailnet.tailnet.name, selection));
  const busy = hosts.some((report) => report.outcomes.length === 0 && isAsked(report.host));
  return {
    kind: 'rows',
    busy,
    rows: rows.toSorted((one, other) => Number(one.group > other.group) - Number(one.group < other.group)),
  };
}

function notice(label: string, detail: string): HostPickView {
  return {
    kind: 'notice',
    busy: false,
    notice: { label: `$(info) ${escapeIcons(label)}`, detail: escapeIcons(detail) },
  };
}

function rowOf(report: HostReport, tailnet: string, selected: Selection | undefined): HostPickRow {
  const { node } = report.host;
  const name = escapeIcons(shortName(node));
  const current = selected?.nodeId === node.id ? 'selected · ' : '';
  const answer = answerOf(report);
  if (answer === undefined) {
    const { icon, detail } = whyNot(report);
    return {
      group: 'not answering',
      label: `${icon} ${name}`,
      description: current + (node.online || node.isSelf ? '' : 'offline'),
      detail,
    };
  }
  const { kind, problem, remedy } = verdictOf(answer);
  const tools = `${answer.tools.length} ${answer.tools.length === 1 ? 'tool' : 'tools'}`;
  return {
    group: 'answering',
    label: `${kind === 'ok' ? '$(pass)' : '$(warning)'} ${name}`,
    description: `${current}${formatLatency(answer.latencyMs)} · ${tools} · ${escapeIcons(`${answer.server.name} ${answer.server.version}`)}`,
    detail: escapeIcons(problem === undefined ? answer.url : `${problem} ${remedy ?? ''}`),
    selection: { tailnet, nodeId: node.id, label: shortName(node), url: answer.url },
  };
}

function whyNot(report: HostReport): { readonly icon: string; readonly detail: string } {
  const { node } = report.host;
  if (node.expired) return { icon: '$(error)', detail: 'Its node key has expired: its owner must log it in again.' };
  if (!node.online && !node.isSelf) {
    const since = node.lastSeen === undefined ? '' : `, last seen ${escapeIcons(readableTime(node.lastSeen))}`;
    return { icon: '$(circle-slash)', detail: `The node is offline${since}.` };
  }
  const telling = tellingOutcome(report);
  if (telling === undefined) return { icon: '$(circle-outline)', detail: 'Asking…' };
  const { cause, remedy } = verdictOf(telling);
  return { icon: '$(error)', detail: escapeIcons(remedy === undefined ? cause : `${cause} ${remedy}`) };
}

/** The host of a choice at the best of its endpoints now; the choice itself where none answers any more. */
export function bestSelection(snapshot: Snapshot, chosen: Selection): Selection {
  const report = reportOn(chosen.nodeId, snapshot.hosts);
  return (report && rowOf(report, chosen.tailnet, undefined).selection) ?? chosen;
}
