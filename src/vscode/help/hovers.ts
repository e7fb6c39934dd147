import * as vscode from 'vscode';

import { hoverAt } from '../../core/help/hovers.ts';
import type { ConfigurationReader } from '../../core/mcp/configuration.ts';
import type { Variables } from '../../core/mcp/expansion.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { readerOf, type PlaceRoots } from '../files/configurationPlaces.ts';
import { documentSelector } from '../diagnostics/documentSelector.ts';
import type { Linter } from '../diagnostics/linter.ts';
import { rangeOf } from '../files/workspaceEdit.ts';

export interface HoverParts {
  readonly linter: Pick<Linter, 'read'>;
  readonly snapshots: SnapshotSource;
  readonly roots: PlaceRoots;
  /** The extension host's own. */
  readonly environment: Variables;
}

/** What a variable or a server's URL means for ClawQL. */
export function registerHovers({ linter, snapshots, roots, environment }: HoverParts): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    async provideHover(document, position) {
      const model = await linter.read(document);
      if (model === undefined) return undefined;
      const { uri } = document;
      const reader: ConfigurationReader =
        model.kind === 'mcp' ? readerOf(model.mcp.dialect, uri, roots) : { kind: 'program' };
      const hover = hoverAt(model, document.offsetAt(position), {
        snapshot: snapshots.current,
        environment,
        isOurs: () => false,
        label: vscode.workspace.asRelativePath(uri),
        uri: uri.toString(),
        reader,
      });
      return hover && new vscode.Hover(new vscode.MarkdownString(hover.markdown), rangeOf(document, hover.span));
    },
  };
  return vscode.languages.registerHoverProvider(documentSelector, provider);
}
