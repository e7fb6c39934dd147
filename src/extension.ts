import type { ExtensionContext } from 'vscode';

import { startApp, type App } from './app.ts';

/** The two ends of the extension's life, and what runs between them. */
function life() {
  let app: App | undefined;
  /** Synchronous on purpose: what the editor asks for at once is there when this returns; everything that waits comes later. */
  const activate = (context: ExtensionContext): void => {
    app = startApp(context);
    context.subscriptions.push(app);
  };
  /** The editor waits for this before it ends the process: servers are told that nobody needs their sessions any more. */
  const deactivate = async (): Promise<void> => {
    await app?.end();
  };
  return { activate, deactivate };
}

export const { activate, deactivate } = life();
