import { absenceOf } from '../clawql/absence.ts';
import { describeEvidence, type Host } from '../clawql/host.ts';
import { answerOf, type HostReport } from '../clawql/hostReport.ts';
import { unmatchedEntries } from '../clawql/hostsOf.ts';
import { verdictOf } from '../mcp/verdict.ts';
import type { Snapshot } from '../snapshot.ts';
import { readableTime } from '../tailnet/tailnet.ts';
import { escapeMarkdown } from './escape.ts';
import { formatLatency } from './statusBarView.ts';

/** Each host with every endpoint that was asked, as Markdown; and the names for which there is none. */
export function hostsReport(snapshot: Snapshot, timeOf: (at: number) => string): readonly string[] {
  const { hosts: reports, settings, tailnet } = snapshot;
  const missing = tailnet.kind === 'running' ? unmatchedEntries(tailnet.tailnet, settings.hosts) : [];
  const none = `No visible node carries ${escapeMarkdown(settings.tags.join(' or '))}.`;
  return [
    ...(reports.length === 0 ? [none] : reports.map((report) => host(report, timeOf))),
    ...missing.map(
      (entry) => `clawql.hosts names ${escapeMarkdown(entry)}, which no visible node or Service is called.`,
    ),
  ];
}

function host(report: HostReport, timeOf: (at: number) => string): string {
  const { host: one } = report;
  const answered = answerOf(report) !== undefined;
  // What works comes first; the rest is what was tried besides.
  const ordered = report.outcomes.toSorted(
    (one, other) => Number(other.kind === 'answered') - Number(one.kind === 'answered'),
  );
  const lines = ordered.map((outcome) => {
    const { cause, remedy } = verdictOf(outcome);
    const took = outcome.kind === 'answered' ? ` Round trip ${formatLatency(outcome.latencyMs)}.` : '';
    // Where the host answers elsewhere, a closed endpoint is nothing to mend.
    const advice = answered && outcome.kind === 'failed' ? '' : (remedy ?? '');
    return `- ${escapeMarkdown(outcome.url)}: ${escapeMarkdown(cause)}${took} ${escapeMarkdown(advice)}`.trimEnd();
  });
  const facts = [
    describeEvidence(one.evidence),
    ...presence(one),
    report.at === undefined ? 'not asked' : `asked at ${timeOf(report.at)}`,
  ];
  const head = `**${escapeMarkdown(one.name)}** (${escapeMarkdown(facts.join(', '))})`;
  return [head, '', ...nodeLine(one), ...lines].join('\n');
}

function presence(one: Host): readonly string[] {
  const { node } = one;
  const away = absenceOf(one);
  if (node === undefined) return [];
  const shared = node.sharedBy === undefined ? [] : [`shared by ${node.sharedBy}`];
  if (away === undefined) return [node.isSelf ? 'this machine' : 'online', ...shared];
  return [away.fact, ...shared];
}

/** What the tailnet says of the machine itself. */
function nodeLine({ node, addresses = [] }: Host): readonly string[] {
  if (node === undefined) return addresses.length === 0 ? [] : [`- Addresses: ${escapeMarkdown(addresses.join(', '))}`];
  const facts = [
    node.os,
    ...node.addresses,
    ...node.tags,
    ...(node.owner === undefined ? [] : [`of ${node.owner}`]),
    ...(node.keyExpiry === undefined || node.expired ? [] : [`key expires ${readableTime(node.keyExpiry)}`]),
  ];
  return [`- Node: ${escapeMarkdown(facts.join(', '))}`];
}
