import type { ConfigurationText, RouteRow } from './routeRows.ts';
import type { ZoneWord } from './zoneWord.ts';
import type { HostSection } from './hostSection.ts';

const groups: readonly (readonly [ZoneWord['kind'], string])[] = [
  ['host', 'On the MCP host'],
  ['inside', 'In the tailnet'],
  ['outside', 'Outside of the tailnet'],
  ['unknown', 'Not known'],
  ['nowhere', 'Nowhere: execute fails'],
];

/** A diagram of one configuration: agent, MCP host, and each destination by its zone. */
export function routesMermaid(host: HostSection, { routes, others }: ConfigurationText): string {
  const rows = [...routes, ...others].map((row, index) => ({ row, id: `t${index + 1}` }));
  const boxes = groups.flatMap(([kind, title]) => {
    const own = rows.filter(({ row }) => row.zone.kind === kind);
    if (own.length === 0) return [];
    return [`  subgraph ${kind}Zone["${title}"]`, ...own.map(({ row, id }) => `    ${id}["${boxText(row)}"]`), '  end'];
  });
  return [
    'flowchart LR',
    '  agent["Agent in this editor"]',
    `  mcp["${label(host.label === undefined ? 'MCP host, not known' : `MCP host ${host.label}`)}"]`,
    ...boxes,
    `  agent -->|"${label(host.encryption)}"| mcp`,
    ...rows.map(({ row, id }) => arrow(row, id)),
  ].join('\n');
}

/** Nothing goes to what has no place. */
function arrow({ zone, encryption }: RouteRow, id: string): string {
  return zone.kind === 'nowhere' ? `  mcp -.-x ${id}` : `  mcp -->|"${label(encryption)}"| ${id}`;
}

function boxText({ name, target, hasUrl }: RouteRow): string {
  return hasUrl ? `${label(name)}<br/>${label(target)}` : label(name);
}

/**
 * A text between quotation marks: what could end it, be markup or an entity there stands as the number of its character. Source: Mermaid,
 * "Flowcharts syntax", "Entity codes to escape characters".
 */
function label(text: string): string {
  return Array.from(text.slice(0, 200), (character) =>
    /[\p{L}\p{N} .,:/()_…-]/u.test(character) ? character : `#${character.codePointAt(0) ?? 63};`,
  ).join('');
}
