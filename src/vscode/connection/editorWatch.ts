import * as vscode from 'vscode';

import type { EditorSeen } from '../../core/diagnosis/evidence.ts';
import type { Later } from '../../services/later.ts';
import type { ProjectionService } from '../../services/projections/projectionService.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import type { ConfigurationDirectory } from '../files/configurationDirectory.ts';
import { editorSeen, type EditorEvidenceParts } from './editorEvidence.ts';

export interface EditorWatchParts extends EditorEvidenceParts {
  readonly projections: ProjectionService;
  readonly services: Later<TailnetServices>;
}

/** Has the health of the selected server say what keeps this editor from it, also while nobody asks for a diagnosis. */
export function watchEditor(parts: EditorWatchParts, directory: ConfigurationDirectory): vscode.Disposable {
  const { services, projections } = parts;
  // Right after a start VS Code holds no tools for some seconds: that it never gets them is said only to who asks.
  const seen = (): EditorSeen | undefined => {
    const now = editorSeen(parts, () => directory.reports);
    return now && { ...now, startedWithoutTools: false };
  };
  services.whenLoaded((loaded) => loaded.followEditor(seen));
  const tell = (): void => services.whenLoaded((loaded) => loaded.noteEditorChange());
  return vscode.Disposable.from(
    projections.onDidChange(tell),
    directory.onDidChange(tell),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (['chat.mcp', 'http'].some((section) => change.affectsConfiguration(section))) tell();
    }),
  );
}
