import type { Snapshot } from '../snapshot.ts';
import { answerAt, answerOf, reportOn } from '../clawql/hostReport.ts';
import { describeTailnet } from '../tailnet/describe.ts';
import { vantageText } from '../vantage.ts';
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
        ...(health.answeredAt === undefined ? [] : [`It answered last at ${timeOf(health.answeredAt)}.`]),
        `Seen at ${timeOf(health.at)} from ${escapeMarkdown(vantageText(snapshot.vantage))}.`,
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
    text: said.text,
    tooltip: ['**ClawQL Tailnet**', escapeMarkdown(said.sentence), said.links].join('\n\n'),
    accessibleLabel: flat(`ClawQL: no server is selected. ${said.sentence}`),
    command: 'clawql.selectServer',
  };
}

const select = '[Select a server](command:clawql.selectServer)';
const find = '[Find ClawQL on my machines](command:clawql.findOnMyMachines)';

/** What could be selected: in the words of the item, in one sentence, and the ways on. */
function situation({ tailnet, hosts, settings, vantage }: Snapshot): {
  readonly text: string;
  readonly sentence: string;
  readonly links: string;
} {
  const plain = '$(plug) ClawQL: Select Server';
  const answering = hosts.filter((report) => answerOf(report) !== undefined).length;
  const count = `${answering} of ${hosts.length} known ${hosts.length === 1 ? 'host answers' : 'hosts answer'} as ClawQL.`;
  if (tailnet.kind === 'checking') return { text: plain, sentence: 'Reading the Tailscale status…', links: select };
  if (tailnet.kind !== 'running') {
    const { cause, remedy } = describeTailnet(tailnet, vantage);
    // Endpoints that the user entered need no tailnet.
    if (hosts.length > 0) return { text: plain, sentence: `${count} ${cause}`, links: select };
    return { text: '$(circle-slash) ClawQL: No Tailnet', sentence: `${cause} ${remedy}`, links: select };
  }
  const { name } = tailnet.tailnet;
  if (hosts.length > 0) return { text: plain, sentence: `${count} This machine is in ${name}.`, links: select };
  const sentence = `No node of the tailnet ${name} carries ${settings.tags.join(' or ')}, or the policy hides it from this machine.`;
  return { text: '$(circle-slash) ClawQL: No Host', sentence, links: `${find} · ${select}` };
}

function details(snapshot: Snapshot): readonly string[] {
  const { selection } = snapshot;
  const report = reportOn(selection?.hostId, snapshot.hosts);
  const answer = report && selection && answerAt(report, selection.url);
  return answer === undefined ? [] : [`Round trip ${formatLatency(answer.latencyMs)}.`];
}

/** Milliseconds as people read them. */
export function formatLatency(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
