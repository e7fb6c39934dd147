import * as vscode from 'vscode';

import type { Diagnosis } from '../../core/diagnosis/diagnosis.ts';
import type { Step } from '../../core/diagnosis/steps/step.ts';
import { describeState } from '../../core/mcp/holding.ts';
import { diagnoseHtml } from '../../core/views/diagnose/diagnoseHtml.ts';
import { diagnoseReport } from '../../core/views/diagnose/diagnoseReport.ts';
import { diagnoseView, triableTools, type DiagnoseInput } from '../../core/views/diagnose/diagnoseView.ts';
import type { Later } from '../../services/later.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import { placeText, type PlaceRoots } from '../files/configurationPlaces.ts';
import { timeText } from '../timeText.ts';
import { ContextValue } from '../views/contextValue.ts';
import { aboutHere } from '../aboutHere.ts';
import { DocumentPanel } from '../documentPanel.ts';
import { diagnosePanel } from './diagnosePanel.ts';
import { writeClipboard } from './writeClipboard.ts';
import { walkToServer, type WalkParts } from './walkToServer.ts';
import { tryExecute, trySearch } from './tryTools.ts';

export interface DiagnoseParts extends WalkParts {
  readonly services: Later<TailnetServices>;
  readonly roots: PlaceRoots;
}

/** What *ClawQL: Diagnose* shows, and what can be done with it. One thing runs at a time: what begins ends what ran. */
export class DiagnoseDocument implements vscode.Disposable {
  readonly #parts: DiagnoseParts;
  readonly #panel = new DocumentPanel(diagnosePanel('clawql.diagnose', 'ClawQL: Diagnose'));
  /** `running`, `answered` or `idle`: which of the commands there is something for. */
  readonly #standing = new ContextValue('clawql.diagnose');
  readonly #subscriptions: vscode.Disposable;
  #run: AbortController | undefined;
  #diagnosis: Diagnosis | undefined;
  #tried: readonly Step[] = [];

  constructor(parts: DiagnoseParts) {
    this.#parts = parts;
    const draw = (): void => this.#draw();
    this.#subscriptions = vscode.Disposable.from(
      this.#panel,
      this.#panel.onDidClose(() => this.#forget()),
      parts.snapshots.onDidChange(draw),
      parts.projections.onDidChange(draw),
    );
  }

  /** Walks to the selected server, and shows each step. Resolves at the end of the walk, or once another one has begun. */
  async run(): Promise<void> {
    this.#diagnosis = undefined;
    this.#tried = [];
    await this.#while(async (services, signal) => {
      const note = (diagnosis: Diagnosis): void => {
        if (!this.#isCurrent(signal)) return;
        this.#diagnosis = diagnosis;
        this.#draw();
      };
      await walkToServer(services, this.#parts, { signal, note });
    });
  }

  /** Ends what runs; what is known by then stays. */
  cancel(): void {
    this.#run?.abort();
  }

  /** Whether it has the focus, or had it last. */
  get isActive(): boolean {
    return this.#panel.isActive;
  }

  /** Puts the report into the clipboard; walks first where nothing is known yet. */
  async copyReport(): Promise<void> {
    const { selection, trusted } = this.#parts.snapshots.current;
    const isUnknown = this.#run === undefined && this.#known() === undefined;
    if (isUnknown && selection !== undefined && trusted) await this.run();
    await writeClipboard(diagnoseReport(this.#input(universalTime)), [this]);
    void vscode.window.showInformationMessage(
      'Copied the report. It holds no token and no login page, but names of your hosts: look through it before you hand it on.',
    );
  }

  trySearch(): Promise<void> {
    return this.#try('search', (services, signal) => trySearch(services, signal));
  }

  tryExecute(): Promise<void> {
    const label = this.#parts.snapshots.current.selection?.label ?? '';
    return this.#try('execute', (services, signal) => tryExecute(services, label, signal));
  }

  dispose(): void {
    this.#forget();
    this.#subscriptions.dispose();
  }

  /** Adds a step, under way at first. Where the server was not seen to answer, it is walked to instead. */
  async #try(
    title: string,
    attempt: (services: TailnetServices, signal: AbortSignal) => Promise<Step | undefined>,
  ): Promise<void> {
    const diagnosis = this.#known();
    if (!triableTools(diagnosis).includes(title)) return this.run();
    this.#diagnosis = diagnosis;
    const before = this.#tried.filter(({ state }) => state !== 'running');
    this.#tried = [...before, { title, state: 'running', seen: '' }];
    await this.#while(async (services, signal) => {
      const step = await attempt(services, signal);
      if (!this.#isCurrent(signal)) return;
      const cancelled: Step = { title, state: 'skipped', seen: 'cancelled' };
      this.#tried = [...before, ...(signal.aborted ? [cancelled] : step === undefined ? [] : [step])];
    });
  }

  /** Ends what runs, shows the document, and does this instead. */
  async #while(task: (services: TailnetServices, signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.#panel.reveal();
    this.#draw();
    try {
      const services = await this.#parts.services.get();
      if (services !== undefined && this.#isCurrent(run.signal)) await task(services, run.signal);
    } finally {
      if (this.#run === run) {
        this.#run = undefined;
        this.#draw();
      }
    }
  }

  #isCurrent(signal: AbortSignal): boolean {
    return this.#run?.signal === signal;
  }

  /** The newest walk to what is selected now. */
  #known(): Diagnosis | undefined {
    const { selection, diagnosis, trusted } = this.#parts.snapshots.current;
    if (!trusted || selection === undefined) return undefined;
    if (this.#diagnosis?.evidence.selection.hostId === selection.hostId) return this.#diagnosis;
    return this.#run === undefined ? diagnosis : undefined;
  }

  #input(timeOf: DiagnoseInput['timeOf']): DiagnoseInput {
    const { snapshots, connection, projections, roots, editorName } = this.#parts;
    const snapshot = snapshots.current;
    const diagnosis = this.#known();
    const placeOf = (uri: string): string => placeText(uri, roots);
    return {
      snapshot,
      diagnosis,
      isRunning: this.#run !== undefined && snapshot.trusted && snapshot.selection !== undefined,
      tried: diagnosis === this.#diagnosis ? this.#tried : [],
      proof: connection.proof(),
      projections: projections.states.map(({ title, state }) => ({ title, state: describeState(state, placeOf) })),
      editorName,
      about: aboutHere(editorName),
      timeOf,
    };
  }

  #draw(): void {
    const input = this.#input(timeText);
    const { isOpen } = this.#panel;
    const canTry = isOpen && triableTools(input.diagnosis).includes('search');
    this.#standing.set(input.isRunning ? 'running' : canTry ? 'answered' : 'idle');
    if (isOpen) this.#panel.draw(diagnoseHtml(diagnoseView(input)));
  }

  #forget(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#diagnosis = undefined;
    this.#tried = [];
    this.#standing.set('idle');
  }
}

/** The same for every reader, whatever their clock: `2026-11-22 04:02:31 UTC`. */
function universalTime(at: number): string {
  return new Date(at).toISOString().replace(/^(.+)T(.+)\.\d+Z$/, '$1 $2 UTC');
}
