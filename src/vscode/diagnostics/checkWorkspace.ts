import * as vscode from 'vscode';

import { checkResult, type CheckResult } from '../../core/views/checkResult.ts';
import { Gate } from '../../services/gate.ts';
import { LintedDocument } from '../../services/linter/lintedDocument.ts';
import { SharedKnown } from '../../services/linter/sharedKnown.ts';
import { statOf } from '../files/fileTree.ts';
import { lookUntil } from '../lookUntil.ts';
import { openDocument } from '../files/openDocument.ts';
import { stampOf, type ClosedFile, type ClosedFiles } from './closedFiles.ts';
import { bytesOf } from './gitFolder.ts';
import type { LinterPorts } from './linter.ts';
import type { SpecFile, SpecFiles } from './specFiles.ts';
import { surroundingsOf } from './surroundings.ts';
import { TrackingReader } from './tracking.ts';
import { checkedFiles, findCheckedFiles, type CheckedFiles, type FoundFiles } from './workspaceFiles.ts';

/** Bytes; a file beyond it is no configuration. An API's description may be as large as the linter takes it while it is open. */
const largestFile = 1024 * 1024;
const largestSpec = 20_000_000;
/** Files that are read at the same time. */
const concurrency = 8;
/** Milliseconds for the tailnet's status and for names; what comes later is shown all the same. */
const patience = 2_000;

type Progress = vscode.Progress<{ message?: string; increment?: number }>;
type Reading = ClosedFile | 'too-large' | 'unreadable';

interface Check extends FoundFiles {
  readonly readings: readonly Reading[];
  readonly isStopped: boolean;
}

/** *ClawQL: Check Workspace*: looks at every file that the linter would look at if it were open, and says what came of it. */
export async function checkWorkspace(ports: LinterPorts, closed: ClosedFiles, specs: SpecFiles): Promise<void> {
  if (!ports.snapshots.current.settings['diagnostics.enabled']) {
    void vscode.window.showInformationMessage('ClawQL: diagnostics are switched off (clawql.diagnostics.enabled).');
    return;
  }
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'ClawQL: checking the workspace', cancellable: true },
    async (progress, token) => {
      // Which descriptions there are, the `.env` files tell as they are now.
      await specs.find();
      const files = checkedFiles(specs);
      closed.begin(files.pattern);
      const check = await readAll(files, progress, token);
      return resultOf(check, await shown(check, ports, closed, token));
    },
  );
  void announce(result);
}

async function readAll(files: CheckedFiles, progress: Progress, token: vscode.CancellationToken): Promise<Check> {
  const reader = new TrackingReader({ watches: false });
  try {
    const { uris, isCut } = await findCheckedFiles(files, reader, token);
    const gate = new Gate(concurrency);
    const shared = new SharedKnown();
    let done = 0;
    const readings = await Promise.all(
      uris.map((uri) =>
        gate.run(async (): Promise<readonly Reading[]> => {
          if (token.isCancellationRequested) return [];
          const reading = await read(uri, reader, { spec: files.specs.fileAt(uri), shared });
          done += 1;
          progress.report({ message: `${done} of ${uris.length} files`, increment: 100 / uris.length });
          return [reading];
        }),
      ),
    );
    return { uris, isCut, readings: readings.flat(), isStopped: token.isCancellationRequested };
  } finally {
    reader.dispose();
  }
}

/** As the editor has it, where it is open. */
async function read(
  uri: vscode.Uri,
  reader: TrackingReader,
  { spec, shared }: { readonly spec: SpecFile | undefined; readonly shared: SharedKnown },
): Promise<Reading> {
  const stat = await statOf(uri);
  if (typeof stat === 'string') return 'unreadable';
  if (stat.size > (spec === undefined ? largestFile : largestSpec)) return 'too-large';
  const bytes = await bytesOf(uri);
  if (bytes === undefined) return 'unreadable';
  const text = openDocument(uri)?.getText() ?? new TextDecoder().decode(bytes);
  const surroundings = await surroundingsOf(uri, reader, spec);
  const file = { uri, text, state: { path: uri.path, version: 0, surroundings, readText: () => text } };
  const linted = new LintedDocument(shared);
  // Parsed here, one by one as they come, rather than all at once when they are linted.
  linted.modelOf(file.state);
  return { ...file, linted, stamp: stampOf(stat) };
}

/** The number of problems of each file that was read. */
async function shown(
  { readings }: Check,
  { snapshots, lookUp }: LinterPorts,
  closed: ClosedFiles,
  token: vscode.CancellationToken,
): Promise<readonly number[]> {
  const files = readings.filter((reading) => typeof reading !== 'string');
  const stop = new AbortController();
  const subscription = token.onCancellationRequested(() => stop.abort());
  const wait = { limit: patience, signal: stop.signal };
  try {
    // Before the tailnet's status is known, nothing can be said of most URLs.
    await lookUntil(() => snapshots.current.tailnet.kind !== 'checking', wait);
    const names = new Set(files.flatMap(({ linted, state }) => linted.look(state, snapshots.current).names));
    if (names.size > 0 && vscode.workspace.isTrusted) {
      lookUp([...names]);
      await lookUntil(() => [...names].every((name) => snapshots.current.lookups.has(name)), wait);
    }
    return files.map((file) => closed.show(file).problems.length);
  } finally {
    subscription.dispose();
  }
}

function resultOf({ uris, readings, isCut, isStopped }: Check, problems: readonly number[]): CheckResult {
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
