import * as vscode from 'vscode';

import { lookUpInIndex } from '../../core/git/gitIndex.ts';
import type { Tracking } from '../../core/diagnostics/sourceDocument.ts';
import { bytesOf, repositoryOf, statOf } from './gitFolder.ts';

/** Bytes. An index of a million files is about that large. */
const largestIndex = 128 * 1024 * 1024;

/** What was found in an index, as long as the file is the same. */
interface KnownIndex {
  readonly mtime: number;
  readonly size: number;
  readonly answers: Map<string, Tracking>;
  readonly watcher: vscode.Disposable;
}

/**
 * Whether git tracks files, read from the repository's index through the editor's file system, so that it holds wherever the workspace
 * is. Git itself is not run. An ignored file is `untracked` here: both stay out of commits.
 */
export class TrackingReader implements vscode.Disposable {
  readonly #known = new Map<string, KnownIndex>();
  readonly #changed = new vscode.EventEmitter<void>();

  /** An index that was read has changed: `git add`, `git rm --cached`, a commit, another branch. */
  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  async trackingOf(file: vscode.Uri): Promise<Tracking> {
    // A file system that shows a commit or an archive has no .git folder, and yet nothing but tracked files.
    if (file.scheme !== 'file' && file.scheme !== 'vscode-remote') return 'unknown';
    const repository = await repositoryOf(file);
    if (repository === 'none') return 'untracked';
    if (repository === 'unknown') return 'unknown';
    const { top, gitFolder } = repository;
    const path = file.path.slice(top.path.endsWith('/') ? top.path.length : top.path.length + 1);
    return this.#lookUp(vscode.Uri.joinPath(gitFolder, 'index'), path);
  }

  dispose(): void {
    for (const { watcher } of this.#known.values()) watcher.dispose();
    this.#known.clear();
    this.#changed.dispose();
  }

  async #lookUp(index: vscode.Uri, path: string): Promise<Tracking> {
    const stat = await statOf(index);
    if (stat === 'missing') return 'untracked';
    if (stat === 'unreadable' || stat.size > largestIndex) return 'unknown';
    const { answers } = this.#remember(index, stat);
    const known = answers.get(path);
    if (known !== undefined) return known;
    const bytes = await bytesOf(index);
    if (bytes === undefined) return 'unknown';
    const answer = lookUpInIndex(bytes, path);
    answers.set(path, answer);
    return answer;
  }

  #remember(index: vscode.Uri, { mtime, size }: vscode.FileStat): KnownIndex {
    const key = index.toString();
    const known = this.#known.get(key);
    if (known?.mtime === mtime && known.size === size) return known;
    const fresh = { mtime, size, answers: new Map(), watcher: known?.watcher ?? this.#watch(index) };
    this.#known.set(key, fresh);
    return fresh;
  }

  #watch(index: vscode.Uri): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(index, '..'), 'index'),
    );
    const fire = (): void => this.#changed.fire();
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(fire),
      watcher.onDidCreate(fire),
      watcher.onDidDelete(fire),
    );
  }
}
