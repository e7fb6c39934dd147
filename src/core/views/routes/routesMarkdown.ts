import { escapePasted, textLimit } from '../escape.ts';
import { disclaimer, type Narrative } from './narratives.ts';
import { notStated } from './operatorFields.ts';
import { chosenSentence, type ConfigurationText, type RouteRow } from './routeRows.ts';
import { routesMermaid } from './routesMermaid.ts';
import type { RoutesReport } from './routesReport.ts';

/** The report as Markdown with a diagram, to be handed on. `date` stands in one line and nowhere else. */
export function routesMarkdown(report: RoutesReport, date: string): string {
  const { summary, warnings, caveats, host, configurations, about } = report;
  const parts = [
    '# Where ClawQL sends the traffic of execute',
    `As of ${date}`,
    write(summary),
    ...(warnings.length === 0 ? [] : ['## Look at this first', list(warnings.map(({ text }) => write(text)))]),
    '## From the agent to the MCP host',
    list(host.sentences.map(write)),
    ...configurations.flatMap((one) => configurationParts(one, report)),
    '## What bounds this',
    list(caveats.map(write)),
    ...evidenceParts(report),
    '---',
    write(about),
  ];
  return `${parts.join('\n\n')}\n`;
}

function configurationParts(configuration: ConfigurationText, { host }: RoutesReport): readonly string[] {
  const { heading, chosenBy, routes, others } = configuration;
  const { before, after, nothing } = chosenSentence;
  return [
    `## From the MCP host, by ${write(heading.text)}`,
    write(chosenBy === undefined ? nothing : `${before}${chosenBy.text}${after}`),
    `\`\`\`mermaid\n${routesMermaid(host, configuration)}\n\`\`\``,
    ...(routes.length === 0 ? ['execute calls nothing.'] : [table(routes)]),
    ...(others.length === 0 ? [] : ['### What else the server calls', table(others)]),
  ];
}

const columns = ['Name', 'Goes to', 'Zone', 'Decided by', 'Encryption', 'Tokens', 'Answer'] as const;

function table(rows: readonly RouteRow[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(cellsOf(row).map(write)))].join(
    '\n',
  );
}

function cellsOf(row: RouteRow): readonly string[] {
  const name = row.protocol === 'graphql' || row.protocol === 'grpc' ? `${row.name} (${row.protocol})` : row.name;
  const decided = [row.decidedBy.text, ...row.shadowed.map(({ text }) => `not by ${text}`)].join('; ');
  const zone = row.lies === '' ? row.zone.word : `${row.zone.word}. ${row.lies}`;
  return [
    row.isRedirected ? `${name}, redirected` : name,
    row.target,
    zone,
    decided,
    row.encryption,
    row.tokens,
    row.answer,
  ];
}

function evidenceParts({ controlPlane, suppressions, operator, narratives }: RoutesReport): readonly string[] {
  return [
    '## Control plane',
    list(controlPlane.map(write)),
    '## Suppressions',
    suppressions.length === 0
      ? 'No rule is silenced in this workspace.'
      : list(
          suppressions.map(
            ({ what, reason }) => `${write(what.text)}: ${reason === '' ? 'no reason given' : write(reason)}`,
          ),
        ),
    '## What only the operator knows',
    list(operator.map(({ title, value }) => `${write(title)}: ${value === undefined ? notStated : write(value)}`)),
    '## What this can support',
    ...narratives.flatMap(narrativeParts),
    write(disclaimer),
  ];
}

function narrativeParts({ framework, supports, doesNotShow }: Narrative): readonly string[] {
  return [`### ${write(framework)}`, list(supports.map(write)), 'It does not show:', list(doesNotShow.map(write))];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function write(text: string): string {
  return escapePasted(text, textLimit);
}
