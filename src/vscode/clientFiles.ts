import * as vscode from 'vscode';

import type { Dialect } from '../core/mcp/dialect.ts';
import { parseMcp, type McpServer } from '../core/mcp/mcpDocument.ts';
import { servingEntry, type ReaderEnvironment } from '../core/mcp/servingEntry.ts';
import type { TextFiles } from '../services/textFiles.ts';

/** An entry of this editor's own file that means the selected server. */
export interface ServingFile {
  readonly folder: vscode.WorkspaceFolder;
  readonly uri: vscode.Uri;
  readonly entry: McpServer;
}

/** This editor's own MCP file in each workspace folder: which of them already have the selected server. */
export class ClientFiles implements vscode.Disposable {
  readonly #dialect: Dialect;
  readonly #files: TextFiles;
  readonly #environment: ReaderEnvironment;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  constructor(dialect: Dialect, files: TextFiles, environment: ReaderEnvironment) {
    this.#dialect = dialect;
    this.#files = files;
    this.#environment = environment;
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${dialect.file}`);
    const fire = (): void => this.#changed.fire();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidChange(fire),
      watcher.onDidCreate(fire),
      watcher.onDidDelete(fire),
      vscode.workspace.onDidChangeWorkspaceFolders(fire),
    );
  }

  /** One of the files came, went or was saved. */
  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  async serving(url: string): Promise<readonly ServingFile[]> {
    const found = (vscode.workspace.workspaceFolders ?? []).map(async (folder) => {
      const uri = vscode.Uri.joinPath(folder.uri, this.#dialect.file);
      const text = await this.#files.read(uri.toString());
      const entry =
        text === undefined ? undefined : servingEntry(parseMcp(text, this.#dialect), url, this.#environment);
      return entry === undefined ? [] : [{ folder, uri, entry }];
    });
    return (await Promise.all(found)).flat();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
