import type * as vscode from 'vscode';

import { diagnoseHtml } from '../../core/views/diagnose/diagnoseHtml.ts';
import type { DiagnoseView } from '../../core/views/diagnose/diagnoseView.ts';
import { DocumentPanel } from '../documentPanel.ts';
import { diagnosePanel } from './diagnosePanel.ts';

/** What a command found out once, drawn as *ClawQL: Diagnose* draws it. */
export class FindingsDocument implements vscode.Disposable {
  readonly #panel: DocumentPanel;

  constructor(viewType: string, title: string) {
    this.#panel = new DocumentPanel(diagnosePanel(viewType, title));
  }

  /** Whether it has the focus, or had it last. */
  get isActive(): boolean {
    return this.#panel.isActive;
  }

  show(view: DiagnoseView): void {
    this.#panel.reveal();
    this.#panel.draw(diagnoseHtml(view));
  }

  dispose(): void {
    this.#panel.dispose();
  }
}
