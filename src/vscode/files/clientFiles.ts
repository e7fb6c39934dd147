import * as vscode from 'vscode';

import { ownDialects } from '../../core/editor.ts';
import { parseMcp, type McpServer } from '../../core/mcp/mcpDocument.ts';
import { servingEntry } from '../../core/mcp/servingEntry.ts';
import type { Variables } from '../../core/mcp/expansion.ts';
import type { ReaderEnvironment } from '../../core/mcp/resolvedUrl.ts';
import type { TextFiles } from '../../services/entries/textFiles.ts';
import { definitePlaces, type ConfigurationPlace, type PlaceRoots } from './configurationPlaces.ts';
import { patternOf } from './literalPattern.ts';
import { watchFiles } from './watchFiles.ts';

/** An entry of one of this editor's own files that means the selected server. */
export interface ServingFile {
  readonly place: ConfigurationPlace;
  readonly entry: McpServer;
}

/** This editor's own MCP files, of the workspace and of the user: which of them already have the selected server. */
export class ClientFiles implements vscode.Disposable {
  readonly #roots: PlaceRoots;
  readonly #files: TextFiles;
  readonly #environment: Variables;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #watchers: readonly vscode.Disposable[] = [];

  constructor(roots: PlaceRoots, files: TextFiles, environment: Variables) {
    this.#roots = roots;
    this.#files = files;
    this.#environment = environment;
    this.#watch();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#watch();
        this.#changed.fire();
      }),
    );
  }

  /** One of the files came, went or was saved. */
  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  async serving(url: string): Promise<readonly ServingFile[]> {
    const found = this.#places().map(async (place) => {
      // One that cannot be read has no say.
      const text = await this.#files.read(place.uri.toString()).catch(() => undefined);
      const environment = this.#environmentOf(place);
      const entry = text === undefined ? undefined : servingEntry(parseMcp(text, place.dialect), url, environment);
      return entry === undefined ? [] : [{ place, entry }];
    });
    return (await Promise.all(found)).flat();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    vscode.Disposable.from(...this.#watchers).dispose();
  }

  #places(): readonly ConfigurationPlace[] {
    const own = ownDialects(this.#roots.editor);
    return definitePlaces(this.#roots).filter(({ dialect }) => own.includes(dialect.id));
  }

  /** What a remote machine has set is not known, so a variable there is taken for none; whether Cursor has it set is left open. */
  #environmentOf({ reader }: ConfigurationPlace): ReaderEnvironment {
    if (reader.kind === 'program') return undefined;
    return reader.kind === 'this-window' ? this.#environment : {};
  }

  #watch(): void {
    vscode.Disposable.from(...this.#watchers).dispose();
    const fire = (): void => this.#changed.fire();
    this.#watchers = this.#places().map(({ uri, folder, place }) => {
      // The editor watches its workspace already; a folder in it that is not there would be waited for.
      const pattern = folder === undefined ? patternOf(uri) : new vscode.RelativePattern(folder, place.path);
      return watchFiles(pattern, fire);
    });
  }
}
