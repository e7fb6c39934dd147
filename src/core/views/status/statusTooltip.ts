import { answerAt, reportOn } from '../../clawql/hostReport.ts';
import type { Health } from '../../health.ts';
import type { Snapshot } from '../../snapshot.ts';
import { vantageText } from '../../vantage.ts';
import { commandLink, type LinkedCommand } from '../commandLink.ts';
import { escapeMarkdown, textLimit } from '../escape.ts';
import { durationText } from '../../duration.ts';
import { pathText } from './pathText.ts';

/** Markdown in which every link runs one of `commands`. */
export interface StatusTooltip {
  readonly markdown: string;
  readonly commands: readonly LinkedCommand['command'][];
}

type Told = Exclude<Health, { readonly kind: 'not-selected' | 'checking' }>;

/** Milliseconds for which a restart is still news. */
const restartIsNews = 60 * 60_000;

const always: readonly LinkedCommand[] = [
  { title: 'Diagnose', command: 'clawql.diagnose', arguments: [] },
  { title: 'Select another server', command: 'clawql.selectServer', arguments: [] },
  { title: 'Disconnect', command: 'clawql.disconnect', arguments: [] },
  { title: 'Show log', command: 'clawql.showLog', arguments: [] },
];

/** Of a selected server whose health is known: what was seen, what to do, and when and from where it was seen. */
export function healthTooltip(snapshot: Snapshot, health: Told, timeOf: (at: number) => string): StatusTooltip {
  const { label, cause, remedy, actions } = health;
  const facts = factsOf(snapshot, cause);
  return tooltip(
    [
      `**ClawQL: ${escapeMarkdown(label)}**`,
      escapeMarkdown(cause, textLimit),
      ...(remedy === undefined ? [] : [`**What to do:** ${escapeMarkdown(remedy, textLimit)}`]),
    ],
    actions,
    [...(facts === '' ? [] : [escapeMarkdown(facts)]), times(snapshot, health, timeOf)],
  );
}

/** Of a selected server that is being asked. */
export function checkingTooltip(label: string): StatusTooltip {
  return tooltip([`**ClawQL: ${escapeMarkdown(label)}**`, 'Checking…'], [], []);
}

function tooltip(head: readonly string[], actions: readonly LinkedCommand[], foot: readonly string[]): StatusTooltip {
  const rest = always.filter(({ command }) => !actions.some((action) => action.command === command));
  const lines = [...head, ...(actions.length === 0 ? [] : [linkLine(actions)]), ...foot, linkLine(rest)];
  return { markdown: lines.join('\n\n'), commands: commandsOf([...actions, ...rest]) };
}

/** Links side by side. */
export function linkLine(links: readonly LinkedCommand[]): string {
  return links.map(commandLink).join(' · ');
}

/** The commands of links, each once. */
export function commandsOf(links: readonly LinkedCommand[]): StatusTooltip['commands'] {
  return [...new Set(links.map(({ command }) => command))];
}

/** The round trip, the path, and the server where the cause has not named it; empty where nothing of it is known. */
function factsOf({ selection, hosts, path }: Snapshot, cause: string): string {
  const report = reportOn(selection?.hostId, hosts);
  const answer = report && selection && answerAt(report, selection.url);
  const way = path === undefined || path.url !== selection?.url ? undefined : pathText(path.seen);
  const server = answer && `${answer.server.name} ${answer.server.version}`;
  const tools = answer && `${answer.tools.length} ${answer.tools.length === 1 ? 'tool' : 'tools'}`;
  return [
    ...(answer === undefined
      ? sentence(way && `The way to the node is ${way}`)
      : sentence([`Round trip ${durationText(answer.latencyMs)}`, ...(way === undefined ? [] : [way])].join(', '))),
    ...(server === undefined || cause.includes(server) ? [] : sentence(`${server}, ${tools ?? ''}`)),
  ].join(' ');
}

function sentence(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${text}.`];
}

const sinceWords = { ok: 'Well', warning: 'Not well', error: 'Not well', unknown: 'Not known' } as const;

function times({ vantage, restartedAt }: Snapshot, health: Told, timeOf: (at: number) => string): string {
  const { kind, at, since, answeredAt } = health;
  const isNews = restartedAt !== undefined && restartedAt > at - restartIsNews;
  return [
    ...(since === undefined ? [] : [`${sinceWords[kind]} since ${timeOf(since)}.`]),
    ...(answeredAt === undefined ? [] : [`It answered last at ${timeOf(answeredAt)}.`]),
    ...(isNews ? [`It was seen to have restarted at ${timeOf(restartedAt)}.`] : []),
    `Seen at ${timeOf(at)} from ${escapeMarkdown(vantageText(vantage))}.`,
  ].join(' ');
}
