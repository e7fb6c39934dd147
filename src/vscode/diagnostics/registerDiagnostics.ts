import * as vscode from 'vscode';

import { registerCodeActions } from './codeActions.ts';
import { Linter, type LinterPorts } from './linter.ts';
import { SpecFiles } from './specFiles.ts';

/** Diagnostics with their quick fixes for all open documents, until disposed. */
export function registerDiagnostics(ports: LinterPorts): vscode.Disposable {
  const specs = new SpecFiles(ports.log);
  const linter = new Linter(ports, specs);
  const codeActions = registerCodeActions(linter, specs);
  linter.start();
  specs.start();
  return vscode.Disposable.from(codeActions, linter, specs);
}
