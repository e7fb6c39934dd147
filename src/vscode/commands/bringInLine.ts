import * as vscode from 'vscode';

import type { EntryFormat } from '../../core/entries/entryFormat.ts';
import { formatById } from '../../core/entries/entryFormats.ts';
import type { ConfigurationReport, ServerReport } from '../../core/mcp/configuration.ts';
import { applyEdits } from '../../core/text.ts';
import { escapeLinks } from '../../core/views/escape.ts';
import type { EntryTarget } from '../../services/entries/entryWriter.ts';
import type { FileEntries } from '../../services/entries/fileEntries.ts';
import { errorText } from '../../services/log.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TextFiles } from '../../services/entries/textFiles.ts';
import type { ConfigurationDirectory } from '../files/configurationDirectory.ts';
import { mannerOf } from '../files/configurationPlaces.ts';
import type { Preview, PreviewDocuments } from '../files/previewDocuments.ts';

export interface AlignParts {
  readonly directory: ConfigurationDirectory;
  readonly entries: Readonly<Record<'window' | 'user', FileEntries>>;
  readonly files: TextFiles;
  readonly previews: PreviewDocuments;
  readonly snapshots: SnapshotSource;
  /** Called when files were changed; with `user` when one of them is the user's own. */
  readonly done: (scope: 'window' | 'user') => Promise<void>;
}

/** Which server of which file; nothing means every one that differs. */
export interface AlignRequest {
  readonly uri: string;
  readonly key: string;
}

interface Alignment {
  readonly report: ConfigurationReport;
  readonly server: ServerReport;
  readonly format: EntryFormat;
}

/** *Bring in Line…*: shows what would change in the files, and changes them when the user says so. */
export async function bringInLine(parts: AlignParts, request?: AlignRequest): Promise<void> {
  const { directory, snapshots, previews } = parts;
  const { selection } = snapshots.current;
  if (!vscode.workspace.isTrusted || selection === undefined) {
    const why =
      selection === undefined ? 'no server is selected to bring them in line with' : 'this workspace is not trusted';
    void vscode.window.showWarningMessage(`ClawQL: nothing was changed, because ${why}.`);
    return;
  }
  await directory.look();
  const alignments = alignmentsIn(directory.reports, request);
  const shown = await previewsOf(alignments, parts);
  if (shown.length === 0) {
    void vscode.window.showInformationMessage('ClawQL: every configuration that can be changed from here is in line.');
    return;
  }
  const label = escapeLinks(selection.label);
  const preview = await previews.show(`ClawQL: Bring in Line with ${selection.label}`, shown);
  const what = alignments.length === 1 ? `"${alignments[0]?.server.key ?? ''}"` : `${alignments.length} entries`;
  const choice = await vscode.window.showInformationMessage(
    `ClawQL: bring ${escapeLinks(what)} in line with ${label}? The comparison shows the change. Disconnect brings back what is there now.`,
    'Bring in Line',
    'Leave It',
  );
  preview.dispose();
  if (choice !== 'Bring in Line') return;
  const problems: string[] = [];
  for (const { report, server, format } of alignments) {
    const problem = await align(report, server, format, parts);
    if (problem !== undefined) problems.push(`${report.file.label}: ${problem}`);
  }
  const isOwn = alignments.some(({ report }) => mannerIn(parts, report.file.uri).scope === 'user');
  await parts.done(isOwn ? 'user' : 'window');
  await directory.look();
  if (problems.length > 0) void vscode.window.showErrorMessage(`ClawQL: not changed: ${problems.join(' ')}`);
}

function alignmentsIn(
  reports: readonly ConfigurationReport[],
  request: AlignRequest | undefined,
): readonly Alignment[] {
  return reports.flatMap((report) => {
    const format = formatById(report.file.dialect.id);
    if (format === undefined || (request !== undefined && request.uri !== report.file.uri)) return [];
    const wanted = report.servers.filter(
      ({ key, canAlign }) => canAlign && (request === undefined || request.key === key),
    );
    return wanted.map((server) => ({ report, server, format }));
  });
}

/** One preview a file, with all of its changes. */
async function previewsOf(alignments: readonly Alignment[], parts: AlignParts): Promise<readonly Preview[]> {
  const texts = new Map<string, Preview>();
  for (const { report, server, format } of alignments) {
    const { uri, label } = report.file;
    const before = texts.get(uri)?.after ?? (await parts.files.read(uri)) ?? '';
    const { endpoint, form } = targetOf(report, server, format, parts);
    const content = format.contentOf(endpoint, form);
    const plan = content && format.upsert(before, server.key, content);
    if (plan?.kind !== 'edits') continue;
    texts.set(uri, { uri: vscode.Uri.parse(uri, true), label, after: applyEdits(before, plan.edits) });
  }
  return [...texts.values()];
}

function targetOf(
  { file }: ConfigurationReport,
  { key }: ServerReport,
  format: EntryFormat,
  parts: AlignParts,
): EntryTarget {
  const { url = '', wantsToken } = parts.snapshots.current.selection ?? {};
  const { form } = mannerIn(parts, file.uri);
  return { uri: file.uri, format, key, endpoint: { url, wantsToken }, form, overwrite: true };
}

function mannerIn({ directory }: AlignParts, uri: string): ReturnType<typeof mannerOf> {
  const place = directory.placeOf(uri);
  return place === undefined ? { scope: 'user', form: 'variable' } : mannerOf(place.place);
}

/** Undefined when it is done, else why not. */
async function align(
  report: ConfigurationReport,
  server: ServerReport,
  format: EntryFormat,
  parts: AlignParts,
): Promise<string | undefined> {
  const { scope } = mannerIn(parts, report.file.uri);
  try {
    const outcome = await parts.entries[scope].write(targetOf(report, server, format, parts));
    if (outcome.kind === 'broken') return `line ${outcome.line}, column ${outcome.column}: ${outcome.reason}.`;
    return outcome.kind === 'failed' ? outcome.reason : undefined;
  } catch (error) {
    return `${errorText(error)}.`;
  }
}
