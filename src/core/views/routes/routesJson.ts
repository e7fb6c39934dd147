import { disclaimer } from './narratives.ts';
import { notStated } from './operatorFields.ts';
import type { RouteRow } from './routeRows.ts';
import type { RoutesReport } from './routesReport.ts';
import type { Said } from './said.ts';

/** Raised when a reader of the file would have to change. */
const formatVersion = 1;

/** The report as JSON, its properties always in the same order. `date` stands in one line and nowhere else; places are paths in the workspace. */
export function routesJson(report: RoutesReport, date: string): string {
  const { host, configurations, suppressions, operator } = report;
  const document = {
    format: 'clawql-execute-routes',
    version: formatVersion,
    date,
    summary: report.summary,
    warnings: report.warnings.map(saidJson),
    mcpHost: { name: host.label ?? null, url: host.url ?? null, encryption: host.encryption, notes: host.sentences },
    configurations: configurations.map(({ heading, chosenBy, routes, others }) => ({
      env: heading.text,
      chosenBy: chosenBy === undefined ? null : saidJson(chosenBy),
      execute: routes.map(routeJson),
      others: others.map(routeJson),
    })),
    bounds: report.caveats,
    controlPlane: report.controlPlane,
    suppressions: suppressions.map(({ what, reason }) => ({
      ...saidJson(what),
      reason: reason === '' ? null : reason,
    })),
    operator: Object.fromEntries(operator.map(({ key, value }) => [key, value ?? notStated])),
    frameworks: report.narratives,
    disclaimer,
    about: report.about,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function routeJson(row: RouteRow): object {
  return {
    name: row.name,
    protocol: row.protocol,
    url: row.hasUrl ? row.target : null,
    goesTo: row.target,
    zone: row.zone.word,
    lies: row.lies,
    decidedBy: saidJson(row.decidedBy),
    notBy: row.shadowed.map(saidJson),
    isRedirected: row.isRedirected,
    encryption: row.encryption,
    tokens: row.tokens,
    answer: row.answer,
  };
}

function saidJson({ text, place }: Said): object {
  return place === undefined ? { text } : { text, path: place.path, line: place.line };
}
