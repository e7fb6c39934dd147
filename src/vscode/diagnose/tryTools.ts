import * as vscode from 'vscode';

import type { FoundOperation } from '../../core/clawql/toolAnswer.ts';
import type { Step } from '../../core/diagnosis/steps/step.ts';
import {
  executeStep,
  foundOperations,
  harmlessOperations,
  nothingToTry,
  searchStep,
  triedQuery,
  type TriedTool,
} from '../../core/views/diagnose/diagnoseTries.ts';
import { escapeIcons } from '../../core/views/escape.ts';
import { systemClock } from '../../services/clock.ts';
import type { ToolAnswer } from '../../services/health/toolSession.ts';
import { withToken } from '../cancellationToken.ts';

/** The selected server, whose tools can be called. */
export interface ToolCaller {
  callTool(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ToolAnswer>;
}

/** Operations that a search lists: for its own sake, and to choose from among them. Source: ClawQL `src/tools.ts` takes 50 at most. */
const limits = { search: 5, choice: 50 };

/** One `search`, which only reads. */
export async function trySearch(caller: ToolCaller, signal: AbortSignal): Promise<Step> {
  return searchStep(await call(caller, 'search', { query: triedQuery, limit: limits.search }, signal));
}

/** One `execute` of a GET operation that the user picks; undefined where none is picked. */
export async function tryExecute(caller: ToolCaller, label: string, signal: AbortSignal): Promise<Step | undefined> {
  const searched = await call(caller, 'search', { query: triedQuery, limit: limits.choice }, signal);
  const found = foundOperations(searched);
  if ('error' in found) return searchStep(searched);
  const harmless = harmlessOperations(found.operations);
  if (harmless.length === 0) return nothingToTry(found.operations);
  const operation = await pick(harmless, label, signal);
  if (operation === undefined) return undefined;
  return executeStep(operation.id, await call(caller, 'execute', { operationId: operation.id, args: {} }, signal));
}

async function call(
  caller: ToolCaller,
  name: string,
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<TriedTool> {
  const start = systemClock.now();
  const answer = await caller.callTool(name, args, signal);
  return { ...answer, tookMs: systemClock.now() - start };
}

async function pick(
  operations: readonly FoundOperation[],
  label: string,
  signal: AbortSignal,
): Promise<FoundOperation | undefined> {
  const rows = operations.map((operation) => ({
    label: escapeIcons(operation.id),
    description: escapeIcons(`${operation.method} ${operation.path}`),
    detail: escapeIcons(operation.specLabel ?? ''),
    operation,
  }));
  const options = {
    title: 'ClawQL: Try a GET Operation',
    placeHolder: `Which one is ${escapeIcons(label)} to call? Of its answer only the size is shown`,
    matchOnDescription: true,
  };
  return (await withToken(signal, (token) => vscode.window.showQuickPick(rows, options, token)))?.operation;
}
