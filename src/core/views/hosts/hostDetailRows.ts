import type { Host } from '../../clawql/host.ts';
import type { HostReport } from '../../clawql/hostReport.ts';
import type { ProbeOutcome } from '../../mcp/probeOutcome.ts';
import type { Selection } from '../../mcp/selection.ts';
import { outcomeVerdict } from '../../diagnosis/verdicts/outcomeVerdict.ts';
import { flat, flatSentences } from '../escape.ts';
import { healthIcons, type RowIcon } from '../healthIcons.ts';
import { toolCount, type HostStanding } from './hostStanding.ts';
import { nodeFacts } from './nodeFacts.ts';
import { treeRow, type TreeRow } from '../treeRow.ts';

/** Tools of one server that get a row of their own: ClawQL has 7 to some dozens. */
const mostTools = 100;

/** What stands below a host's row: each endpoint that was asked, the node, and the tools of the endpoint that answers. */
export function hostDetailRows(
  { host, outcomes }: HostReport,
  { answer }: HostStanding,
  selection: Selection | undefined,
): readonly TreeRow[] {
  // What works comes first. Two endpoints can turn out to be one, and each row needs an id of its own.
  const answering = outcomes.toSorted((one, other) => Number(isAnswer(other)) - Number(isAnswer(one)));
  const asked = answering.filter(({ url }, index) => answering.findIndex((one) => one.url === url) === index);
  const hasAnswer = answering.some(isAnswer);
  const facts = flat(nodeFacts(host).join(', '));
  const node = treeRow({
    id: `${host.id}/node`,
    label: host.node === undefined ? 'Known as' : 'Node',
    description: facts,
    icon: host.node === undefined ? 'link' : 'vm',
    tooltip: flat(`${host.name}: ${facts}`),
  });
  return [
    ...asked.map((outcome) => {
      const isSelected = selection?.hostId === host.id && selection.url === outcome.url;
      return endpointRow(host, outcome, { isSelected, hasAnswer });
    }),
    node,
    ...(answer === undefined || answer.tools.length === 0 ? [] : [toolsRow(host.id, answer.tools)]),
  ];
}

function isAnswer({ kind }: ProbeOutcome): boolean {
  return kind === 'answered';
}

function endpointRow(
  { id: hostId, node }: Host,
  outcome: ProbeOutcome,
  { isSelected, hasAnswer }: { readonly isSelected: boolean; readonly hasAnswer: boolean },
): TreeRow {
  const { kind, cause, remedy = '' } = outcomeVerdict(outcome, node);
  // Where the host answers elsewhere, a closed port is nothing to mend.
  const isQuiet = outcome.kind === 'failed' && hasAnswer;
  const icon: RowIcon = isQuiet ? { icon: 'circle-slash' } : healthIcons[kind];
  return treeRow({
    id: `${hostId}/${outcome.url}`,
    label: flat(outcome.url),
    description: flat(`${isSelected ? 'selected · ' : ''}${cause}`),
    ...icon,
    tooltip: flatSentences(isQuiet ? [cause] : [cause, remedy]),
    context: 'endpoint',
    url: outcome.url,
  });
}

function toolsRow(hostId: string, tools: readonly string[]): TreeRow {
  const names = [...new Set(tools)];
  const left = names.length - mostTools;
  const row = (id: string, label: string, icon: string): TreeRow =>
    treeRow({ id, label, description: '', icon, tooltip: label });
  return treeRow({
    id: `${hostId}/tools`,
    label: toolCount(tools),
    description: '',
    icon: 'tools',
    tooltip: flat(names.join(', ')),
    collapsed: true,
    children: [
      ...names.slice(0, mostTools).map((name) => row(`${hostId}/tool/${name}`, flat(name), 'symbol-method')),
      ...(left > 0 ? [row(`${hostId}/tools/more`, `and ${left} more`, 'ellipsis')] : []),
    ],
  });
}
