import * as vscode from 'vscode';

import { fileLinks } from '../../core/help/fileLinks.ts';
import { documentSelector } from '../diagnostics/documentSelector.ts';
import { folderAt } from '../diagnostics/gitFolder.ts';
import type { Linter } from '../diagnostics/linter.ts';
import { parentOf, statOf } from '../files/fileTree.ts';
import { rangeOf } from '../files/workspaceEdit.ts';

/** The API descriptions that a `.env` names, as links; those that are there. */
export function registerFileLinks(linter: Pick<Linter, 'read'>): vscode.Disposable {
  const provider: vscode.DocumentLinkProvider = {
    async provideDocumentLinks(document) {
      const model = await linter.read(document);
      if (model === undefined) return [];
      const found = fileLinks(model).map(async ({ span, path }) => {
        const file = folderAt(parentOf(document.uri), path);
        const isThere = typeof (await statOf(file)) === 'object';
        return isThere ? [new vscode.DocumentLink(rangeOf(document, span), file)] : [];
      });
      return (await Promise.all(found)).flat();
    },
  };
  return vscode.languages.registerDocumentLinkProvider(documentSelector, provider);
}
