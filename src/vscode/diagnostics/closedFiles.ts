import * as vscode from 'vscode';

import type { Problem } from '../../core/diagnostics/rule.ts';
import { equal } from '../../core/equal.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import {
  sameForRules,
  type DocumentState,
  type LintedDocument,
  type Look,
} from '../../services/linter/lintedDocument.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { statOf } from '../files/fileTree.ts';
import { openDocument } from '../files/openDocument.ts';
import { diagnosticOf } from './diagnosticOf.ts';
import type { SpecFiles } from './specFiles.ts';
import { textPositions } from './textPositions.ts';

type Specs = Pick<SpecFiles, 'fileAt' | 'onDidChange'>;

/** A file as it was read while nothing had it open. */
export interface ClosedFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly state: DocumentState;
  readonly linted: LintedDocument;
  readonly stamp: string;
}

/** Tells one state of a file from the next. */
export function stampOf({ mtime, size }: vscode.FileStat): string {
  return `${mtime} ${size}`;
}

/**
 * The diagnostics of files that are not open, as they were read by the last check and as the newest snapshot wants them. A file's go as soon
 * as it is opened, changed or deleted, and an API description's also when a `.env` names it otherwise: of open ones the linter tells.
 */
export class ClosedFiles implements vscode.Disposable {
  readonly #snapshots: SnapshotSource;
  readonly #specs: Specs;
  readonly #collection = vscode.languages.createDiagnosticCollection('clawql-workspace');
  readonly #files = new Map<string, ClosedFile>();
  /** Files that were opened or deleted since the check began: what it read of them is old. */
  readonly #outdated = new Set<string>();
  /** The stamps of files of which the editor told since then, be it of what was before. */
  readonly #stamps = new Map<string, string>();
  #seen: Snapshot;
  #subscriptions: vscode.Disposable | undefined;

  constructor(snapshots: SnapshotSource, specs: Specs) {
    this.#snapshots = snapshots;
    this.#specs = specs;
    this.#seen = snapshots.current;
  }

  /** Forgets what the last check found, and follows the files of a pattern from now on: the next one begins. */
  begin(pattern: string): void {
    this.#files.clear();
    this.#collection.clear();
    this.#outdated.clear();
    this.#stamps.clear();
    this.#subscriptions?.dispose();
    this.#subscriptions = this.#follow(pattern);
  }

  /** Shows what the newest snapshot says of a file, and keeps it so. */
  show(file: ClosedFile): Look {
    const look = file.linted.look(file.state, this.#snapshots.current);
    const key = file.uri.toString();
    if (openDocument(file.uri) !== undefined || this.#isOutdated(file)) return look;
    this.#files.set(key, file);
    this.#publish(file, look.problems);
    return look;
  }

  dispose(): void {
    this.#subscriptions?.dispose();
    this.#files.clear();
    this.#collection.dispose();
  }

  #publish({ uri, text }: ClosedFile, problems: readonly Problem[]): void {
    const positions = textPositions(text);
    this.#collection.set(
      uri,
      problems.map((problem) => diagnosticOf(positions, problem)),
    );
  }

  #drop(uri: vscode.Uri): void {
    this.#outdated.add(uri.toString());
    if (this.#files.delete(uri.toString())) this.#collection.delete(uri);
  }

  #isOutdated(file: ClosedFile): boolean {
    const key = file.uri.toString();
    const isSame = (this.#stamps.get(key) ?? file.stamp) === file.stamp;
    return this.#outdated.has(key) || !isSame || !this.#isNamedSo(file);
  }

  /** The editor tells late of a change, and of one to a new file, or by a program that puts another file there, as of a new file. */
  async #look(uri: vscode.Uri): Promise<void> {
    const stat = await statOf(uri);
    if (typeof stat === 'string') {
      this.#drop(uri);
      return;
    }
    const key = uri.toString();
    this.#stamps.set(key, stampOf(stat));
    const file = this.#files.get(key);
    if (file !== undefined && this.#isOutdated(file)) this.#drop(uri);
  }

  #isNamedSo({ uri, state }: ClosedFile): boolean {
    return equal(this.#specs.fileAt(uri)?.use, state.surroundings.spec);
  }

  #follow(pattern: string): vscode.Disposable {
    const changes = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
    // Of a folder that is deleted the editor tells alone, not of what lay in it.
    const deletions = vscode.workspace.createFileSystemWatcher('**', true, true, false);
    const subscriptions = [
      changes,
      deletions,
      changes.onDidCreate((uri) => void this.#look(uri)),
      changes.onDidChange((uri) => void this.#look(uri)),
      deletions.onDidDelete((uri) => this.#dropAt(uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#drop(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#dropOutside()),
      this.#specs.onDidChange(() => {
        for (const file of this.#files.values()) if (!this.#isNamedSo(file)) this.#drop(file.uri);
      }),
    ];
    const snapshots = this.#snapshots.onDidChange((snapshot) => this.#lint(snapshot));
    return vscode.Disposable.from(...subscriptions, snapshots);
  }

  #lint(snapshot: Snapshot): void {
    if (sameForRules(this.#seen, snapshot)) return;
    this.#seen = snapshot;
    for (const file of this.#files.values()) this.#publish(file, file.linted.look(file.state, snapshot).problems);
  }

  #dropAt(deleted: vscode.Uri): void {
    const { path } = deleted;
    this.#drop(deleted);
    for (const { uri } of this.#files.values()) if (uri.path.startsWith(`${path}/`)) this.#drop(uri);
  }

  #dropOutside(): void {
    for (const { uri } of this.#files.values())
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined) this.#drop(uri);
  }
}
