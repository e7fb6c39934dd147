import * as vscode from 'vscode';

import { registerCodeActions } from './codeActions.ts';
import { Linter, type LinterPorts } from './linter.ts';

/** Diagnostics with their quick fixes for all open documents, until disposed. */
export function registerDiagnostics(ports: LinterPorts): vscode.Disposable {
  const linter = new Linter(ports);
  const codeActions = registerCodeActions(linter);
  linter.start();
  return vscode.Disposable.from(codeActions, linter);
}
