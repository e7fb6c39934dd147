import { capital } from '../capital.ts';
import type { CatalogueRow } from '../clawql/catalogue.ts';
import { catalogueVersion } from '../clawql/catalogueRows.ts';
import { escapeMarkdown } from '../views/escape.ts';

const readers: Readonly<Record<CatalogueRow['reader'], string>> = {
  server: "ClawQL's server reads it.",
  client: "The clients that connect to ClawQL read it; ClawQL's server does not.",
  script: "Only scripts of ClawQL's repository read it.",
  chart: "ClawQL's Helm chart sets it.",
  'other-container': "A container that ClawQL's Helm chart starts beside it reads it; ClawQL itself does not.",
  website: "ClawQL's website reads it; the server does not.",
  worker: "ClawQL's Cloudflare worker reads it; the server does not.",
  nobody: `ClawQL ${catalogueVersion} does not read it.`,
  'newer-clawql': `ClawQL ${catalogueVersion} does not read it; newer versions do.`,
};

/** What a variable does for ClawQL, as Markdown: what it is for, and then the same as `variableNotes`. */
export function variableText(row: CatalogueRow): string {
  return [escapeMarkdown(purpose(row)), variableNotes(row)].join('\n\n');
}

/** What there is to know of a variable besides what it is for, as Markdown: a paragraph each for who reads it, its default and an example. */
export function variableNotes({ reader, default: preset, example }: CatalogueRow): string {
  return [
    escapeMarkdown(readers[reader]),
    ...defaultText(preset),
    ...(example === undefined || /^(…|\.{3})$/.test(example) ? [] : [`For example: ${escapeMarkdown(example)}`]),
  ].join('\n\n');
}

/** What a variable is for, in one sentence; not yet escaped. */
export function purpose({ kind, target }: CatalogueRow): string {
  // The catalogue calls a second name of a credential so.
  const text = target === 'alias' ? 'another name of a credential' : target;
  const what = kind === 'secret' && !/credential|secret|token|key|password/i.test(text) ? `credential: ${text}` : text;
  const sentence = capital(what);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** The catalogue says `unset -> what holds then`, and `see example` or `-` where there is no default to speak of. */
function defaultText(preset: string | undefined): readonly string[] {
  if (preset === undefined || preset === 'see example' || preset === '-') return [];
  const [, consequence = ''] = /^unset(?: -> |; ?| ?)?(.*)$/s.exec(preset) ?? [];
  if (!preset.startsWith('unset')) return [`Default: ${escapeMarkdown(preset)}`];
  const words = consequence.replace(
    /^Helm |; Helm (injects )?/,
    (match) => `${match.startsWith(';') ? '; ' : ''}with ClawQL's Helm chart `,
  );
  return words === '' ? [] : [`Where it is not set: ${escapeMarkdown(words)}`];
}
