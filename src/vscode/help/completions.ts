import * as vscode from 'vscode';

import { completionsAt, type Completion } from '../../core/help/completions.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { documentSelector } from '../diagnostics/documentSelector.ts';
import type { Linter } from '../diagnostics/linter.ts';
import { rangeOf } from '../files/workspaceEdit.ts';

/** What a value or a reference may begin with, or go on with. */
const triggers = ['"', '/', '=', '$'];

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  url: vscode.CompletionItemKind.Reference,
  reference: vscode.CompletionItemKind.Variable,
  name: vscode.CompletionItemKind.Property,
};

/** Endpoints, variables and names, in files of ClawQL's. */
export function registerCompletions(linter: Pick<Linter, 'read'>, snapshots: SnapshotSource): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const model = await linter.read(document);
      if (model === undefined) return [];
      return completionsAt(model, document.offsetAt(position), snapshots.current).flatMap((completion, index) =>
        itemOf(document, completion, index),
      );
    },
  };
  return vscode.languages.registerCompletionItemProvider(documentSelector, provider, ...triggers);
}

function itemOf(document: vscode.TextDocument, completion: Completion, index: number): vscode.CompletionItem[] {
  const { kind, label, note, detail, documentation, span, insertText, more } = completion;
  const range = rangeOf(document, span);
  // The editor takes no other range.
  if (!range.isSingleLine) return [];
  const item = new vscode.CompletionItem(note === undefined ? label : { label, description: note }, kinds[kind]);
  item.detail = detail;
  item.documentation = new vscode.MarkdownString(documentation);
  item.range = range;
  item.insertText = insertText;
  item.filterText = insertText;
  // The editor sorts by text.
  item.sortText = String(index).padStart(4, '0');
  item.additionalTextEdits = more.map(({ span: place, text }) =>
    vscode.TextEdit.replace(rangeOf(document, place), text),
  );
  return [item];
}
