import * as vscode from 'vscode';

import type { Fix } from '../../core/diagnostics/fix.ts';
import { fixAll } from '../../core/diagnostics/fixAll.ts';
import type { Problem } from '../../core/diagnostics/rule.ts';
import { patternOf } from '../files/literalPattern.ts';
import { workspaceEdit } from '../files/workspaceEdit.ts';
import { isDiagnosticOf } from './diagnosticOf.ts';
import { documentSelector } from './documentSelector.ts';
import type { Linter } from './linter.ts';
import type { SpecFiles } from './specFiles.ts';

/** *Fix All*, also when a file is saved (`editor.codeActionsOnSave`). */
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('clawql');

/** The light bulb: the fixes of each diagnostic of ours that the editor asks about, and all that can be mended in one go. */
export function registerCodeActions(
  linter: Pick<Linter, 'problemsOf'>,
  specs: Pick<SpecFiles, 'uris' | 'onDidChange'>,
): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, _range, { diagnostics, only }) {
      const problems = linter.problemsOf(document);
      // The editor asks for this kind by its name, or for all that change a whole file.
      if (only !== undefined && fixAllKind.intersects(only)) return fixAllAction(document, problems);
      return diagnostics.flatMap((diagnostic) => {
        const problem = problems.find((candidate) => isDiagnosticOf(document, candidate, diagnostic));
        return problem?.fixes().flatMap((fix) => actionOf(document, diagnostic, fix)) ?? [];
      });
    },
  };
  const register = (selector: readonly vscode.DocumentFilter[]): vscode.Disposable =>
    vscode.languages.registerCodeActionsProvider(selector, provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
    });
  // Which descriptions there are only the `.env` files tell: the editor asks about these and about no other JSON or YAML.
  let forSpecs = register(specs.uris.map((uri) => ({ pattern: patternOf(uri) })));
  const listener = specs.onDidChange(() => {
    forSpecs.dispose();
    forSpecs = register(specs.uris.map((uri) => ({ pattern: patternOf(uri) })));
  });
  return vscode.Disposable.from(register(documentSelector), listener, {
    dispose() {
      forSpecs.dispose();
    },
  });
}

function fixAllAction(document: vscode.TextDocument, problems: readonly Problem[]): vscode.CodeAction[] {
  const edits = vscode.workspace.isTrusted ? fixAll(problems) : [];
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction('Fix all ClawQL problems with one right answer', fixAllKind);
  action.edit = workspaceEdit(document, edits);
  return [action];
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
