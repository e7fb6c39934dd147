import * as vscode from 'vscode';

import type { Fix } from '../../core/diagnostics/fix.ts';
import { fileName } from '../../core/diagnostics/sourceDocument.ts';
import { dialects } from '../../core/mcp/dialects.ts';
import { workspaceEdit } from '../workspaceEdit.ts';
import { isDiagnosticOf } from './diagnosticOf.ts';
import type { Linter } from './linter.ts';
import type { SpecFiles } from './specFiles.ts';

/** By path, because the language of these files differs between editors and their versions. Of finer sieving the linter has done its part. */
const configurations: readonly vscode.DocumentFilter[] = [
  '.env',
  '*.env',
  ...new Set(dialects.flatMap(({ places }) => places.map(({ path }) => fileName(path)))),
].flatMap((name) => [{ pattern: `**/${name}` }, { pattern: `**/${name}.*` }]);

/** The light bulb: the fixes of each diagnostic of ours that the editor asks about. */
export function registerCodeActions(
  linter: Pick<Linter, 'problemsOf'>,
  specs: Pick<SpecFiles, 'uris' | 'onDidChange'>,
): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, _range, { diagnostics }) {
      const problems = linter.problemsOf(document);
      return diagnostics.flatMap((diagnostic) => {
        const problem = problems.find((candidate) => isDiagnosticOf(document, candidate, diagnostic));
        return problem?.fixes().flatMap((fix) => actionOf(document, diagnostic, fix)) ?? [];
      });
    },
  };
  const register = (selector: readonly vscode.DocumentFilter[]): vscode.Disposable =>
    vscode.languages.registerCodeActionsProvider(selector, provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
  // Which descriptions there are only the `.env` files tell: the editor asks about these and about no other JSON or YAML.
  let forSpecs = register(specs.uris.map(filterOf));
  const listener = specs.onDidChange(() => {
    forSpecs.dispose();
    forSpecs = register(specs.uris.map(filterOf));
  });
  return vscode.Disposable.from(register(configurations), listener, {
    dispose() {
      forSpecs.dispose();
    },
  });
}

/** Characters that mean something in a pattern may stand in a file's name: each matches any one. */
function filterOf(uri: vscode.Uri): vscode.DocumentFilter {
  const name = fileName(uri.path).replace(/[[\]{}*?!]/g, '?');
  return { pattern: new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name) };
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
