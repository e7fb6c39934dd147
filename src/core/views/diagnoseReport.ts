import { proofText, type Proof } from '../mcp/proof.ts';
import type { Snapshot } from '../snapshot.ts';
import { describeTailnet } from '../tailnet/describe.ts';
import { vantageText } from '../vantage.ts';
import { escapeMarkdown } from './escape.ts';
import { hostsReport } from './hostsReport.ts';

export interface DiagnoseInput {
  readonly snapshot: Snapshot;
  readonly proof: Proof;
  /** Each place into which the selection is put, and what it holds, in words. */
  readonly projections: readonly { readonly title: string; readonly state: string }[];
  readonly editorName: string;
  /** Writes a moment, given in epoch milliseconds, as the user's clock shows it. */
  readonly timeOf: (at: number) => string;
}

/** What *ClawQL: Diagnose* shows, as Markdown: the verdict first, then what it was concluded from. */
export function diagnoseReport(input: DiagnoseInput): string {
  const { snapshot } = input;
  return [
    '# ClawQL: Diagnose',
    ...verdict(input),
    '## Tailnet',
    tailnet(snapshot),
    '## Hosts',
    ...hostsReport(snapshot, input.timeOf),
    '## This editor',
    ...editor(input),
    '',
  ].join('\n\n');
}

function verdict({ snapshot, timeOf }: DiagnoseInput): readonly string[] {
  const { health, vantage } = snapshot;
  const from = escapeMarkdown(vantageText(vantage));
  switch (health.kind) {
    case 'not-selected':
      return ['**No server is selected.** Run *ClawQL: Select Tailnet MCP Server…*'];
    case 'checking':
      return [`**${escapeMarkdown(health.label)}: checking.**`];
    default: {
      const words = { ok: 'well', warning: 'works, with a problem', error: 'does not work', unknown: 'not known' };
      return [
        `**${escapeMarkdown(health.label)}: ${words[health.kind]}.** ${escapeMarkdown(health.cause)}`,
        ...(health.remedy === undefined ? [] : [`**What to do:** ${escapeMarkdown(health.remedy)}`]),
        ...(health.answeredAt === undefined ? [] : [`It answered last at ${timeOf(health.answeredAt)}.`]),
        `Seen at ${timeOf(health.at)} from ${from}.`,
      ];
    }
  }
}

function tailnet({ tailnet: state, vantage }: Snapshot): string {
  if (state.kind === 'checking') return 'Reading the status…';
  if (state.kind !== 'running') {
    const { cause, remedy } = describeTailnet(state, vantage);
    return `${escapeMarkdown(cause)} ${escapeMarkdown(remedy)}`;
  }
  const { name, suffix, magicDns, self, peers, health, problems } = state.tailnet;
  const dns = magicDns ? `MagicDNS names end in ${escapeMarkdown(suffix)}` : 'MagicDNS is off in the tailnet';
  const warnings = [
    ...health.map((warning) => `- The daemon warns: ${escapeMarkdown(warning)}`),
    ...problems.map((problem) => `- In the daemon's status, ${escapeMarkdown(problem)}.`),
  ];
  return [
    `${escapeMarkdown(name)}: this machine is ${escapeMarkdown(self.name || self.hostName)}, ${peers.length} ${peers.length === 1 ? 'peer is' : 'peers are'} visible, ${dns}.`,
    ...(warnings.length > 0 ? ['', ...warnings] : []),
  ].join('\n');
}

function editor({ proof, projections, editorName }: DiagnoseInput): readonly string[] {
  return [
    `How it is known that ${editorName} uses the server: **${proof.kind}.** ${escapeMarkdown(proofText(proof, editorName))}`,
    projections.map(({ title, state }) => `- ${escapeMarkdown(title)}: ${escapeMarkdown(state)}`).join('\n'),
  ];
}
