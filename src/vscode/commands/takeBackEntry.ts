import * as vscode from 'vscode';

import { describeHolding } from '../../core/mcp/holding.ts';
import { escapeLinks } from '../../core/views/escape.ts';
import type { FileEntries } from '../../services/entries/fileEntries.ts';
import type { AlignRequest } from './bringInLine.ts';

/** *Take It Back*: takes one written entry out of its file, as *Disconnect* does with all. */
export async function takeBackEntry(
  { uri, key }: AlignRequest,
  entries: readonly FileEntries[],
  placeOf: (uri: string) => string,
): Promise<void> {
  for (const projection of entries) {
    const entry = projection.entries.find((one) => one.uri === uri && one.key === key);
    if (entry === undefined) continue;
    const left = await projection.takeBack(entry);
    if (left !== undefined) {
      void vscode.window.showWarningMessage(
        `ClawQL: ${escapeLinks(`${placeOf(uri)} was left as it is: ${describeHolding(left, placeOf)}.`)}`,
      );
    }
    return;
  }
}
