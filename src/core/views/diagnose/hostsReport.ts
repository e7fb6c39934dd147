import { absenceOf } from '../../clawql/absence.ts';
import { describeEvidence, type Host } from '../../clawql/host.ts';
import { answerOf, type HostReport } from '../../clawql/hostReport.ts';
import { unmatchedEntries } from '../../clawql/hostsOf.ts';
import type { ProbeOutcome } from '../../mcp/probeOutcome.ts';
import { outcomeVerdict } from '../../diagnosis/verdicts/outcomeVerdict.ts';
import type { Snapshot } from '../../snapshot.ts';
import { readableTime } from '../../tailnet/tailnet.ts';
import type { DiagnoseBlock } from './diagnoseView.ts';
import { durationText } from '../../duration.ts';

/** Each host with every endpoint that was asked; and the names for which there is none. */
export function hostsReport(snapshot: Snapshot, timeOf: (at: number) => string): readonly DiagnoseBlock[] {
  const { hosts: reports, settings, tailnet } = snapshot;
  const missing = tailnet.kind === 'running' ? unmatchedEntries(tailnet.tailnet, settings.hosts) : [];
  const none = { text: `No visible node carries ${settings.tags.join(' or ')}.`, items: [] };
  return [
    ...(reports.length === 0 ? [none] : reports.map((report) => hostBlock(report, timeOf))),
    ...missing.map((entry) => {
      return { text: `clawql.hosts names ${entry}, which no visible node or Service is called.`, items: [] };
    }),
  ];
}

function hostBlock(report: HostReport, timeOf: (at: number) => string): DiagnoseBlock {
  const { host, outcomes, at } = report;
  const isAnswering = answerOf(report) !== undefined;
  // What works comes first; the rest is what was tried besides.
  const ordered = outcomes.toSorted(
    (one, other) => Number(other.kind === 'answered') - Number(one.kind === 'answered'),
  );
  const facts = [
    describeEvidence(host.evidence),
    ...presence(host),
    at === undefined ? 'not asked' : `asked at ${timeOf(at)}`,
  ];
  return {
    lead: host.name,
    text: `(${facts.join(', ')})`,
    items: [...nodeItem(host), ...ordered.map((outcome) => outcomeText(host, outcome, isAnswering))],
  };
}

function outcomeText({ node }: Host, outcome: ProbeOutcome, isAnswering: boolean): string {
  const { cause, remedy } = outcomeVerdict(outcome, node);
  const took = outcome.kind === 'answered' ? ` Round trip ${durationText(outcome.latencyMs)}.` : '';
  // Where the host answers elsewhere, a closed endpoint is nothing to mend.
  const advice = isAnswering && outcome.kind === 'failed' ? '' : (remedy ?? '');
  return `${outcome.url}: ${cause}${took} ${advice}`.trimEnd();
}

function presence(host: Host): readonly string[] {
  const { node } = host;
  const away = absenceOf(host);
  if (node === undefined) return [];
  const shared = node.sharedBy === undefined ? [] : [`shared by ${node.sharedBy}`];
  if (away === undefined) return [node.isSelf ? 'this machine' : 'online', ...shared];
  return [away.fact, ...shared];
}

/** What the tailnet says of the machine itself. */
function nodeItem({ node, addresses = [] }: Host): readonly string[] {
  if (node === undefined) return addresses.length === 0 ? [] : [`Addresses: ${addresses.join(', ')}`];
  const facts = [
    node.os,
    ...node.addresses,
    ...node.tags,
    ...(node.owner === undefined ? [] : [`of ${node.owner}`]),
    ...(node.keyExpiry === undefined || node.expired ? [] : [`key expires ${readableTime(node.keyExpiry)}`]),
  ];
  return [`Node: ${facts.join(', ')}`];
}
