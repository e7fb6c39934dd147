import * as vscode from 'vscode';

import { readDocument, type DocumentModel } from '../../core/diagnostics/documentModel.ts';
import { namesToLookUp } from '../../core/diagnostics/clawqlReference.ts';
import { knownOf } from '../../core/diagnostics/known.ts';
import type { CheckedFile } from '../../core/diagnostics/checkedFile.ts';
import { shownUrl } from '../../core/mcp/shownUrl.ts';
import { retirableUrls, type RetirableUrl } from '../../core/retire/retirableUrls.ts';
import { retiredUrl, type RetiredUrl } from '../../core/retire/retiredUrl.ts';
import { escapeIcons } from '../../core/views/escape.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TextFiles } from '../../services/entries/textFiles.ts';
import { lookUntil } from '../lookUntil.ts';
import { existingPlaces, type PlaceRoots } from '../files/configurationPlaces.ts';
import { surroundingsOf } from '../diagnostics/surroundings.ts';
import { TrackingReader } from '../diagnostics/tracking.ts';

export interface PickParts {
  /** What the linter looks at in the workspace. */
  readonly checkedFiles: () => Promise<readonly CheckedFile[]>;
  readonly roots: PlaceRoots;
  readonly files: TextFiles;
  readonly snapshots: SnapshotSource;
  readonly lookUp: (names: readonly string[]) => void;
}

/** Milliseconds for the resolver; a name of which nothing is known by then is offered as such. */
const patience = 2_000;

interface UrlItem extends vscode.QuickPickItem {
  readonly retired?: RetiredUrl;
}

/** Offers the public URLs of ClawQL that stand in configuration files, or takes one from the user; undefined when the user leaves. */
export async function pickRetired(parts: PickParts): Promise<RetiredUrl | undefined> {
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'ClawQL: looking for public MCP URLs…' },
    () => publicUrls(parts),
  );
  if (found.length === 0) return enterRetired('No public MCP URL was found in configuration files.');
  const items: readonly UrlItem[] = [...found.map(itemOf), { label: '$(edit) Enter another URL…' }];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'ClawQL: Retire a Public MCP URL',
    placeHolder: 'The URL whose every use is to lead into the tailnet',
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  return picked.retired ?? enterRetired('');
}

function itemOf({ retired, zone, count }: RetirableUrl): UrlItem {
  const where =
    zone.kind === 'public' ? `public (${zone.address})` : 'its name does not resolve here, so it may be public';
  const label = escapeIcons(shownUrl(retired.url.href));
  return { label, description: where, detail: count === 1 ? 'In one entry' : `In ${count} entries`, retired };
}

async function enterRetired(why: string): Promise<RetiredUrl | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'ClawQL: Retire a Public MCP URL',
    prompt: `${why} The URL whose every use is to lead into the tailnet. It is not called.`.trim(),
    placeHolder: 'https://mcp.example.com/mcp',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || retiredUrl(text) !== undefined ? undefined : 'This is no http or https URL of one host.',
  });
  return typed === undefined ? undefined : retiredUrl(typed);
}

async function publicUrls({
  checkedFiles,
  roots,
  files,
  snapshots,
  lookUp,
}: PickParts): Promise<readonly RetirableUrl[]> {
  const reader = new TrackingReader({ watches: false });
  const stop = new AbortController();
  try {
    const checked = await checkedFiles();
    const known = new Set(checked.map(({ uri }) => uri));
    const places = (await existingPlaces(roots)).filter(({ uri }) => !known.has(uri.toString()));
    const read = await Promise.all(places.map(({ uri }) => modelOf(uri, files, reader)));
    const models = [...checked.map(({ model }) => model), ...read.flatMap((model) => model ?? [])];
    const wait = { limit: patience, signal: stop.signal };
    await lookUntil(() => snapshots.current.tailnet.kind !== 'checking', wait);
    const names = new Set(models.flatMap((model) => namesToLookUp(model, snapshots.current)));
    if (names.size > 0) {
      lookUp([...names]);
      await lookUntil(() => [...names].every((name) => snapshots.current.lookups.has(name)), wait);
    }
    return retirableUrls(models, snapshots.current, knownOf(snapshots.current));
  } finally {
    stop.abort();
    reader.dispose();
  }
}

/** A file that cannot be read offers nothing; the search will name it. */
async function modelOf(uri: vscode.Uri, files: TextFiles, reader: TrackingReader): Promise<DocumentModel | undefined> {
  const text = await files.read(uri.toString()).catch(() => undefined);
  return text === undefined
    ? undefined
    : readDocument({ ...(await surroundingsOf(uri, reader, undefined)), path: uri.path, text });
}
