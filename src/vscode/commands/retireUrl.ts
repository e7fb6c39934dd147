import * as vscode from 'vscode';

import { shownUrl } from '../../core/mcp/shownUrl.ts';
import type { FoundFile, Search } from '../../core/retire/search.ts';
import { applyEdits } from '../../core/text.ts';
import { counted } from '../../core/views/checkResult.ts';
import { escapedSentences, escapeLinks } from '../../core/views/escape.ts';
import { retireView } from '../../core/views/retire/retireView.ts';
import { errorText } from '../../services/log.ts';
import type { FindingsDocument } from '../diagnose/findingsDocument.ts';
import type { PreviewDocuments } from '../files/previewDocuments.ts';
import { confirmedEdit, editorFileOf, saveAll, type EditorFile } from '../retire/editorChanges.ts';
import { pickEndpoint } from '../retire/pickEndpoint.ts';
import { pickRetired, type PickParts } from '../retire/pickRetired.ts';
import { searchForUses, type Sought } from '../retire/searchForUses.ts';

export interface RetireParts extends PickParts {
  readonly previews: PreviewDocuments;
  readonly document: FindingsDocument;
  readonly about: string;
  /** Called when files were changed. */
  readonly done: () => Promise<void>;
}

/** How the files of a search are changed: through VS Code's own preview, or past the editor. */
interface Changes {
  readonly inEditor: readonly EditorFile[];
  readonly outside: readonly FoundFile[];
}

/**
 * *Retire a Public MCP URL…*: finds every use of a URL, shows what would take its place, changes what the user says, and looks again. Nothing
 * is written before the user has agreed to all of it.
 */
export async function retireUrl(parts: RetireParts): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('ClawQL: nothing was changed, because this workspace is not trusted.');
    return;
  }
  const retired = await pickRetired(parts);
  const endpoint = retired && (await pickEndpoint(parts.snapshots, retired));
  if (retired === undefined || endpoint === undefined) return;
  const sought: Sought = { retired, endpoint };
  const shown = shownUrl(retired.url.href);
  const url = escapeLinks(shown);
  const before = await searchForUses(`ClawQL: looking for uses of ${url}`, sought, parts);
  if (before === undefined) return;
  const changes = await changesOf(before);
  const problems = await changed(changes, sought, parts);
  if (problems === undefined) {
    void vscode.window.showInformationMessage(`ClawQL: nothing was changed: ${url} stands where it stood.`);
    return;
  }
  const after = await searchForUses(`ClawQL: checking that nothing uses ${url}`, sought, parts);
  if (after === undefined) {
    const notes = [
      `the uses of ${shown} that you agreed to were replaced, and the check afterwards was stopped.`,
      ...problems,
    ];
    void vscode.window.showWarningMessage(`ClawQL: ${escapedSentences(notes)}`);
    return;
  }
  parts.document.show(retireView({ before, after, endpoint, problems, about: parts.about }));
}

async function changesOf({ found }: Search): Promise<Changes> {
  const inEditor: EditorFile[] = [];
  const outside: FoundFile[] = [];
  for (const file of found.filter(({ retirement }) => retirement.replacements.length > 0)) {
    const editors = await editorFileOf(file);
    if (editors === undefined) outside.push(file);
    else inEditor.push(editors);
  }
  return { inEditor, outside };
}

/** What could not be changed, and why; undefined where the user left everything as it was. */
async function changed(
  { inEditor, outside }: Changes,
  sought: Sought,
  parts: RetireParts,
): Promise<readonly string[] | undefined> {
  if (inEditor.length + outside.length === 0) return [];
  if (outside.length > 0 && !(await isAgreed(outside, inEditor.length > 0, sought, parts))) return undefined;
  if (inEditor.length > 0) {
    void vscode.window.showInformationMessage(
      'ClawQL: the preview shows every change. Tick what is to be replaced, and press Apply.',
    );
    const isApplied = await vscode.workspace.applyEdit(confirmedEdit(inEditor), { isRefactoring: true });
    if (!isApplied) return undefined;
  }
  const unsaved = await saveAll(inEditor);
  const problems = unsaved.map(({ file: { label }, hadChanges }) => {
    const why = hadChanges ? 'has your own unsaved changes too' : 'could not be saved';
    return `${label} was changed in the editor, and ${why}: save it there.`;
  });
  for (const { uri, label, text, retirement } of outside) {
    const edits = retirement.replacements.flatMap((replacement) => replacement.edits);
    try {
      const isEdited = await parts.files.edit(uri, text, edits);
      if (!isEdited) problems.push(`${label} was not changed: it has become another one meanwhile.`);
    } catch (error) {
      problems.push(`${label} was not changed: ${errorText(error)}.`);
    }
  }
  await parts.done();
  return problems;
}

/** Shows the files that VS Code's own preview cannot show, and asks for all of them. */
async function isAgreed(
  outside: readonly FoundFile[],
  isMore: boolean,
  { retired }: Sought,
  { previews }: RetireParts,
): Promise<boolean> {
  const shown = outside.map(({ uri, label, text, retirement }) => {
    const edits = retirement.replacements.flatMap((replacement) => replacement.edits);
    return { uri: vscode.Uri.parse(uri, true), label, after: applyEdits(text, edits) };
  });
  const url = escapeLinks(shownUrl(retired.url.href));
  const preview = await previews.show(`ClawQL: Retire ${shownUrl(retired.url.href)}`, shown);
  const more = isMore
    ? " The other files are shown next, in VS Code's own preview; nothing is written before that."
    : '';
  const choice = await vscode.window.showInformationMessage(
    `ClawQL: replace ${url} in ${counted(outside.length, 'file')} as the comparison shows?${more}`,
    'Replace',
    'Leave It',
  );
  preview.dispose();
  return choice === 'Replace';
}
