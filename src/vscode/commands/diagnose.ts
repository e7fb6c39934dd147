import * as vscode from 'vscode';

import { diagnoseReport, type DiagnoseInput } from '../../core/views/diagnoseReport.ts';

const scheme = 'clawql-diagnose';

/** The report as a read-only document that is rendered beside the editor, and written anew at each run. */
export class DiagnoseDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #uri = vscode.Uri.from({ scheme, path: '/ClawQL Diagnose.md' });
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text = '';

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  get onDidChange(): vscode.Event<vscode.Uri> {
    return this.#changed.event;
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  async show(input: DiagnoseInput): Promise<void> {
    this.#text = diagnoseReport(input);
    this.#changed.fire(this.#uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', this.#uri);
    } catch {
      // The built-in Markdown extension can be switched off: then the text itself is shown.
      await vscode.window.showTextDocument(this.#uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
