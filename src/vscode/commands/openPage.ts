import * as vscode from 'vscode';

import { pages } from '../../core/diagnosis/verdicts/actions.ts';

/** Opens one of the pages that the extension knows in the browser, by its name there. */
export async function openPage(name: unknown): Promise<void> {
  const [, page] = Object.entries(pages).find(([one]) => one === name) ?? [];
  if (page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page.url, true));
}
