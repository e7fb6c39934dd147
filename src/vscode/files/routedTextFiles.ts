import * as vscode from 'vscode';

import type { TextFiles } from '../../services/entries/textFiles.ts';
import { openDocument } from './openDocument.ts';
import { workspaceTextFiles } from './workspaceTextFiles.ts';

/**
 * The workspace's files, and those that are open here, through the editor; other files of this machine through `elsewhere`, which
 * replaces them whole.
 */
export function routedTextFiles(elsewhere: () => Promise<TextFiles>): TextFiles {
  const filesFor = (uri: string): Promise<TextFiles> =>
    isEditors(vscode.Uri.parse(uri, true)) ? Promise.resolve(workspaceTextFiles) : elsewhere();
  return {
    read: async (uri) => (await filesFor(uri)).read(uri),
    create: async (uri, text) => (await filesFor(uri)).create(uri, text),
    edit: async (uri, before, edits) => (await filesFor(uri)).edit(uri, before, edits),
    remove: async (uri, before, folder) => (await filesFor(uri)).remove(uri, before, folder),
  };
}

/** Whether a file is read and written through the editor. */
export function isEditors(uri: vscode.Uri): boolean {
  const { workspaceFile } = vscode.workspace;
  return (
    uri.scheme !== 'file' ||
    vscode.workspace.getWorkspaceFolder(uri) !== undefined ||
    uri.toString() === workspaceFile?.toString() ||
    openDocument(uri) !== undefined
  );
}
