import * as vscode from 'vscode';

/**
 * Puts a text into the clipboard. In a browser only the page with the focus may do that, and a link of a document such as that of
 * *ClawQL: Diagnose* leaves it in the document, which is a page of its own.
 */
export async function writeClipboard(
  text: string,
  documents: readonly { readonly isActive: boolean }[],
): Promise<void> {
  if (vscode.env.uiKind === vscode.UIKind.Web && documents.some(({ isActive }) => isActive)) {
    await vscode.commands.executeCommand('workbench.action.focusStatusBar');
  }
  await vscode.env.clipboard.writeText(text);
}
