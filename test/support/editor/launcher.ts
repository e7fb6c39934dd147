import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { withCleanup } from './cleanup.ts';
import { startEditor, type Editor } from './editor.ts';
import { readHostLogs } from './hostLogs.ts';
import { readLaunchArguments } from './launchArguments.ts';
import { readLauncherPlan, type LauncherPlan } from './launcherPlan.ts';
import { openPage } from './openPage.ts';
import { readHostResult } from './readHostResult.ts';
import type { Settings } from './settingsFiles.ts';
import { SuiteWatch, type SuiteEnd } from './suiteEnd.ts';
import type { Workbench } from './workbench.ts';
import { serveWorkbench, workbenchVariable } from './workbenchChannel.ts';
import { workbenchUrl } from './workbenchUrl.ts';

/** The extension that runs the suite. */
const runner = path.join(import.meta.dirname, 'runner');

/** The settings of the profile that the caller prepared, if it did. */
async function readSettings(userData: string | undefined): Promise<Settings> {
  if (userData === undefined) return {};
  const text = await fs.readFile(path.join(userData, 'User', 'settings.json'), 'utf8').catch(() => '{}');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Says why there is no result, with a picture of the window and the logs of the extension host. */
async function explain(
  end: Exclude<SuiteEnd, { kind: 'exited' }>,
  plan: LauncherPlan,
  workbench: Workbench,
  editor: Editor,
): Promise<void> {
  const what = {
    died: 'The extension host died before the suite ended.',
    neverStarted: `The suite did not start within ${plan.limits.start / 1000} s.`,
    timedOut: `The suite did not end within ${plan.limits.suite / 1000} s.`,
  }[end.kind];
  console.error(await readHostLogs(editor.logs));
  const picture = await workbench.screenshot(end.kind).catch((error: unknown) => `no picture: ${String(error)}`);
  console.error(`${what} See ${picture} and the logs above.`);
}

/** Runs a suite in an extension host as a VS Code executable would, and returns the exit code: 0 only for a suite that counts. */
async function launch(argv: readonly string[]): Promise<number> {
  const { developmentExtensions, suite, vsix, userData, open, ...rest } = readLaunchArguments(argv);
  const plan = await readLauncherPlan(rest.plan);
  return withCleanup(async (cleanup) => {
    const settings = await readSettings(userData);
    const sockets = (root: string) => ({ hand: path.join(root, 'hand.sock'), suite: path.join(root, 'suite.sock') });
    const editor = await startEditor(
      {
        installation: plan.installation,
        vsix,
        developmentExtensions,
        settings,
        workspaceTrust: false,
        environment: (root) => ({
          ...plan.environment,
          [workbenchVariable]: sockets(root).hand,
          CLAWQL_SUITE_SOCKET: sockets(root).suite,
          CLAWQL_SUITE: suite,
        }),
      },
      cleanup,
    );
    const page = await openPage(
      editor,
      {
        chromium: plan.chromium,
        developmentExtensions: [...developmentExtensions, runner],
        screenshots: plan.screenshots,
        viewport: { width: 1280, height: 800 },
      },
      cleanup,
    );
    const hand = await serveWorkbench(page, sockets(editor.root).hand);
    cleanup.add(() => void hand.close());
    const end = await new Promise<SuiteEnd>((resolve, reject) => {
      const watch = new SuiteWatch(plan.limits, resolve);
      cleanup.add(() => {
        watch.stop();
      });
      page.page.on('crash', () => {
        reject(new Error('The page of the workbench crashed.'));
      });
      watch
        .start(sockets(editor.root).suite)
        .then(() => page.page.goto(workbenchUrl(editor.url, open)))
        .catch(reject);
    });
    if (end.kind !== 'exited') await explain(end, plan, page, editor);
    const result = await readHostResult(plan.report);
    if (typeof result === 'string') console.error(`The suite does not count: ${result}.`);
    else if (result.failed.length > 0) console.error(await readHostLogs(editor.logs));
    return end.kind === 'exited' && end.code === 0 && typeof result !== 'string' && result.failed.length === 0 ? 0 : 1;
  });
}

// The caller's end of this pipe closes when it dies, however it dies: then everything here ends too.
process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
process.exitCode = await launch(process.argv.slice(2));
process.stdin.destroy();
