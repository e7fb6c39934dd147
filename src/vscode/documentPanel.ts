import * as vscode from 'vscode';

import { equal } from '../core/equal.ts';
import { documentPage, type PageKind } from '../core/views/page/documentPage.ts';
import { pageIsReady } from '../core/views/page/documentPageScript.ts';
import { extensionFolder } from './aboutHere.ts';

/** One of the extension's documents. */
export interface PanelKind {
  /** By which `package.json` knows it. */
  readonly viewType: string;
  readonly page: PageKind;
  /** All commands that a link in it can run: the editor lets it run no other. */
  readonly commands: readonly string[];
}

/** What each part of the page holds, as HTML. */
type PageHtml = Readonly<Record<string, string>>;

/**
 * One of the extension's documents beside the editor, at most one of its kind. The page forgets what it shows when it is hidden, and asks for it when
 * it is seen again.
 */
export class DocumentPanel implements vscode.Disposable {
  readonly #kind: PanelKind;
  readonly #closed = new vscode.EventEmitter<void>();
  #panel: vscode.WebviewPanel | undefined;
  #html: PageHtml | undefined;

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
  draw(html: PageHtml): void {
    if (this.#panel === undefined || equal(html, this.#html)) return;
    this.#html = html;
    this.#send();
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#closed.dispose();
  }

  #open(): vscode.WebviewPanel {
    const { viewType, page, commands } = this.#kind;
    const panel = vscode.window.createWebviewPanel(
      viewType,
      page.title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableCommandUris: commands, localResourceRoots: [], enableFindWidget: true },
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
    panel.webview.html = documentPage(page, crypto.randomUUID().replaceAll('-', ''));
    return panel;
  }

  #send(): void {
    if (this.#html !== undefined) void this.#panel?.webview.postMessage(this.#html);
  }
}
