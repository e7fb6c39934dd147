import * as vscode from 'vscode';

import { changeBetween } from '../../core/mcp/textChange.ts';
import { applyEdits, type TextEdit } from '../../core/text.ts';
import {
  mostReadBytes,
  mostWrittenBytes,
  tooLargeToRead,
  tooLargeToWrite,
  type TextFiles,
} from '../../services/entries/textFiles.ts';
import { closeTabsOf, exists, parentOf, removeEmptyFolders, topmostMissingFolder } from './fileTree.ts';
import { openDocument } from './openDocument.ts';
import { workspaceEdit } from './workspaceEdit.ts';

const mark = '\ufeff';

/** Files through the editor, wherever they lie: an open document and a closed file are read and changed alike, and then saved. */
export const workspaceTextFiles: TextFiles = {
  async read(uri) {
    const target = vscode.Uri.parse(uri, true);
    if (!(await exists(target))) return undefined;
    const { size } = await vscode.workspace.fs.stat(target);
    if (size > mostReadBytes) throw new Error(tooLargeToRead(size));
    return textOf(target);
  },

  async create(uri, text) {
    const target = vscode.Uri.parse(uri, true);
    const folder = await topmostMissingFolder(target);
    const creation = new vscode.WorkspaceEdit();
    creation.createFile(target, { contents: new TextEncoder().encode(text), overwrite: false });
    if (await vscode.workspace.applyEdit(creation)) {
      return folder === undefined ? { kind: 'created' } : { kind: 'created', folder: folder.toString() };
    }
    if (await exists(target)) return { kind: 'exists' };
    throw new Error('the editor could not make the file');
  },

  async edit(uri, before, edits) {
    const target = vscode.Uri.parse(uri, true);
    if (!(await exists(target))) return false;
    const { size, permissions = 0 } = await vscode.workspace.fs.stat(target);
    // Of a disk's own protection, and of the settings `files.readonly…`, VS Code tells an extension nothing before it saves.
    if ((permissions & vscode.FilePermission.Readonly) !== 0)
      throw new Error('it is read-only: make it writable first');
    if (size > mostWrittenBytes) throw new Error(tooLargeToWrite);
    if ((await textOf(target)) !== before) return false;
    const document = await vscode.workspace.openTextDocument(target);
    const shift = before.startsWith(mark) && !document.getText().startsWith(mark) ? mark.length : 0;
    const isSame = document.getText() === before.slice(shift);
    const keepsMark = shift === 0 || document.encoding === 'utf8bom';
    if (isSame && keepsMark) return editDocument(document, shifted(edits, -shift));
    if (document.isDirty) return false;
    // The editor makes all line ends of a document alike, and takes the mark off the files in `.vscode`: such a file is written past it.
    await permitted(vscode.workspace.fs.writeFile(target, new TextEncoder().encode(applyEdits(before, edits))));
    return true;
  },

  async remove(uri, before, folder) {
    const target = vscode.Uri.parse(uri, true);
    if (await exists(target)) {
      if ((await textOf(target)) !== before) return false;
      // An editor that stays open on a file that is gone shows its text struck through.
      await closeTabsOf(target);
      await permitted(vscode.workspace.fs.delete(target));
    }
    if (folder !== undefined) await removeEmptyFolders(parentOf(target), vscode.Uri.parse(folder, true));
    return true;
  },
};

/**
 * The file's own bytes as text, unless the user has changes that are not saved, or it is in an encoding that only the editor reads. Bytes
 * that the editor cannot read either would be lost when it saves them.
 */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = openDocument(uri);
  const text = utf8Of(await permitted(vscode.workspace.fs.readFile(uri)));
  if (text !== undefined && open?.isDirty !== true) return text;
  const read = (open ?? (await vscode.workspace.openTextDocument(uri))).getText();
  if (text === undefined && read.includes('\ufffd')) throw new Error('it is not UTF-8 text');
  return read;
}

function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A change that cannot be saved is not left in the editor: who saves it later would save an entry that nobody takes back. */
async function editDocument(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<boolean> {
  const before = document.getText();
  if (!(await vscode.workspace.applyEdit(workspaceEdit(document, edits)))) return false;
  const { version } = document;
  if (await document.save()) return true;
  const back = workspaceEdit(document, changeBetween(document.getText(), before));
  if (document.version === version && (await vscode.workspace.applyEdit(back))) {
    throw new Error('the editor could not save it, so the change was taken back there: make it writable first');
  }
  throw new Error('the change was made, but the file could not be saved: look at it in the editor, and save it there');
}

/** What is done to a file; rejects in words where that is not permitted. */
async function permitted<T>(task: Thenable<T>): Promise<T> {
  try {
    return await task;
  } catch (error) {
    // Of the second kind only the name tells, up to 1.139.
    const isDenied = error instanceof vscode.FileSystemError && /^(NoPermissions|EntryWriteLocked)/.test(error.name);
    throw isDenied ? new Error('permission is denied', { cause: error }) : error;
  }
}

function shifted(edits: readonly TextEdit[], by: number): readonly TextEdit[] {
  return edits.map(({ span, text }) => ({ span: { ...span, offset: Math.max(0, span.offset + by) }, text }));
}
