import * as vscode from 'vscode';

import type { Problem } from '../../core/diagnostics/rule.ts';
import { equal } from '../../core/equal.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { sameForRules, type DocumentState, type LintedDocument, type Look } from '../../services/lintedDocument.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
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
  /** Files that were opened, changed or deleted since the check began: what it read of them is old. */
  readonly #outdated = new Set<string>();
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
    this.#subscriptions?.dispose();
    this.#subscriptions = this.#follow(pattern);
  }

  /** Shows what the newest snapshot says of a file, and keeps it so. */
  show(file: ClosedFile): Look {
    const look = file.linted.look(file.state, this.#snapshots.current);
    const key = file.uri.toString();
    if (openDocument(file.uri) !== undefined || this.#outdated.has(key) || !this.#isNamedSo(file)) return look;
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

  #isNamedSo({ uri, state }: ClosedFile): boolean {
    return equal(this.#specs.fileAt(uri)?.use, state.surroundings.spec);
  }

  #follow(pattern: string): vscode.Disposable {
    const changes = vscode.workspace.createFileSystemWatcher(pattern, true, false, true);
    // Of a folder that is deleted the editor tells alone, not of what lay in it.
    const deletions = vscode.workspace.createFileSystemWatcher('**', true, true, false);
    const subscriptions = [
      changes,
      deletions,
      changes.onDidChange((uri) => this.#drop(uri)),
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

/** The document in which the editor has a file. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}
