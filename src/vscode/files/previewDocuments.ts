import * as vscode from 'vscode';

const scheme = 'clawql-preview';

/** A file as it is and as it would be. */
export interface Preview {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly after: string;
}

/** Shows what a change of files would do, in the editor's own comparison, and closes it again. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens the comparison of all files; the result closes it. */
  async show(title: string, previews: readonly Preview[]): Promise<vscode.Disposable> {
    const pairs = previews.map(({ uri, after }) => {
      const changed = vscode.Uri.from({ scheme, path: uri.path, query: uri.toString() });
      this.#texts.set(changed.toString(), after);
      return { before: uri, changed };
    });
    const [only] = pairs;
    if (pairs.length === 1 && only !== undefined) {
      await vscode.commands.executeCommand('vscode.diff', only.before, only.changed, title);
    } else {
      const resources = pairs.map(({ before, changed }) => [before, before, changed]);
      await vscode.commands.executeCommand('vscode.changes', title, resources);
    }
    const changed = pairs.map((pair) => pair.changed);
    return new vscode.Disposable(() => void this.#close(title, changed));
  }

  dispose(): void {
    this.#registration.dispose();
    this.#texts.clear();
  }

  async #close(title: string, changed: readonly vscode.Uri[]): Promise<void> {
    const names = changed.map(String);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(({ input, label }) =>
        input instanceof vscode.TabInputTextDiff ? names.includes(input.modified.toString()) : label.startsWith(title),
      ),
    );
    for (const name of names) this.#texts.delete(name);
  }
}
