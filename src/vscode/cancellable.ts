import * as vscode from 'vscode';

import { atMost, systemClock } from '../services/clock.ts';

/** A step of a task, and by how many of 100 it came forward. */
interface Step {
  readonly message?: string;
  readonly increment?: number;
}

export type Progress = vscode.Progress<Step>;

/**
 * Milliseconds in which a task may end without a notification of its own. One that comes and goes at once can be neither read nor used,
 * and VS Code shows only three notifications within 0.8 s: what follows, such as the question that the task leads to, would stand behind
 * the bell alone (`notificationsToasts.ts`, `SPAM_PROTECTION`).
 */
const quiet = 400;

/**
 * Runs a task behind a notification with a button that stops it. `title` is escaped. What the task does when it is stopped, by the user or
 * by itself, is its own.
 */
export async function cancellable<T>(
  title: string,
  task: (signal: AbortSignal, progress: Progress, stop: () => void) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const steps = new Steps();
  const work = task(stop.signal, steps, () => stop.abort());
  if (await atMost(systemClock, quiet, work)) return work;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (notification, token) => {
      const subscription = token.onCancellationRequested(() => stop.abort());
      steps.showIn(notification);
      try {
        return await work;
      } finally {
        subscription.dispose();
      }
    },
  );
}

/** Keeps how far a task is until there is something that shows it. */
class Steps implements Progress {
  #shown: Progress | undefined;
  #early: Step = {};

  report(step: Step): void {
    if (this.#shown !== undefined) this.#shown.report(step);
    else this.#early = { ...this.#early, ...step, increment: (this.#early.increment ?? 0) + (step.increment ?? 0) };
  }

  showIn(shown: Progress): void {
    this.#shown = shown;
    shown.report(this.#early);
  }
}
