import * as vscode from 'vscode';

import type { Replacement } from '../../core/retire/retirement.ts';
import type { FoundFile } from '../../core/retire/search.ts';
import { rangeOf } from '../files/workspaceEdit.ts';
import { isEditors } from '../files/routedTextFiles.ts';

/** A file that VS Code's own preview can show and change. */
export interface EditorFile {
  readonly file: FoundFile;
  readonly document: vscode.TextDocument;
  /** Whether the user had changed it, and not saved it, before the command did anything. */
  readonly hadChanges: boolean;
}

/**
 * The document of a file that goes through the editor; undefined for one outside of it, and for one whose bytes the editor would not keep: it
 * makes all line ends alike, and takes the byte order mark off some files.
 */
export async function editorFileOf(file: FoundFile): Promise<EditorFile | undefined> {
  const uri = vscode.Uri.parse(file.uri, true);
  if (!isEditors(uri)) return undefined;
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    return document.getText() === file.text ? { file, document, hadChanges: document.isDirty } : undefined;
  } catch {
    // What the editor does not open, it cannot show either.
    return undefined;
  }
}

/**
 * All replacements as one edit. VS Code shows its preview where one of them needs a confirmation, and there each of these has to be ticked:
 * what is nothing but text, and without such a one all of them.
 */
export function confirmedEdit(files: readonly EditorFile[]): vscode.WorkspaceEdit {
  const isMixed = files.some(({ file }) => file.retirement.replacements.some(({ kind }) => kind === 'text'));
  const edit = new vscode.WorkspaceEdit();
  for (const { file, document } of files) {
    for (const replacement of file.retirement.replacements) {
      const metadata = metadataOf(replacement, isMixed);
      for (const { span, text } of replacement.edits) {
        edit.replace(document.uri, rangeOf(document, span), text, metadata);
      }
    }
  }
  return edit;
}

function metadataOf({ kind }: Replacement, isMixed: boolean): vscode.WorkspaceEditEntryMetadata {
  if (kind === 'text') return { needsConfirmation: true, label: 'In other text: tick what is to be replaced' };
  return isMixed
    ? { needsConfirmation: false, label: 'In configurations' }
    : { needsConfirmation: true, label: 'In configurations: tick what is to be replaced' };
}

/** Saves what was changed, unless the user's own changes would be saved with it; the files that are left unsaved. */
export async function saveAll(files: readonly EditorFile[]): Promise<readonly EditorFile[]> {
  const unsaved: EditorFile[] = [];
  for (const editors of files) {
    const { file, document, hadChanges } = editors;
    const isChanged = document.isDirty && document.getText() !== file.text;
    if (isChanged && (hadChanges || !(await document.save()))) unsaved.push(editors);
  }
  return unsaved;
}
