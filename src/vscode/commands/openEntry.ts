import * as vscode from 'vscode';

/**
 * A click on a row of a view, or a link of a document: opens the file at the place. The URI is one that was found; the offset counts in the
 * text, and comes as text from a link.
 */
export async function openEntry(uri: unknown, offset: unknown): Promise<void> {
  if (typeof uri !== 'string') return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const count = typeof offset === 'string' && /^\d{1,9}$/.test(offset) ? Number(offset) : offset;
  const place = typeof count === 'number' ? document.positionAt(count) : undefined;
  const selection = place && new vscode.Range(place, place);
  await vscode.window.showTextDocument(document, {
    preview: true,
    viewColumn: columnForText(),
    ...(selection ? { selection } : {}),
  });
}

/** Beside one of the extension's documents, which stays in sight: where a text was opened from it before, there again. */
function columnForText(): vscode.ViewColumn {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  if (!(activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview)) return vscode.ViewColumn.Active;
  return all.find((group) => group !== activeTabGroup)?.viewColumn ?? vscode.ViewColumn.Beside;
}
