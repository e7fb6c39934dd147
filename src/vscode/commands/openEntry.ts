import * as vscode from 'vscode';

/** A click on a row of a view: opens the file at the place. The URI is one that the view has found; the offset counts in the document. */
export async function openEntry(uri: unknown, offset: unknown): Promise<void> {
  if (typeof uri !== 'string') return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const place = typeof offset === 'number' ? document.positionAt(offset) : undefined;
  const selection = place && new vscode.Range(place, place);
  await vscode.window.showTextDocument(document, { preview: true, ...(selection ? { selection } : {}) });
}
