import * as vscode from 'vscode';

import { answerOf, reportOn } from '../core/clawql/hostReport.ts';
import type { EditorKind } from '../core/editor.ts';
import { clawqlTools, heldOf, type Proof } from '../core/mcp/proof.ts';
import type { Selection } from '../core/mcp/selection.ts';
import { atMost, delay, systemClock } from '../services/clock.ts';
import type { Disposable } from '../services/event.ts';
import type { LiveRegistration } from '../services/liveRegistration.ts';
import { errorText, type Log } from '../services/log.ts';
import type { ProjectionService } from '../services/projectionService.ts';
import type { SelectionService } from '../services/selectionService.ts';
import type { SnapshotSource } from '../services/snapshotStore.ts';
import type { ClientFiles, ServingFile } from './clientFiles.ts';
import type { ProviderRegistry } from './projections/providerRegistry.ts';
import { isFileServerRunning, restartFileServer, startFileServer, startLiveServer } from './serverStart.ts';

export interface ConnectionParts {
  readonly editor: EditorKind;
  readonly selection: SelectionService;
  readonly projections: ProjectionService;
  /** Absent in an editor that takes no servers from extensions. */
  readonly live: LiveRegistration | undefined;
  /** Present in VS Code. */
  readonly provider: ProviderRegistry | undefined;
  /** Absent in an editor whose own file is not known. */
  readonly clientFiles: ClientFiles | undefined;
  readonly snapshots: SnapshotSource;
  readonly log: Log;
}

/** Milliseconds for which VS Code may take a server up or let go of it before nothing is claimed of it, and between two looks. */
const startLimit = 10_000;
const startInterval = 200;
/** How often VS Code may take the server up for one choice, until it is said that it does not get through. */
const mostStarts = 3;

/** Carries the selection into this editor, and finds out whether the editor holds the server. */
export class Connection implements Disposable {
  readonly #parts: ConnectionParts;
  readonly #subscriptions: vscode.Disposable;
  readonly #ended = new AbortController();
  #reconciled: Promise<void>;
  /** The URL with which VS Code was last seen to start the server. */
  #startedUrl: string | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const nothing: Disposable = { dispose: () => undefined };
    this.#subscriptions = vscode.Disposable.from(
      parts.clientFiles?.onDidChange(() => void this.#inBackground(this.giveWay())) ?? nothing,
      parts.provider?.onDidStart(({ url }) => this.#noteStart(url)) ?? nothing,
      parts.selection.onDidChange((selection) => {
        this.#reconciled = this.#inBackground(this.#reconcile(selection));
      }),
    );
    this.#reconciled = this.#inBackground(this.#reconcile(parts.selection.current));
  }

  /** Makes the choice; resolves when every projection holds it and the editor was asked to take it up. */
  async connect(selection: Selection): Promise<Proof> {
    await this.#parts.selection.select(selection);
    await this.#reconciled;
    const { live, provider, log } = this.#parts;
    if (live?.registered !== undefined && provider !== undefined) {
      let starts = 0;
      const counter = provider.onDidStart(() => void (starts += 1));
      await this.#until(
        () => this.proof().kind === 'observed' || starts >= mostStarts,
        () => startLiveServer(log),
      );
      counter.dispose();
    }
    return this.proof();
  }

  /** Takes everything back; resolves with a sentence for each place where that failed. */
  async disconnect(): Promise<readonly string[]> {
    await this.#parts.selection.clear();
    await this.#reconciled;
    return this.#parts.projections.states.flatMap(({ title, state }) =>
      state.kind === 'failed' ? [`${title}: ${state.reason}`] : [],
    );
  }

  /** Starts the entry of a file, which from now on takes the place of the live registration. */
  async startFromFile(uri: vscode.Uri, folder: vscode.WorkspaceFolder, key: string): Promise<Proof> {
    const { selection, log } = this.#parts;
    const url = selection.current?.url;
    this.#startedUrl = undefined;
    const started = await this.#until(
      () => isFileServerRunning(uri, folder.index, key),
      () => startFileServer(log, folder.index, key),
    );
    if (started && url !== undefined) {
      this.#noteStart(url);
      await this.#until(() => heldTools().length > 0);
    }
    return this.proof();
  }

  /** What is known now of this editor's use of the selected server. */
  proof(): Proof {
    const { editor, selection, snapshots } = this.#parts;
    if (editor === 'cursor') {
      return { kind: 'unknown', settledBy: 'Cursor does not tell extensions: look at Settings > MCP there.' };
    }
    if (editor === 'other') {
      return { kind: 'unknown', settledBy: 'This editor does not tell extensions which MCP servers it uses.' };
    }
    const { current } = selection;
    const report = reportOn(current?.hostId, snapshots.current.hosts);
    const answer = report && answerOf(report);
    if (current === undefined) return { kind: 'unknown', settledBy: 'No server is selected.' };
    if (answer === undefined) {
      return { kind: 'unknown', settledBy: 'It has not answered yet: run ClawQL: Diagnose.' };
    }
    const held = heldOf(answer.tools, heldTools());
    if (held > 0 && this.#startedUrl === current.url) return { kind: 'observed', tools: held };
    const why = this.#whyNotSeen(current.url);
    return { kind: 'simulated', tools: answer.tools.length, why };
  }

  #whyNotSeen(url: string): string {
    if (this.#parts.live?.registered === undefined) {
      return 'VS Code starts it from mcp.json: press Start above the entry, or send a chat message.';
    }
    return this.#startedUrl === url
      ? 'VS Code has tried to start it and holds no tools of it: "MCP: List Servers", then "Show Output", says why.'
      : 'VS Code starts it with the next chat message.';
  }

  /** The live registration stands back where this editor's own file has the server: a server appears once. */
  async giveWay(): Promise<void> {
    const [file] = await this.#servingFiles();
    this.#parts.live?.standBack(
      file && `${vscode.workspace.asRelativePath(file.uri)} has the server "${file.entry.key}"`,
    );
  }

  dispose(): void {
    this.#ended.abort();
    this.#subscriptions.dispose();
  }

  async #reconcile(selection: Selection | undefined): Promise<void> {
    await this.#parts.projections.reconcile(selection);
    await this.giveWay();
    if (selection !== undefined) await this.#restartFileServers(selection.url);
  }

  /** A server that runs from a file keeps the host with which it was started. One that does not run is not started either. */
  async #restartFileServers(url: string): Promise<void> {
    if (this.#parts.editor !== 'vscode' || this.#startedUrl === url) return;
    for (const { uri, folder, entry } of await this.#servingFiles()) {
      if (!(await isFileServerRunning(uri, folder.index, entry.key))) continue;
      if (await restartFileServer(this.#parts.log, folder.index, entry.key)) this.#noteStart(url);
    }
  }

  /** A file that cannot be opened is told to the log: nobody waits for this who could be told. */
  #inBackground(task: Promise<void>): Promise<void> {
    return task.catch((error: unknown) => this.#parts.log.warn(`bringing this editor in line: ${errorText(error)}`));
  }

  async #servingFiles(): Promise<readonly ServingFile[]> {
    const { selection, clientFiles } = this.#parts;
    return selection.current === undefined ? [] : ((await clientFiles?.serving(selection.current.url)) ?? []);
  }

  #noteStart(url: string): void {
    this.#startedUrl = url;
    this.#parts.log.info(`VS Code takes ClawQL up at ${url}`);
  }

  /** Looks until the condition holds, trying again each time; false when it does not in time. */
  async #until(holds: () => boolean | Promise<boolean>, attempt?: () => Promise<unknown>): Promise<boolean> {
    const deadline = systemClock.now() + startLimit;
    while (!(await holds())) {
      if (systemClock.now() > deadline || this.#ended.signal.aborted) return false;
      // The editor's command may wait for its user, and this must not wait with it.
      if (attempt !== undefined) await atMost(systemClock, startLimit, attempt());
      await delay(systemClock, startInterval, this.#ended.signal);
    }
    return true;
  }
}

function heldTools(): readonly string[] {
  return clawqlTools(vscode.lm.tools.map((tool) => tool.name));
}
