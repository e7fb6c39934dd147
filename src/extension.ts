import type { ExtensionContext } from 'vscode';

import { startApp } from './app.ts';

/** Synchronous on purpose: what the editor asks for at once is there when this returns; everything that waits comes later. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push(startApp(context));
}
