import * as vscode from 'vscode';

import type { RetiredUrl } from '../../core/retire/retiredUrl.ts';
import { retirementOf, type Retirement } from '../../core/retire/retirement.ts';
import type { FoundFile, Search } from '../../core/retire/search.ts';
import { searchedText } from '../../core/retire/searchedText.ts';
import { mostReadBytes, mostWrittenBytes, tooLargeToWrite, type TextFiles } from '../../services/entries/textFiles.ts';
import { Gate } from '../../services/gate.ts';
import { cancellable, type Progress } from '../cancellable.ts';
import { bytesOf } from '../diagnostics/gitFolder.ts';
import { surroundingsOf } from '../diagnostics/surroundings.ts';
import { TrackingReader } from '../diagnostics/tracking.ts';
import { mannerOf, placeText, type ConfigurationPlace, type PlaceRoots } from '../files/configurationPlaces.ts';
import { statOf } from '../files/fileTree.ts';
import { openDocument } from '../files/openDocument.ts';
import { searchableFiles, type SearchableFiles } from './searchableFiles.ts';

/** Files that are read at the same time. */
const concurrency = 8;

export interface SearchParts {
  readonly roots: PlaceRoots;
  readonly files: TextFiles;
}

export interface Sought {
  readonly retired: RetiredUrl;
  /** What is to take its place. */
  readonly endpoint: string;
}

type Outcome = FoundFile | 'clean' | 'too-large' | 'unreadable' | 'binary';
type Searchable = SearchableFiles['files'][number];

/** Searches with progress and a way to stop; undefined when the user stopped it. */
export function searchForUses(title: string, sought: Sought, parts: SearchParts): Promise<Search | undefined> {
  return cancellable(title, async (signal, progress) => {
    const reader = new TrackingReader({ watches: false });
    try {
      const search = await searched(sought, parts, reader, { progress, signal });
      return signal.aborted ? undefined : search;
    } finally {
      reader.dispose();
    }
  });
}

async function searched(
  sought: Sought,
  parts: SearchParts,
  reader: TrackingReader,
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<Search> {
  const { files, isCut } = await searchableFiles(parts.roots, reader, signal);
  const gate = new Gate(concurrency);
  let done = 0;
  const outcomes = await Promise.all(
    files.map((file) =>
      gate.run(async () => {
        const outcome: Outcome = signal.aborted ? 'clean' : await look(file, sought, parts, reader);
        done += 1;
        progress.report({ message: `${done} of ${files.length} files`, increment: 100 / files.length });
        return { file, outcome, label: placeText(file.uri.toString(), parts.roots) };
      }),
    ),
  );
  const labels = (kind: Outcome): readonly string[] =>
    outcomes.flatMap(({ outcome, label }) => (outcome === kind ? [label] : []));
  const read = outcomes.filter(({ outcome }) => outcome === 'clean' || typeof outcome === 'object');
  const ofClients = read.flatMap(({ file: { place } }) => place ?? []);
  return {
    retired: sought.retired,
    found: outcomes.flatMap(({ outcome }) => (typeof outcome === 'object' ? [outcome] : [])),
    read: read.filter(({ file }) => file.place === undefined || isInWorkspace(file.uri)).length,
    clientFiles: ofClients.map(({ label, dialect }) => `${label} (${dialect.client})`),
    tooLarge: labels('too-large'),
    unreadable: labels('unreadable'),
    binary: labels('binary').length,
    isCut,
  };
}

async function look(
  { uri, place }: Searchable,
  { retired, endpoint }: Sought,
  { roots, files }: SearchParts,
  reader: TrackingReader,
): Promise<Outcome> {
  const sniffed = await mayName(uri, retired);
  if (sniffed !== true) return sniffed;
  let text: string | undefined;
  try {
    text = await files.read(uri.toString());
  } catch {
    return 'unreadable';
  }
  if (text === undefined) return 'clean';
  const surroundings = await surroundingsOf(uri, reader, undefined);
  const inWorkspace = surroundings.inWorkspace || isShared(place);
  const source = { ...surroundings, inWorkspace, path: uri.path, text };
  const retirement = limited(retirementOf(source, retired, endpoint), text);
  const { replacements, kept, mentions } = retirement;
  if (replacements.length + kept.length + mentions.length === 0) return 'clean';
  return { uri: uri.toString(), label: placeText(uri.toString(), roots), text, retirement };
}

/** Whether the host stands in a file at all, before more is asked of it. */
async function mayName(uri: vscode.Uri, { host }: RetiredUrl): Promise<true | Exclude<Outcome, FoundFile>> {
  const names = (text: string): true | 'clean' => (text.toLowerCase().includes(host) ? true : 'clean');
  const open = openDocument(uri);
  if (open?.isDirty === true) return names(open.getText());
  const stat = await statOf(uri);
  if (stat === 'missing') return 'clean';
  if (stat === 'unreadable') return 'unreadable';
  if ((stat.type & vscode.FileType.Directory) !== 0) return 'clean';
  if (stat.size > mostReadBytes) return 'too-large';
  const bytes = await bytesOf(uri);
  if (bytes === undefined) return 'unreadable';
  const text = searchedText(bytes);
  return text === undefined ? 'binary' : names(text);
}

/** A file that its client carries to other machines is no file of this user's alone. */
function isShared(place: ConfigurationPlace | undefined): boolean {
  return place !== undefined && mannerOf(place.place).form === 'variable';
}

function isInWorkspace(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** What is too large to be written is not offered. */
function limited(retirement: Retirement, text: string): Retirement {
  const { replacements, kept } = retirement;
  if (replacements.length === 0 || new TextEncoder().encode(text).length <= mostWrittenBytes) return retirement;
  const refused = replacements.map(({ span }) => ({ span, reason: tooLargeToWrite }));
  return { ...retirement, replacements: [], kept: [...refused, ...kept] };
}
