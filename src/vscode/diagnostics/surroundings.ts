import * as vscode from 'vscode';

import { composeFiles, type SourceDocument } from '../../core/diagnostics/sourceDocument.ts';
import { equal } from '../../core/equal.ts';
import { statOf } from '../fileTree.ts';
import type { SpecFile } from './specFiles.ts';
import type { TrackingReader } from './tracking.ts';

/** What stands round a document, as far as rules want to know it. */
export type Surroundings = Omit<SourceDocument, 'path' | 'text'>;

export async function surroundingsOf(
  uri: vscode.Uri,
  reader: TrackingReader,
  spec: SpecFile | undefined,
): Promise<Surroundings> {
  const [tracking, besideCompose] = await Promise.all([reader.trackingOf(uri), hasComposeBeside(spec?.env ?? uri)]);
  return {
    tracking,
    besideCompose,
    inWorkspace: vscode.workspace.getWorkspaceFolder(uri) !== undefined,
    // An extension host calls the files of its own machine `file`, and those of another one by the scheme that leads there.
    isHere: uri.scheme === 'file',
    ...(spec === undefined ? {} : { spec: spec.use }),
  };
}

export function sameSurroundings(one: Surroundings, other: Surroundings): boolean {
  return equal(one, other);
}

async function hasComposeBeside(uri: vscode.Uri): Promise<boolean> {
  const found = await Promise.all(composeFiles.map((name) => statOf(vscode.Uri.joinPath(uri, '..', name))));
  return found.some((stat) => typeof stat === 'object');
}
