import * as vscode from 'vscode';
import { eventually } from '../../support/editor/eventually.ts';
import { fileUri } from './files.ts';

/** A diagnostic of ours, with what stands at its range. */
export interface Problem {
  readonly code: string;
  readonly severity: keyof typeof vscode.DiagnosticSeverity;
  readonly at: string;
  readonly message: string;
}

/** Opens a file and returns what is wrong with it once there are so many problems of ours. Others' are left out. */
export async function waitForProblems(name: string, count: number): Promise<readonly Problem[]> {
  const uri = fileUri(name);
  const document = await vscode.workspace.openTextDocument(uri);
  return eventually(
    () => Promise.resolve(ownDiagnostics(uri).map((diagnostic) => problemOf(document, diagnostic))),
    (problems) => (problems.length === count ? problems : undefined),
    (problems) => `${name} has ${problems.length} problems and not ${count}: ${JSON.stringify(problems)}`,
  );
}

/** Where each problem's code leads. */
export function targetsOf(name: string): readonly string[] {
  return ownDiagnostics(fileUri(name)).map(({ code }) => (typeof code === 'object' ? code.target.toString() : ''));
}

/** The quick fixes of ours for the text of a problem, once one of them has the wanted title: the editor learns of a problem late. */
export async function waitForFixes(name: string, at: string, wanted: string): Promise<readonly vscode.CodeAction[]> {
  const uri = fileUri(name);
  const document = await vscode.workspace.openTextDocument(uri);
  const offset = document.getText().indexOf(at);
  if (offset < 0) throw new Error(`${name} does not hold ${at}`);
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + at.length));
  return eventually(
    async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      return actions.filter(({ title }) =>
        /^(Use |Write |Rename |Remove |Allow |Open |Change |Define |Copy "|ClawQL: )/.test(title),
      );
    },
    (actions) => (actions.some(({ title }) => title.includes(wanted)) ? actions : undefined),
    (actions) => `No fix at ${at} in ${name} is "${wanted}", but ${actions.map(({ title }) => title).join(', ')}`,
  );
}

/** Applies a fix as the light bulb does, and returns the text then. */
export async function apply(fix: vscode.CodeAction | undefined, name: string): Promise<string> {
  if (fix?.edit === undefined) throw new Error(`"${fix?.title}" is no edit.`);
  if (!(await vscode.workspace.applyEdit(fix.edit))) throw new Error(`"${fix.title}" could not be applied.`);
  return (await vscode.workspace.openTextDocument(fileUri(name))).getText();
}

export function ownDiagnostics(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'ClawQL');
}

function problemOf(document: vscode.TextDocument, { code, severity, range, message }: vscode.Diagnostic): Problem {
  return {
    code: typeof code === 'object' ? String(code.value) : String(code),
    severity: vscode.DiagnosticSeverity[severity] as keyof typeof vscode.DiagnosticSeverity,
    at: document.getText(range),
    message,
  };
}
