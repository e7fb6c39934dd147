import type { Snapshot } from '../snapshot.ts';
import { answerAt, answerOf, reportOn } from '../clawql/hostReport.ts';
import { describeTailnet } from '../tailnet/describe.ts';
import { escapeIcons, escapeMarkdown, flat } from './escape.ts';

/** What the status bar item shows. `tooltip` is Markdown that holds links to the extension's own commands only. */
export interface StatusBarView {
  readonly text: string;
  readonly tooltip: string;
  readonly accessibleLabel: string;
  readonly command: 'clawql.selectServer' | 'clawql.diagnose';
}

const icons = { ok: '$(pass)', warning: '$(warning)', error: '$(error)', unknown: '$(question)' } as const;

/** `timeOf` writes a moment, given in epoch milliseconds, as the user's clock shows it. */
export function statusBarView(snapshot: Snapshot, timeOf: (at: number) => string): StatusBarView {
  const { health } = snapshot;
  switch (health.kind) {
    case 'not-selected':
      return notSelected(snapshot);
    case 'checking':
      return {
        text: `$(circle-outline) ClawQL: ${escapeIcons(health.label)}`,
        tooltip: `**ClawQL: ${escapeMarkdown(health.label)}**\n\nChecking…`,
        accessibleLabel: flat(`ClawQL, ${health.label}: checking`),
        command: 'clawql.diagnose',
      };
    default: {
      const { label, cause, remedy } = health;
      const lines = [
        `**ClawQL: ${escapeMarkdown(label)}**`,
        escapeMarkdown(cause),
        ...(remedy === undefined ? [] : [`**What to do:** ${escapeMarkdown(remedy)}`]),
        ...details(snapshot),
        `Seen at ${timeOf(health.at)} from ${vantage(snapshot)}.`,
        '[Diagnose](command:clawql.diagnose) · [Select another server](command:clawql.selectServer) · [Disconnect](command:clawql.disconnect)',
      ];
      return {
        text: `${icons[health.kind]} ClawQL: ${escapeIcons(label)}`,
        tooltip: lines.join('\n\n'),
        accessibleLabel: flat(`ClawQL, ${label}: ${health.kind}. ${cause}`),
        command: 'clawql.diagnose',
      };
    }
  }
}

function notSelected(snapshot: Snapshot): StatusBarView {
  const said = situation(snapshot);
  return {
    text: said.wellEnough ? '$(plug) ClawQL: Select Server' : '$(circle-slash) ClawQL: No Tailnet',
    tooltip: ['**ClawQL Tailnet**', escapeMarkdown(said.text), '[Select a server](command:clawql.selectServer)'].join(
      '\n\n',
    ),
    accessibleLabel: flat(`ClawQL: no server is selected. ${said.text}`),
    command: 'clawql.selectServer',
  };
}

/** One sentence on what could be selected. */
function situation({ tailnet, hosts, settings }: Snapshot): { readonly wellEnough: boolean; readonly text: string } {
  if (tailnet.kind === 'checking') return { wellEnough: true, text: 'Reading the Tailscale status…' };
  if (tailnet.kind !== 'running') {
    const { cause, remedy } = describeTailnet(tailnet);
    return { wellEnough: false, text: `${cause} ${remedy}` };
  }
  const answering = hosts.filter((report) => answerOf(report) !== undefined).length;
  const tags = settings.tags.join(' or ');
  const text =
    hosts.length === 0
      ? `No node of the tailnet ${tailnet.tailnet.name} carries ${tags}, or the policy hides it from this machine.`
      : `${answering} of ${hosts.length} nodes with ${tags} answer as ClawQL in ${tailnet.tailnet.name}.`;
  return { wellEnough: true, text };
}

function details(snapshot: Snapshot): readonly string[] {
  const { selection } = snapshot;
  const report = reportOn(selection?.nodeId, snapshot.hosts);
  const answer = report && selection && answerAt(report, selection.url);
  return answer === undefined ? [] : [`Round trip ${formatLatency(answer.latencyMs)}.`];
}

/** Milliseconds as people read them. */
export function formatLatency(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

function vantage(snapshot: Snapshot): string {
  return snapshot.vantage.remote === undefined
    ? 'this machine'
    : `the remote machine (${escapeMarkdown(snapshot.vantage.remote)})`;
}
