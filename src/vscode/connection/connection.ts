import * as vscode from 'vscode';

import { answerOf, reportOn } from '../../core/clawql/hostReport.ts';
import type { EditorKind } from '../../core/editor.ts';
import { equal } from '../../core/equal.ts';
import { heldOf, type Proof } from '../../core/mcp/proof.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import type { Disposable } from '../../services/event.ts';
import type { Later } from '../../services/later.ts';
import type { LiveRegistration } from '../../services/projections/liveRegistration.ts';
import { errorText, type Log } from '../../services/log.ts';
import type { ProjectionService } from '../../services/projections/projectionService.ts';
import type { SelectionService } from '../../services/selectionService.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { ServingFile } from '../files/clientFiles.ts';
import type { ConfigurationPlace } from '../files/configurationPlaces.ts';
import { gradeOf } from './editorProof.ts';
import type { FileParts } from '../files/fileParts.ts';
import { FileServers, mostStarts, startLimit } from './fileServers.ts';
import { lookUntil } from '../lookUntil.ts';
import type { ProviderRegistry } from '../projections/providerRegistry.ts';
import type { ServerToken } from '../projections/serverToken.ts';
import { fileServer, heldTools, restartLiveServer, startLiveServer } from './serverStart.ts';

export interface ConnectionParts {
  readonly editor: EditorKind;
  readonly selection: SelectionService;
  readonly projections: ProjectionService;
  /** Absent in an editor that takes no servers from extensions. */
  readonly live: LiveRegistration | undefined;
  /** Present in VS Code. */
  readonly provider: ProviderRegistry | undefined;
  readonly token: ServerToken;
  readonly files: Later<FileParts>;
  /** Whether the extension runs on another machine than the editor's window. */
  readonly isRemote: boolean;
  readonly snapshots: SnapshotSource;
  readonly log: Log;
}

/** What became of having the editor take the server up anew. */
export type Reconnection =
  | { readonly kind: 'reconnected'; readonly proof: Proof }
  /** Nothing was done: the entry of this file is the editor's, and its user's to start; without one the editor holds no entry. */
  | { readonly kind: 'not-from-here'; readonly file?: string; readonly key?: string };

/** Carries the selection into this editor, and finds out whether the editor holds the server. */
export class Connection implements Disposable {
  readonly #parts: ConnectionParts;
  readonly #subscriptions: vscode.Disposable;
  readonly #ended = new AbortController();
  readonly #fileServers: FileServers;
  #reconciled: Promise<void>;
  #startedUrl: string | undefined;
  #serving: ServingFile | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#fileServers = new FileServers(parts.log, this.#ended.signal);
    const nothing: Disposable = { dispose: () => undefined };
    this.#subscriptions = vscode.Disposable.from(
      parts.provider?.onDidStart(({ url }) => this.#noteStart(url)) ?? nothing,
      parts.selection.onDidChange((selection) => {
        this.#reconciled = this.#inBackground(this.#reconcile(selection));
      }),
    );
    this.#reconciled = this.#inBackground(this.#reconcile(parts.selection.current));
    // The files are disposed of by their owner, and with them what hears of their changes.
    parts.files.whenLoaded(({ clientFiles }) => {
      clientFiles.onDidChange(() => void this.#inBackground(this.#giveWay()));
    });
  }

  /** Makes the choice; resolves when every projection holds it and the editor was asked to take it up. */
  async connect(selection: Selection): Promise<Proof> {
    const { live, provider, token, log } = this.#parts;
    // A token that was wrong is asked for again by choosing the server again.
    await token.forget();
    await this.#parts.selection.select(selection);
    await this.#reconciled;
    if (live?.registered !== undefined && provider !== undefined) {
      let starts = 0;
      const counter = provider.onDidStart(() => void (starts += 1));
      await lookUntil(() => this.proof().kind === 'observed' || starts >= mostStarts, {
        attempt: () => startLiveServer(log),
        limit: startLimit,
        signal: this.#ended.signal,
      });
      counter.dispose();
    }
    return this.#told();
  }

  /** Takes everything back; resolves with a sentence for each place where that failed. `placeOf` writes a file's URI as people read it. */
  async disconnect(placeOf: (uri: string) => string): Promise<readonly string[]> {
    await this.#parts.selection.clear();
    await this.#parts.token.forget();
    await this.#reconciled;
    return this.#parts.projections.states.flatMap(({ title, state }) =>
      state.flatMap((holding) => {
        if (holding.kind !== 'failed') return [];
        return [`${holding.at === undefined ? title : placeOf(holding.at)}: ${holding.reason}.`];
      }),
    );
  }

  /** Starts the entry of a file, which from now on takes the place of the live registration. */
  async startFromFile(place: ConfigurationPlace, key: string): Promise<Proof> {
    const url = this.#parts.selection.current?.url;
    this.#startedUrl = undefined;
    const started = await this.#fileServers.start(fileServer(place, key, this.#parts.isRemote));
    if (started && url !== undefined) this.#noteStart(url);
    return this.#told();
  }

  /** Has the editor end its session with the server and take it up anew; resolves with what is known then. */
  async reconnect(): Promise<Reconnection> {
    const isDone = await this.#renewed();
    const proof = this.#told();
    if (isDone) return { kind: 'reconnected', proof };
    const { place, entry } = this.#serving ?? {};
    return { kind: 'not-from-here', ...(place && entry && { file: place.label, key: entry.key }) };
  }

  async #renewed(): Promise<boolean> {
    const { editor, live, log, selection } = this.#parts;
    const { current } = selection;
    if (editor !== 'vscode') return live?.renew() ?? false;
    if (live?.registered !== undefined) {
      const isRestarted = await restartLiveServer(log);
      await lookUntil(() => this.proof().kind === 'observed', { limit: startLimit, signal: this.#ended.signal });
      return isRestarted;
    }
    this.#startedUrl = undefined;
    return current !== undefined && (await this.#restartFileServers(current.url));
  }

  /**
   * The server was restarted, and every session with it is dead. VS Code opens a new one by itself with its next call (1.105.1 and 1.139.1,
   * `test/tailnet/editor/restart.test.ts`), so nothing of it is cut off; but it keeps the list of tools, so it is started anew where they are
   * other ones. False where the editor cannot be reconnected from here without its user.
   */
  async followRestart(): Promise<boolean> {
    const { editor, snapshots, selection } = this.#parts;
    if (editor !== 'vscode') return false;
    const report = reportOn(selection.current?.hostId, snapshots.current.hosts);
    const answer = report && answerOf(report);
    const held = heldTools();
    const isOther = answer !== undefined && held.length > 0 && heldOf(answer.tools, held) < answer.tools.length;
    if (isOther && this.#startedUrl === selection.current?.url) await this.reconnect();
    return true;
  }

  /** What is known now of this editor's use of the selected server. */
  proof(): Proof {
    const { editor, selection, snapshots, live } = this.#parts;
    const snapshot = snapshots.current;
    const { current } = selection;
    const grade = gradeOf({
      editor,
      selection: current,
      snapshot,
      startedUrl: this.#startedUrl,
      serving: this.#serving,
      isRegistered: live?.registered !== undefined,
    });
    return { ...grade, vantage: snapshot.vantage, ...(current === undefined ? {} : { url: current.url }) };
  }

  /** Brings every projection in line once more: after something was written or taken back. */
  async settle(): Promise<void> {
    const { projections, selection } = this.#parts;
    await projections.reconcile({ window: selection.current, user: selection.userDefault });
    await this.#giveWay();
  }

  /** The same after a file of the user's own was written: those follow the user's last choice, so this window's becomes that. */
  async settleOwnFiles(): Promise<void> {
    const { current, userDefault } = this.#parts.selection;
    if (current !== undefined && !equal(current, userDefault)) await this.#parts.selection.select(current);
    await this.settle();
  }

  dispose(): void {
    this.#ended.abort();
    this.#subscriptions.dispose();
  }

  async #reconcile(selection: Selection | undefined): Promise<void> {
    // VS Code ends the server with the registration; a later choice is proved by a start of its own.
    if (selection === undefined) this.#startedUrl = undefined;
    await this.settle();
    if (selection !== undefined) await this.#restartFileServers(selection.url);
  }

  /** The live registration stands back where one of this editor's own files has the server: a server appears once. */
  async #giveWay(): Promise<void> {
    const [file] = await this.#servingFiles();
    const { live, projections } = this.#parts;
    const isRegistered = (): boolean => live?.registered !== undefined;
    const wasRegistered = isRegistered();
    this.#serving = file;
    live?.standBack(file && `${file.place.label} has the server "${file.entry.key}"`);
    // It holds the tools of the one that gives way a little longer: what is seen then is no proof of the file's.
    if (wasRegistered && !isRegistered()) this.#startedUrl = undefined;
    projections.noteChange();
  }

  /** A server that runs from a file keeps the host with which it was started. Whether one was started anew. */
  async #restartFileServers(url: string): Promise<boolean> {
    if (this.#parts.editor !== 'vscode' || this.#startedUrl === url) return false;
    let isRestarted = false;
    for (const { place, entry } of await this.#servingFiles()) {
      const server = fileServer(place, entry.key, this.#parts.isRemote);
      if (!(await this.#fileServers.restart(server))) continue;
      this.#noteStart(url);
      isRestarted = true;
    }
    return isRestarted;
  }

  async #servingFiles(): Promise<readonly ServingFile[]> {
    const { selection, files } = this.#parts;
    if (selection.current === undefined) return [];
    return (await files.get())?.clientFiles.serving(selection.current.url) ?? [];
  }

  /** A file that cannot be opened is told to the log: nobody waits for this who could be told. */
  #inBackground(task: Promise<void>): Promise<void> {
    return task.catch((error: unknown) => this.#parts.log.warn(`bringing this editor in line: ${errorText(error)}`));
  }

  #noteStart(url: string): void {
    this.#startedUrl = url;
    this.#parts.log.info(`VS Code takes ClawQL up at ${url}`);
  }

  /** The proof, of which those who show it are told: VS Code has no event for the tools that it holds. */
  #told(): Proof {
    this.#parts.projections.noteChange();
    return this.proof();
  }
}
