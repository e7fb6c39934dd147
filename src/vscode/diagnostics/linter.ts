import * as vscode from 'vscode';

import type { DocumentModel } from '../../core/diagnostics/documentModel.ts';
import type { Problem } from '../../core/diagnostics/rule.ts';
import { documentKind } from '../../core/diagnostics/sourceDocument.ts';
import type { Clock } from '../../services/clock.ts';
import { LintedDocument, type DocumentState, type Surroundings } from '../../services/linter/lintedDocument.ts';
import { errorText, type Log } from '../../services/log.ts';
import { SharedKnown } from '../../services/linter/sharedKnown.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { diagnosticOf, diagnosticSource } from './diagnosticOf.ts';
import type { SpecFiles } from './specFiles.ts';
import { surroundingsOf } from './surroundings.ts';
import { TrackingReader } from './tracking.ts';

export interface LinterPorts {
  readonly snapshots: SnapshotSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the system's resolver for names; its answers arrive in a snapshot. Called with names of ClawQL's URLs, in trusted workspaces only. */
  readonly lookUp: (names: readonly string[]) => void;
}

/** Milliseconds between the first change and the look at it; further changes meanwhile are seen by the same look. */
const debounce = 150;

/** Keeps the diagnostics of all open documents as the newest text and the newest snapshot want them. */
export class Linter implements vscode.Disposable {
  readonly #ports: LinterPorts;
  readonly #specs: SpecFiles;
  readonly #collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  readonly #tracking = new TrackingReader();
  readonly #shared = new SharedKnown();
  readonly #documents = new Map<vscode.TextDocument, LintedDocument>();
  /** The number of looks at each document: only the last one may publish. */
  readonly #looks = new Map<vscode.TextDocument, number>();
  readonly #waiting = new Set<vscode.TextDocument>();
  readonly #subscriptions: { dispose(): unknown }[] = [this.#collection, this.#tracking];
  #timer: { dispose(): void } | undefined;
  #isDisposed = false;

  constructor(ports: LinterPorts, specs: SpecFiles) {
    this.#ports = ports;
    this.#specs = specs;
  }

  start(): void {
    const all = (): void => this.#schedule(vscode.workspace.textDocuments);
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.#schedule([document])),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#schedule([document])),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(all),
      vscode.workspace.onDidGrantWorkspaceTrust(all),
      this.#ports.snapshots.onDidChange(all),
      this.#tracking.onDidChange(all),
      this.#specs.onDidChange(() => {
        for (const document of this.#looks.keys()) if (!this.#isChecked(document)) this.#forget(document);
        all();
      }),
    );
    all();
  }

  /** The problems of a document as it is now; none before it was looked at once. */
  problemsOf(document: vscode.TextDocument): readonly Problem[] {
    const linted = this.#documents.get(document);
    if (linted?.surroundings === undefined) return [];
    return linted.look(stateOf(document, linted.surroundings), this.#ports.snapshots.current).problems;
  }

  /** What a document says as it is now, also before its first look; undefined for one that is not checked. */
  async read(document: vscode.TextDocument): Promise<DocumentModel | undefined> {
    if (!this.#isChecked(document)) return undefined;
    const surroundings = this.#documents.get(document)?.surroundings ?? (await this.#surroundingsOf(document));
    if (this.#isDisposed || document.isClosed) return undefined;
    return this.#lintedOf(document).modelOf(stateOf(document, surroundings));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#documents.clear();
  }

  #schedule(documents: readonly vscode.TextDocument[]): void {
    for (const document of documents) if (this.#isChecked(document)) this.#waiting.add(document);
    if (this.#waiting.size === 0 || this.#isDisposed) return;
    this.#timer ??= this.#ports.clock.after(debounce, () => {
      this.#timer = undefined;
      const due = [...this.#waiting];
      this.#waiting.clear();
      for (const document of due) void this.#check(document);
    });
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const look = (this.#looks.get(document) ?? 0) + 1;
    this.#looks.set(document, look);
    try {
      const surroundings = await this.#surroundingsOf(document);
      const isOutdated = document.version !== version || this.#looks.get(document) !== look;
      if (this.#isDisposed || document.isClosed || isOutdated) return;
      const state = stateOf(document, surroundings);
      const { problems, names } = this.#lintedOf(document).look(state, this.#ports.snapshots.current);
      this.#collection.set(
        document.uri,
        problems.map((problem) => diagnosticOf(document, problem)),
      );
      if (names.length > 0 && vscode.workspace.isTrusted) this.#ports.lookUp(names);
    } catch (error) {
      this.#ports.log.error(`diagnostics of ${document.uri.path}: ${errorText(error)}`);
    }
  }

  #surroundingsOf({ uri }: vscode.TextDocument): Promise<Surroundings> {
    return surroundingsOf(uri, this.#tracking, this.#specs.fileAt(uri));
  }

  /** Files and documents of the workspace, by their path; not what another extension only shows, such as an old version of one. */
  #isChecked({ uri }: vscode.TextDocument): boolean {
    if (documentKind(uri.path) === undefined && this.#specs.fileAt(uri) === undefined) return false;
    return (
      uri.scheme === 'file' || uri.scheme === 'vscode-remote' || vscode.workspace.getWorkspaceFolder(uri) !== undefined
    );
  }

  #lintedOf(document: vscode.TextDocument): LintedDocument {
    const linted = this.#documents.get(document) ?? new LintedDocument(this.#shared);
    this.#documents.set(document, linted);
    return linted;
  }

  #forget(document: vscode.TextDocument): void {
    this.#waiting.delete(document);
    this.#documents.delete(document);
    this.#looks.delete(document);
    this.#collection.delete(document.uri);
  }
}

function stateOf(document: vscode.TextDocument, surroundings: Surroundings): DocumentState {
  return { path: document.uri.path, version: document.version, surroundings, readText: () => document.getText() };
}
