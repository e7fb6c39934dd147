import * as vscode from 'vscode';

import { equal } from '../../core/equal.ts';
import type { DiagnoseHtml } from '../../core/views/diagnose/diagnoseHtml.ts';
import { diagnoseCommands } from '../../core/views/diagnose/diagnoseLinks.ts';
import { diagnosePage } from '../../core/views/diagnose/diagnosePage.ts';
import { pageIsReady } from '../../core/views/diagnose/diagnosePageScript.ts';
import { extensionFolder } from './aboutHere.ts';

/** A document that is drawn as that of *ClawQL: Diagnose* is. */
export interface PanelKind {
  /** By which `package.json` knows it. */
  readonly viewType: string;
  readonly title: string;
}

/**
 * The document of *ClawQL: Diagnose*, or of another command that shows its findings so, beside the editor, at most one of each kind. The page
 * forgets what it shows when it is hidden, and asks for it when it is seen again.
 */
export class DiagnosePanel implements vscode.Disposable {
  readonly #kind: PanelKind;
  readonly #closed = new vscode.EventEmitter<void>();
  #panel: vscode.WebviewPanel | undefined;
  #html: DiagnoseHtml | undefined;

  constructor(kind: PanelKind) {
    this.#kind = kind;
  }

  /** The user closed it. */
  get onDidClose(): vscode.Event<void> {
    return this.#closed.event;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Whether it has the focus, or had it last. */
  get isActive(): boolean {
    return this.#panel?.active === true;
  }

  /** Opens it, or brings it to the front where it is. The editor keeps the focus. */
  reveal(): void {
    if (this.#panel === undefined) this.#panel = this.#open();
    else this.#panel.reveal(undefined, true);
  }

  /** Shows this where it is open. */
  draw(html: DiagnoseHtml): void {
    if (this.#panel === undefined || equal(html, this.#html)) return;
    this.#html = html;
    this.#send();
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#closed.dispose();
  }

  #open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      this.#kind.viewType,
      this.#kind.title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableCommandUris: diagnoseCommands, localResourceRoots: [], enableFindWidget: true },
    );
    const folder = extensionFolder();
    if (folder !== undefined) panel.iconPath = vscode.Uri.joinPath(folder, 'media', 'icon.png');
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (message === pageIsReady) this.#send();
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#html = undefined;
      this.#closed.fire();
    });
    panel.webview.html = diagnosePage(this.#kind.title, crypto.randomUUID().replaceAll('-', ''));
    return panel;
  }

  #send(): void {
    if (this.#html !== undefined) void this.#panel?.webview.postMessage(this.#html);
  }
}
