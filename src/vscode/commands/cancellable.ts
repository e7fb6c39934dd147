import * as vscode from 'vscode';

export type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/**
 * Runs a task behind a notification with a button that stops it. `title` is escaped. What the task does when it is stopped, by the user or
 * by itself, is its own.
 */
export async function cancellable<T>(
  title: string,
  task: (signal: AbortSignal, progress: Progress, stop: () => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const subscription = token.onCancellationRequested(() => stop.abort());
      try {
        return await task(stop.signal, progress, () => stop.abort());
      } finally {
        subscription.dispose();
      }
    },
  );
}
