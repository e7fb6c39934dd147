import * as vscode from 'vscode';

import type { Problem, Severity } from '../../core/diagnostics/rule.ts';
import { rangeOf } from '../files/workspaceEdit.ts';

/** How the Problems view names where a diagnostic comes from; it is also how a code action knows its own. */
export const diagnosticSource = 'ClawQL';

const rulePages = 'https://github.com/danielsmithdevelopment/clawql-tailnet/blob/main/docs/rules';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** A problem as the editor shows it; its code leads to the rule's page. */
export function diagnosticOf(
  document: Pick<vscode.TextDocument, 'positionAt'>,
  { ruleId, severity, span, message }: Problem,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(document, span), message, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: ruleId, target: vscode.Uri.parse(`${rulePages}/${ruleId}.md`) };
  return diagnostic;
}

/** Whether a diagnostic is the one of that problem: by rule and place, never by what it says. */
export function isDiagnosticOf(
  document: vscode.TextDocument,
  { ruleId, span }: Problem,
  diagnostic: vscode.Diagnostic,
): boolean {
  const { code } = diagnostic;
  const value = typeof code === 'object' ? code.value : code;
  return (
    diagnostic.source === diagnosticSource && value === ruleId && diagnostic.range.isEqual(rangeOf(document, span))
  );
}
