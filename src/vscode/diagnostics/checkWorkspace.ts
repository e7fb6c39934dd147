import * as vscode from 'vscode';

import { checkResult, type CheckResult } from '../../core/views/checkResult.ts';
import { cancellable } from '../cancellable.ts';
import { lookUntil } from '../lookUntil.ts';
import type { ClosedFiles } from './closedFiles.ts';
import type { LinterPorts } from './linter.ts';
import { readCheckedFiles, type ReadFiles } from './readCheckedFiles.ts';
import type { SpecFiles } from './specFiles.ts';
import { checkedFiles } from './workspaceFiles.ts';

/** Milliseconds for the tailnet's status and for names; what comes later is shown all the same. */
const patience = 2_000;

/** *ClawQL: Check Workspace*: looks at every file that the linter would look at if it were open, and says what came of it. */
export async function checkWorkspace(ports: LinterPorts, closed: ClosedFiles, specs: SpecFiles): Promise<void> {
  if (!ports.snapshots.current.settings['diagnostics.enabled']) {
    void vscode.window.showInformationMessage('ClawQL: diagnostics are switched off (clawql.diagnostics.enabled).');
    return;
  }
  const result = await cancellable('ClawQL: checking the workspace', async (signal, progress) => {
    // Which descriptions there are, the `.env` files tell as they are now.
    await specs.find();
    const files = checkedFiles(specs);
    closed.begin(files.pattern);
    const check = await readCheckedFiles(files, signal, (message, increment) =>
      progress.report({ message, increment }),
    );
    return resultOf(check, await shown(check, ports, closed, signal));
  });
  void announce(result);
}

/** The number of problems of each file that was read. */
async function shown(
  { readings }: ReadFiles,
  { snapshots, lookUp }: LinterPorts,
  closed: ClosedFiles,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const files = readings.filter((reading) => typeof reading !== 'string');
  const wait = { limit: patience, signal };
  // Before the tailnet's status is known, nothing can be said of most URLs.
  await lookUntil(() => snapshots.current.tailnet.kind !== 'checking', wait);
  const names = new Set(files.flatMap(({ linted, state }) => linted.look(state, snapshots.current).names));
  if (names.size > 0 && vscode.workspace.isTrusted) {
    lookUp([...names]);
    await lookUntil(() => [...names].every((name) => snapshots.current.lookups.has(name)), wait);
  }
  return files.map((file) => closed.show(file).problems.length);
}

function resultOf({ uris, readings, isCut, isStopped }: ReadFiles, problems: readonly number[]): CheckResult {
  return {
    checked: problems.length,
    problems: problems.reduce((sum, count) => sum + count, 0),
    filesWithProblems: problems.filter((count) => count > 0).length,
    tooLarge: readings.filter((reading) => reading === 'too-large').length,
    unreadable: readings.filter((reading) => reading === 'unreadable').length,
    isCut,
    ...(isStopped ? { stoppedAt: uris.length } : {}),
  };
}

/** The command has ended; the message waits for its user alone. */
async function announce(result: CheckResult): Promise<void> {
  const show = 'Show Problems';
  const choice = await vscode.window.showInformationMessage(
    `ClawQL: ${checkResult(result)}`,
    ...(result.problems > 0 ? [show] : []),
  );
  if (choice === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}
