import * as vscode from 'vscode';

import { readServers, type ConfigurationFile, type ConfigurationReport } from '../../core/mcp/configuration.ts';
import type { Variables } from '../../core/mcp/expansion.ts';
import { configurationReport, isTelling } from '../../core/views/configurations/configurationReport.ts';
import type { Later } from '../../services/later.ts';
import { errorText, type Log } from '../../services/log.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { existingPlaces, type ConfigurationPlace, type PlaceRoots } from './configurationPlaces.ts';
import type { FileParts } from './fileParts.ts';
import { patternOf } from './literalPattern.ts';

export interface DirectoryParts {
  readonly roots: PlaceRoots;
  readonly files: Later<FileParts>;
  readonly snapshots: SnapshotSource;
  readonly environment: Variables;
  readonly log: Log;
}

/** All MCP configuration files of the workspace and of the user, as far as they tell of ClawQL. Reads nothing before `look`. */
export class ConfigurationDirectory implements vscode.Disposable {
  readonly #parts: DirectoryParts;
  readonly #changed = new vscode.EventEmitter<void>();
  #files: readonly ConfigurationFile[] = [];
  #places: ReadonlyMap<string, ConfigurationPlace> = new Map();
  #watchers: readonly vscode.Disposable[] = [];
  #loaded: FileParts | undefined;
  #looking: Promise<void> | undefined;
  #isOutdated = false;
  #isDisposed = false;

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
  }

  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  /** The reports on what was read last, as the newest snapshot has them. */
  get reports(): readonly ConfigurationReport[] {
    const { snapshots, environment } = this.#parts;
    const isOurs = (uri: string, key: string): boolean => this.#loaded?.isOurs(uri, key) === true;
    const context = { snapshot: snapshots.current, environment, isOurs };
    return this.#files.map((file) => configurationReport(file, context)).filter(isTelling);
  }

  /** The place of a file that was found by the last look. */
  placeOf(uri: string): ConfigurationPlace | undefined {
    return this.#places.get(uri);
  }

  /** Looks for the files and reads them; a call during a look makes it look once more. */
  look(): Promise<void> {
    this.#isOutdated = true;
    this.#looking ??= this.#lookUntilFresh().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  dispose(): void {
    this.#isDisposed = true;
    vscode.Disposable.from(...this.#watchers).dispose();
    this.#changed.dispose();
  }

  async #lookUntilFresh(): Promise<void> {
    while (this.#isOutdated && !this.#isDisposed) {
      this.#isOutdated = false;
      try {
        this.#files = await this.#read();
      } catch (error) {
        this.#parts.log.warn(`looking for MCP configuration files: ${errorText(error)}`);
      }
    }
    if (this.#isDisposed) return;
    this.#watch();
    this.#changed.fire();
  }

  async #read(): Promise<readonly ConfigurationFile[]> {
    this.#loaded = await this.#parts.files.get();
    const files = this.#loaded?.files;
    if (files === undefined) return [];
    const places = await existingPlaces(this.#parts.roots);
    this.#places = new Map(places.map((place) => [place.uri.toString(), place]));
    const read = places.map(async ({ uri, label, dialect, reader }): Promise<readonly ConfigurationFile[]> => {
      const file = { uri: uri.toString(), label, dialect, reader };
      try {
        const text = await files.read(file.uri);
        return text === undefined ? [] : [{ ...file, reading: readServers(text, dialect) }];
      } catch (error) {
        return [{ ...file, reading: { kind: 'failed', reason: errorText(error) } }];
      }
    });
    return (await Promise.all(read)).flat();
  }

  /** Files that are there; one that comes is found by the next look. */
  #watch(): void {
    vscode.Disposable.from(...this.#watchers).dispose();
    const again = (): void => void this.look();
    this.#watchers = this.#files.map(({ uri }) => {
      const file = vscode.Uri.parse(uri, true);
      const watcher = vscode.workspace.createFileSystemWatcher(patternOf(file), true);
      return vscode.Disposable.from(watcher, watcher.onDidChange(again), watcher.onDidDelete(again));
    });
  }
}
