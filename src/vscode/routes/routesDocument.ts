import * as vscode from 'vscode';

import { routesCommands, routesHtml, routesPage } from '../../core/views/routes/routesHtml.ts';
import type { RoutesReport } from '../../core/views/routes/routesReport.ts';
import { systemClock } from '../../services/clock.ts';
import { DocumentPanel } from '../documentPanel.ts';
import { timeText } from '../timeText.ts';
import { exportRoutes } from './exportRoutes.ts';
import { lookAtRoutes, type RoutesParts } from './lookAtRoutes.ts';

const underWay = 'Looking…';

/** What *ClawQL: Show Where execute Sends Traffic* shows. One look runs at a time: what begins ends what ran. */
export class RoutesDocument implements vscode.Disposable {
  readonly #parts: RoutesParts;
  readonly #panel = new DocumentPanel({ viewType: 'clawql.routes', page: routesPage, commands: routesCommands });
  readonly #closed: vscode.Disposable;
  #run: AbortController | undefined;
  /** The last one that came to its end. */
  #report: RoutesReport | undefined;

  constructor(parts: RoutesParts) {
    this.#parts = parts;
    this.#closed = this.#panel.onDidClose(() => {
      this.#run?.abort();
      this.#report = undefined;
    });
  }

  /** Shows what is known at once, and what was seen when the last place has answered. */
  async show(): Promise<void> {
    this.#panel.reveal();
    if (this.#report !== undefined) this.#draw(this.#report, underWay);
    await this.#look((report) => this.#draw(report, underWay));
  }

  /** Writes the report into files that the user picks; looks anew first. */
  async export(): Promise<void> {
    const report = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'ClawQL: looking where execute sends traffic…' },
      () => this.#look(),
    );
    if (report !== undefined) await exportRoutes(report);
  }

  dispose(): void {
    this.#run?.abort();
    this.#closed.dispose();
    this.#panel.dispose();
  }

  /** Undefined where another look began meanwhile, or the document was closed. */
  async #look(note?: (report: RoutesReport) => void): Promise<RoutesReport | undefined> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    const report = await lookAtRoutes(this.#parts, run.signal, note);
    if (report === undefined) return undefined;
    this.#report = report;
    this.#draw(report, `Seen at ${timeText(systemClock.now())}.`);
    return report;
  }

  #draw(report: RoutesReport, seen: string): void {
    if (this.#panel.isOpen) this.#panel.draw(routesHtml(report, seen));
  }
}
