import * as vscode from 'vscode';

import { composeFiles } from '../../core/diagnostics/sourceDocument.ts';
import type { Surroundings } from '../../services/linter/lintedDocument.ts';
import { statOf } from '../files/fileTree.ts';
import type { SpecFile } from './specFiles.ts';
import type { TrackingReader } from './tracking.ts';

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

async function hasComposeBeside(uri: vscode.Uri): Promise<boolean> {
  const found = await Promise.all(composeFiles.map((name) => statOf(vscode.Uri.joinPath(uri, '..', name))));
  return found.some((stat) => typeof stat === 'object');
}
