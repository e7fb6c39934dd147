import * as vscode from 'vscode';

import { spanEnd, type Span, type TextEdit } from '../../core/text.ts';

export function rangeOf(document: Pick<vscode.TextDocument, 'positionAt'>, span: Span): vscode.Range {
  return new vscode.Range(document.positionAt(span.offset), document.positionAt(spanEnd(span)));
}

/** The edits of one document as the editor takes them: one undo step. */
export function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) edit.replace(document.uri, rangeOf(document, span), text);
  return edit;
}
