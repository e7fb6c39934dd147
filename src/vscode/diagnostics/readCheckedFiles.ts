import type * as vscode from 'vscode';

import { Gate } from '../../services/gate.ts';
import { LintedDocument } from '../../services/linter/lintedDocument.ts';
import { SharedKnown } from '../../services/linter/sharedKnown.ts';
import { statOf } from '../files/fileTree.ts';
import { openDocument } from '../files/openDocument.ts';
import { stampOf, type ClosedFile } from './closedFiles.ts';
import { bytesOf } from './gitFolder.ts';
import type { SpecFile } from './specFiles.ts';
import { surroundingsOf } from './surroundings.ts';
import { TrackingReader } from './tracking.ts';
import { findCheckedFiles, type CheckedFiles, type FoundFiles } from './workspaceFiles.ts';

/** Bytes; a file beyond it is no configuration. An API's description may be as large as the linter takes it while it is open. */
const largestFile = 1024 * 1024;
const largestSpec = 20_000_000;
/** Files that are read at the same time. */
const concurrency = 8;

type Reading = ClosedFile | 'too-large' | 'unreadable';

export interface ReadFiles extends FoundFiles {
  readonly readings: readonly Reading[];
  readonly isStopped: boolean;
}

/** Reads every file of the workspace that the linter would look at if it were open; `onProgress` is told of each, with its share in percent. */
export async function readCheckedFiles(
  files: CheckedFiles,
  signal: AbortSignal,
  onProgress?: (message: string, increment: number) => void,
): Promise<ReadFiles> {
  const reader = new TrackingReader({ watches: false });
  try {
    const { uris, isCut } = await findCheckedFiles(files, reader, signal);
    const gate = new Gate(concurrency);
    const shared = new SharedKnown();
    let done = 0;
    const readings = await Promise.all(
      uris.map((uri) =>
        gate.run(async (): Promise<readonly Reading[]> => {
          if (signal.aborted) return [];
          const reading = await read(uri, reader, { spec: files.specs.fileAt(uri), shared });
          done += 1;
          onProgress?.(`${done} of ${uris.length} files`, 100 / uris.length);
          return [reading];
        }),
      ),
    );
    return { uris, isCut, readings: readings.flat(), isStopped: signal.aborted };
  } finally {
    reader.dispose();
  }
}

/** As the editor has it, where it is open. */
async function read(
  uri: vscode.Uri,
  reader: TrackingReader,
  { spec, shared }: { readonly spec: SpecFile | undefined; readonly shared: SharedKnown },
): Promise<Reading> {
  const stat = await statOf(uri);
  if (typeof stat === 'string') return 'unreadable';
  if (stat.size > (spec === undefined ? largestFile : largestSpec)) return 'too-large';
  const bytes = await bytesOf(uri);
  if (bytes === undefined) return 'unreadable';
  const text = openDocument(uri)?.getText() ?? new TextDecoder().decode(bytes);
  const surroundings = await surroundingsOf(uri, reader, spec);
  const file = { uri, text, state: { path: uri.path, version: 0, surroundings, readText: () => text } };
  const linted = new LintedDocument(shared);
  // Parsed here, one by one as they come, rather than all at once when they are linted.
  linted.modelOf(file.state);
  return { ...file, linted, stamp: stampOf(stat) };
}
