import * as vscode from 'vscode';

import { namesToLookUp } from '../../core/diagnostics/clawqlReference.ts';
import { readDocument } from '../../core/diagnostics/documentModel.ts';
import { lint } from '../../core/diagnostics/lint.ts';
import type { Problem } from '../../core/diagnostics/rule.ts';
import { documentKind } from '../../core/diagnostics/sourceDocument.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Clock } from '../../services/clock.ts';
import { errorText, type Log } from '../../services/log.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { diagnosticOf, diagnosticSource } from './diagnosticOf.ts';
import type { SpecFiles } from './specFiles.ts';
import { sameSurroundings, surroundingsOf, type Surroundings } from './surroundings.ts';
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
/** UTF-16 code units; a file beyond it is no configuration. Descriptions of whole clouds are larger, and only their root is read. */
const largestText = 2_000_000;
const largestSpec = 20_000_000;

/** What the last look at a document saw, and all that it depended on. */
interface Result {
  readonly version: number;
  readonly snapshot: Snapshot;
  readonly surroundings: Surroundings;
  readonly problems: readonly Problem[];
  readonly names: readonly string[];
}

/** Keeps the diagnostics of all open documents as the newest text and the newest snapshot want them. */
export class Linter implements vscode.Disposable {
  readonly #ports: LinterPorts;
  readonly #specs: SpecFiles;
  readonly #collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  readonly #tracking = new TrackingReader();
  readonly #results = new Map<vscode.TextDocument, Result>();
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
    const known = this.#results.get(document);
    return known === undefined ? [] : this.#look(document, known.surroundings).problems;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#results.clear();
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
      const surroundings = await surroundingsOf(document.uri, this.#tracking, this.#specs.fileAt(document.uri));
      const isOutdated = document.version !== version || this.#looks.get(document) !== look;
      if (this.#isDisposed || document.isClosed || isOutdated) return;
      const { problems, names } = this.#look(document, surroundings);
      this.#collection.set(
        document.uri,
        problems.map((problem) => diagnosticOf(document, problem)),
      );
      if (names.length > 0 && vscode.workspace.isTrusted) this.#ports.lookUp(names);
    } catch (error) {
      this.#ports.log.error(`diagnostics of ${document.uri.path}: ${errorText(error)}`);
    }
  }

  #look(document: vscode.TextDocument, surroundings: Surroundings): Result {
    const { version } = document;
    const snapshot = this.#ports.snapshots.current;
    const known = this.#results.get(document);
    const isSame = known?.version === version && sameForRules(known.snapshot, snapshot);
    if (isSame && sameSurroundings(known.surroundings, surroundings)) return known;
    const text = document.getText();
    const isTooLarge = text.length > (surroundings.spec === undefined ? largestText : largestSpec);
    const model = isTooLarge ? undefined : readDocument({ path: document.uri.path, text, ...surroundings });
    const problems = model === undefined ? [] : lint(model, snapshot);
    const names = model === undefined ? [] : namesToLookUp(model, snapshot);
    const result: Result = { version, snapshot, surroundings, problems, names };
    this.#results.set(document, result);
    return result;
  }

  /** Files and documents of the workspace, by their path; not what another extension only shows, such as an old version of one. */
  #isChecked({ uri }: vscode.TextDocument): boolean {
    if (documentKind(uri.path) === undefined && this.#specs.fileAt(uri) === undefined) return false;
    return (
      uri.scheme === 'file' || uri.scheme === 'vscode-remote' || vscode.workspace.getWorkspaceFolder(uri) !== undefined
    );
  }

  #forget(document: vscode.TextDocument): void {
    this.#waiting.delete(document);
    this.#results.delete(document);
    this.#looks.delete(document);
    this.#collection.delete(document.uri);
  }
}

/** Health changes with every probe and is in no rule. */
function sameForRules(one: Snapshot, other: Snapshot): boolean {
  const parts = ['tailnet', 'hosts', 'selection', 'lookups', 'otherSuffixes', 'settings', 'vantage'] as const;
  return parts.every((part) => one[part] === other[part]);
}
