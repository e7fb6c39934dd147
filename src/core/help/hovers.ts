import { catalogueRow } from '../clawql/catalogue.ts';
import type { DocumentModel } from '../diagnostics/documentModel.ts';
import { clawqlUse } from '../diagnostics/clawqlUse.ts';
import { targetOf } from '../diagnostics/urlTarget.ts';
import type { EnvDocument } from '../dotenv/envDocument.ts';
import type { ConfigurationReader } from '../mcp/configuration.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import type { Snapshot } from '../snapshot.ts';
import { zoneOf } from '../tailnet/zoneOf.ts';
import { spanEnd, spansTouch, type Span } from '../text.ts';
import { vantageText } from '../vantage.ts';
import { configurationReport, type ConfigurationContext } from '../views/configurations/configurationReport.ts';
import { escapeMarkdown } from '../views/escape.ts';
import { referenceAt } from './referenceAt.ts';
import { variableText } from './variableText.ts';
import { zoneText } from './zoneText.ts';

/** What is said of a place in a document. */
export interface HoverText {
  readonly span: Span;
  /** Markdown, its contents escaped; it holds no link and no secret. */
  readonly markdown: string;
}

/** What is known besides the document. */
export interface HoverContext extends ConfigurationContext {
  /** The file as people read it. */
  readonly label: string;
  readonly uri: string;
  /** Who resolves it, for an MCP file. */
  readonly reader: ConfigurationReader;
}

/** What a variable or a server's URL means for ClawQL, where it leads, and from where that was seen. Nothing of what is not ClawQL's. */
export function hoverAt(model: DocumentModel, offset: number, context: HoverContext): HoverText | undefined {
  switch (model.kind) {
    case 'env':
      return variableHover(model.env, offset, context.snapshot);
    case 'mcp':
      return serverHover(model, offset, context);
    case 'spec':
    case 'policy':
      return undefined;
  }
}

function variableHover(document: EnvDocument, offset: number, snapshot: Snapshot): HoverText | undefined {
  if (clawqlUse(document) === 'none') return undefined;
  const at = { offset, length: 0 };
  const entry = document.entries.find(
    ({ nameSpan, rawSpan }) => spansTouch(nameSpan, at) || (rawSpan.length > 0 && spansTouch(rawSpan, at)),
  );
  const row = entry && catalogueRow(entry.name);
  if (entry === undefined || row === undefined) return undefined;
  const start = entry.nameSpan.offset;
  const paragraphs = [
    `**${escapeMarkdown(row.name)}**`,
    // What holds for this file comes before what its user may look up.
    ...(row.kind === 'url' ? whereabouts(entry.value, snapshot) : []),
    variableText(row),
  ];
  return { span: { offset: start, length: spanEnd(entry.rawSpan) - start }, markdown: paragraphs.join('\n\n') };
}

function serverHover(
  model: Extract<DocumentModel, { kind: 'mcp' }>,
  offset: number,
  context: HoverContext,
): HoverText | undefined {
  const { mcp } = model;
  const reference = referenceAt(model, offset);
  if (reference === undefined) return undefined;
  const { uri, label, reader, snapshot } = context;
  const reading = { kind: 'read', servers: mcp.servers } as const;
  const file = { uri, label, dialect: mcp.dialect, reader, reading };
  const report = configurationReport(file, context).servers.find(({ key }) => key === reference.name);
  if (report === undefined) return undefined;
  const { resolved, sentence } = report;
  const isSeen = resolved.kind === 'url' && reader.kind !== 'remote-window';
  const paragraphs = [
    `**MCP server ${escapeMarkdown(`"${report.key}"`)}**`,
    // Before the sentence, which may end with another server: "That" would be taken for it.
    ...(isSeen ? whereabouts(resolved.url, snapshot) : []),
    escapeMarkdown(sentence),
  ];
  return { span: reference.span, markdown: paragraphs.join('\n\n') };
}

/** Where a URL leads, its zone, and from where that was seen; nothing for what leads to no host by itself. */
function whereabouts(value: string, snapshot: Snapshot): readonly string[] {
  const target = targetOf(value);
  if (target === undefined) return [];
  const zone = zoneText(zoneOf(target.host, snapshot));
  const seen = escapeMarkdown(`${zone} Seen from ${vantageText(snapshot.vantage)}.`);
  return [`It leads to ${escapeMarkdown(shownUrl(target.url.href))}. ${seen}`];
}
