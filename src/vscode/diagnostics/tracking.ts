import * as vscode from 'vscode';

import { lookUpInIndex } from '../../core/git/gitIndex.ts';
import type { Tracking } from '../../core/diagnostics/sourceDocument.ts';
import { statOf } from '../files/fileTree.ts';
import { patternOf } from '../files/literalPattern.ts';
import { watchFiles } from '../files/watchFiles.ts';
import { bytesOf, repositoryOf, type Repository } from './gitFolder.ts';
import { IgnoreFiles } from './ignoreFiles.ts';

/** Bytes. An index of a million files is about that large. */
const largestIndex = 128 * 1024 * 1024;

/** What was found in an index, as long as the file is the same. */
interface KnownIndex {
  readonly mtime: number;
  readonly size: number;
  readonly answers: Map<string, Tracking>;
  /** The index itself, kept by a reader that is soon done with. */
  bytes?: Promise<Uint8Array | undefined>;
}

export interface TrackingOptions {
  /** Tells of changes as long as it lives. Without it an index is kept in memory between two questions, for a reader of many files. */
  readonly watches: boolean;
}

/**
 * Whether git tracks or ignores files, read from the repository's index, its `.gitignore` files and its `info/exclude` through the
 * editor's file system, so that it holds wherever the workspace is. Git itself is not run, and none of its configuration is read: what
 * only the user's `core.excludesFile` ignores stays `untracked`, which is the careful side.
 */
export class TrackingReader implements vscode.Disposable {
  readonly #known = new Map<string, KnownIndex>();
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #ignoreFiles = new IgnoreFiles((file) => this.#watch(file));
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #watches: boolean;
  #isDisposed = false;

  constructor({ watches }: TrackingOptions = { watches: true }) {
    this.#watches = watches;
  }

  /** An index that was read has changed (`git add`, `git rm --cached`, a commit, another branch), or a file that says what is ignored. */
  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  async trackingOf(file: vscode.Uri): Promise<Tracking> {
    // A file system that shows a commit or an archive has no .git folder, and yet nothing but tracked files.
    if (file.scheme !== 'file' && file.scheme !== 'vscode-remote') return 'unknown';
    const repository = await repositoryOf(file);
    if (repository === 'none') return 'untracked';
    if (repository === 'unknown') return 'unknown';
    const path = pathIn(repository, file);
    const tracking = await this.#lookUp(vscode.Uri.joinPath(repository.gitFolder, 'index'), path);
    if (tracking !== 'untracked') return tracking;
    return (await this.#ignoreFiles.ignores(repository, path)) ? 'ignored' : 'untracked';
  }

  /** Whether git ignores a folder, or one round it. */
  async ignoresFolder(folder: vscode.Uri): Promise<boolean> {
    if (folder.scheme !== 'file' && folder.scheme !== 'vscode-remote') return false;
    const repository = await repositoryOf(folder);
    if (typeof repository === 'string') return false;
    const path = pathIn(repository, folder);
    return path !== '' && this.#ignoreFiles.ignores(repository, `${path}/`);
  }

  dispose(): void {
    this.#isDisposed = true;
    vscode.Disposable.from(...this.#watchers.values()).dispose();
    this.#watchers.clear();
    this.#known.clear();
    this.#changed.dispose();
  }

  async #lookUp(index: vscode.Uri, path: string): Promise<Tracking> {
    const stat = await statOf(index);
    if (stat === 'missing') return 'untracked';
    if (stat === 'unreadable' || stat.size > largestIndex) return 'unknown';
    const found = this.#remember(index, stat);
    const { answers } = found;
    const known = answers.get(path);
    if (known !== undefined) return known;
    const bytes = await (this.#watches ? bytesOf(index) : (found.bytes ??= bytesOf(index)));
    if (bytes === undefined) return 'unknown';
    const answer = lookUpInIndex(bytes, path);
    answers.set(path, answer);
    return answer;
  }

  #remember(index: vscode.Uri, { mtime, size }: vscode.FileStat): KnownIndex {
    const key = index.toString();
    const known = this.#known.get(key);
    if (known?.mtime === mtime && known.size === size) return known;
    this.#watch(index);
    const fresh = { mtime, size, answers: new Map() };
    this.#known.set(key, fresh);
    return fresh;
  }

  /** Once, as often as it is called. A look that ends after `dispose` leaves nothing behind. */
  #watch(file: vscode.Uri): void {
    const key = file.toString();
    if (!this.#watches || this.#isDisposed || this.#watchers.has(key)) return;
    this.#watchers.set(
      key,
      watchFiles(patternOf(file), () => this.#changed.fire()),
    );
  }
}

/** Relative to the repository's top, with `/`. */
function pathIn({ top }: Repository, uri: vscode.Uri): string {
  return uri.path.slice(top.path.endsWith('/') ? top.path.length : top.path.length + 1);
}
