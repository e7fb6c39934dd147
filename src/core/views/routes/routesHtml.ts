import { escapeHtml, textLimit } from '../escape.ts';
import type { PageKind } from '../page/documentPage.ts';
import { linkHtml, linksHtml, type PageLink } from '../page/pageLinks.ts';
import { disclaimer, type Narrative } from './narratives.ts';
import { notStated } from './operatorFields.ts';
import { chosenSentence, type ConfigurationText, type RouteRow } from './routeRows.ts';
import type { RoutesReport } from './routesReport.ts';
import type { Said } from './said.ts';

const regions = ['summary', 'controls', 'routes', 'evidence'] as const;

/** The page of *ClawQL: Show Where execute Sends Traffic*. Of its parts the summary alone is read aloud when it changes. */
export const routesPage: PageKind = {
  title: 'ClawQL: Where execute Sends Traffic',
  regions: regions.map((id) => ({ id, isLive: id === 'summary' })),
};

/** What each part of the page holds, as HTML. */
export type RoutesHtml = Readonly<Record<(typeof regions)[number], string>>;

const links = {
  refresh: { title: 'Refresh', command: 'clawql.showExecuteRoutes', arguments: [] },
  export: { title: 'Export…', command: 'clawql.exportExecuteRoutes', arguments: [] },
  select: { title: 'Select a Server', command: 'clawql.selectServer', arguments: [] },
  fill: { title: 'Fill In', command: 'clawql.openSetting', arguments: ['clawql.account'] },
} as const satisfies Readonly<Record<string, PageLink>>;

/** All commands that a link in the page can run. */
export const routesCommands: readonly string[] = [
  ...new Set(Object.values(links).map(({ command }) => command)),
  'clawql.openEntry',
];

/** The report as HTML. Each place in a file is a link to it. `seen`: when it was made, or that it is being made anew. */
export function routesHtml(report: RoutesReport, seen: string): RoutesHtml {
  const { summary, warnings, caveats, host, configurations } = report;
  const isSelected = host.label !== undefined;
  return {
    summary: [
      `<h1>Where execute sends traffic</h1><p>${escaped(`${summary} ${seen}`)}</p>`,
      ...warnings.map((warning) => `<p class="alert"><span class="sign">!</span> ${said(warning)}</p>`),
    ].join(''),
    controls: linksHtml([links.refresh, links.export, ...(isSelected ? [] : [links.select])]),
    routes: [
      '<h2>From the agent to the MCP host</h2>',
      ...host.sentences.map((sentence) => `<p>${escaped(sentence)}</p>`),
      ...configurations.map(configurationHtml),
      ...caveats.map((caveat) => `<p class="note">${escaped(caveat)}</p>`),
    ].join(''),
    evidence: evidenceHtml(report),
  };
}

function configurationHtml({ heading, chosenBy, routes, others }: ConfigurationText): string {
  return [
    `<h2>From the MCP host, by ${said(heading)}</h2><p>${chosenHtml(chosenBy)}</p>`,
    routes.length === 0 ? '<p>execute calls nothing.</p>' : routesList(routes),
    others.length === 0 ? '' : `<h3>What else the server calls</h3>${routesList(others)}`,
  ].join('');
}

/** More than any server loads; a page with thousands is none to read. */
const mostRows = 200;

function routesList(rows: readonly RouteRow[]): string {
  const more = rows.length - mostRows;
  const rest = more > 0 ? `<p>And ${more} more, which the export has.</p>` : '';
  return `<ul class="routes">${rows.slice(0, mostRows).map(routeHtml).join('')}</ul>${rest}`;
}

function chosenHtml(chosenBy: Said | undefined): string {
  const { before, after, nothing } = chosenSentence;
  return chosenBy === undefined ? escaped(nothing) : `${before}${said(chosenBy)}${after}`;
}

function routeHtml(row: RouteRow): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Decided by', [said(row.decidedBy), ...row.shadowed.map((one) => `<br>not by ${said(one)}`)].join('')],
    ...(row.lies === '' ? [] : [['Zone', escaped(row.lies)] as const]),
    ...(row.hasUrl ? [['Encryption', escaped(row.encryption)] as const] : []),
    ['Tokens', escaped(row.tokens)],
    ...(row.hasUrl ? [['Answer', escaped(row.answer)] as const] : []),
  ];
  const list = facts.map(([term, fact]) => `<dt>${term}</dt><dd>${fact}</dd>`).join('');
  const redirected = row.isRedirected ? ' <span class="tag outside">redirected</span>' : '';
  const zone = `<span class="tag ${row.zone.kind}">${escaped(row.zone.word)}</span>`;
  const target = row.hasUrl ? `<span class="target">${escaped(row.target)}</span>` : escaped(row.target);
  return `<li><p class="route"><strong>${escaped(row.name)}</strong> ${target} ${zone}${redirected}</p><dl>${list}</dl></li>`;
}

function evidenceHtml({ controlPlane, suppressions, operator, narratives, about }: RoutesReport): string {
  return [
    `<h2>Control plane</h2>${listHtml(controlPlane.map(escaped))}`,
    '<h2>Suppressions</h2>',
    suppressions.length === 0
      ? '<p>No rule is silenced in this workspace.</p>'
      : listHtml(
          suppressions.map(
            ({ what, reason }) => `${said(what)}: ${reason === '' ? '<em>no reason given</em>' : escaped(reason)}`,
          ),
        ),
    '<h2>What only the operator knows</h2>',
    listHtml(
      operator.map(
        ({ title, value }) => `${escaped(title)}: ${value === undefined ? `<em>${notStated}</em>` : escaped(value)}`,
      ),
    ),
    linksHtml([links.fill]),
    `<h2>What this can support</h2>${narratives.map(narrativeHtml).join('')}`,
    `<p class="note">${escaped(disclaimer)}</p><p class="about">${escaped(about)}</p>`,
  ].join('');
}

function narrativeHtml({ framework, supports, doesNotShow }: Narrative): string {
  const not = `It does not show ${doesNotShow.join('; ')}.`;
  return `<h3>${escaped(framework)}</h3>${listHtml([...supports, not].map(escaped))}`;
}

function listHtml(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** A text, as a link to its place where it has one. */
function said({ text, place }: Said): string {
  if (place === undefined) return escaped(text);
  return linkHtml({ title: text, command: 'clawql.openEntry', arguments: [place.uri, String(place.offset)] });
}

function escaped(text: string): string {
  return escapeHtml(text, textLimit);
}
