import * as vscode from 'vscode';

import type { Fix } from '../../core/diagnostics/fix.ts';
import { documentKind, fileName } from '../../core/diagnostics/sourceDocument.ts';
import { dialects } from '../../core/mcp/dialects.ts';
import { workspaceEdit } from '../workspaceEdit.ts';
import { isDiagnosticOf } from './diagnosticOf.ts';
import type { Linter } from './linter.ts';

/** By path, because the language of these files differs between editors and their versions. Finer sieving is `documentKind`'s. */
const selector: readonly vscode.DocumentFilter[] = [
  '.env',
  '*.env',
  ...new Set(dialects.flatMap(({ places }) => places.map(({ path }) => fileName(path)))),
].flatMap((name) => [{ pattern: `**/${name}` }, { pattern: `**/${name}.*` }]);

/** The light bulb: the fixes of each diagnostic of ours that the editor asks about. */
export function registerCodeActions(linter: Pick<Linter, 'problemsOf'>): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, _range, { diagnostics }) {
      if (documentKind(document.uri.path) === undefined) return [];
      const problems = linter.problemsOf(document);
      return diagnostics.flatMap((diagnostic) => {
        const problem = problems.find((candidate) => isDiagnosticOf(document, candidate, diagnostic));
        return problem?.fixes().flatMap((fix) => actionOf(document, diagnostic, fix)) ?? [];
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(selector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function actionOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  fix: Fix,
): readonly vscode.CodeAction[] {
  // Nothing is written for a workspace that the user does not trust.
  if (fix.kind === 'edit' && !vscode.workspace.isTrusted) return [];
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  if (fix.kind === 'command') {
    action.command = { title: fix.title, command: fix.command, arguments: [...fix.arguments] };
  } else {
    action.isPreferred = fix.isPreferred;
    action.edit = workspaceEdit(document, fix.edits);
  }
  return [action];
}
