import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { hostileHost, hostileVersion } from '../../test/host/support/hostileHost.ts';
import { checkRestrictedWindow } from '../../test/host/support/restrictedWindow.ts';
import { checkTwoWindows } from '../../test/host/support/twoWindows.ts';
import { startDemoTailnet } from '../../test/support/demo/demoTailnet.ts';
import { withCleanup } from '../../test/support/editor/cleanup.ts';
import type { EditorVersion } from '../../test/support/editor/editorVersion.ts';
import type { HostTestOptions } from '../../test/support/editor/hostTestOptions.ts';
import { runHostTests } from '../../test/support/editor/runHostTests.ts';
import { makeShortTemp } from '../../test/support/editor/shortTemp.ts';
import { errorText } from '../../src/services/log.ts';
import { bundleExtension } from './bundle.ts';
import { projectRoot } from './root.ts';
import { failedOutcome, sum, type StageOutcome } from './stage.ts';

export interface HostStageOptions {
  readonly version: EditorVersion;
  readonly against: 'sources' | 'vsix';
  readonly vsix?: string;
}

/**
 * Runs `test/host` in an editor whose requests go into a demo tailnet. The daemon's socket is left to the tests: nothing listens there
 * until one of them says what the daemon is like. What needs a window of its own follows: with the sources the life of the extension,
 * with the package a folder that is not trusted, and two windows of one user.
 */
export function runHostStage(options: HostStageOptions): Promise<StageOutcome> {
  const { version, against, vsix } = options;
  return withCleanup(async (cleanup) => {
    if (against === 'sources') await bundleExtension({ minify: true });
    const demo = await startDemoTailnet();
    cleanup.add(() => demo.close());
    await demo.join(hostileHost, { version: hostileVersion });
    const root = await makeShortTemp();
    cleanup.add(() => fs.rm(root, { recursive: true, force: true, maxRetries: 5 }));
    const folder = path.join(root, 'workspace');
    await copyWorkspace(folder);
    const socketPath = path.join(root, 'tailscaled.sock');
    const common: HostTestOptions = {
      ...options,
      folder,
      settings: { 'clawql.tailscale.socketPath': socketPath },
      environment: { ...demo.environment, CLAWQL_TEST_SOCKET: socketPath },
    };
    const suite = await runHostTests({ ...common, tests: await testFiles('test/host/*.test.ts') });
    // Where no editor can run, none is tried again.
    if (suite.passed + suite.failed.length === 0) return suite;
    if (against === 'sources') return sum([suite, await runLifecycle(common, path.join(root, 'extension'))]);
    if (vsix === undefined) return suite;
    const restricted = await check(
      'a window whose folder is not trusted',
      'asks no host and writes nothing, until the folder is trusted',
      () => checkRestrictedWindow({ version, vsix, folder }),
    );
    const two = await check(
      'two windows of one user',
      "keep their own selections, and the user's own files follow the last choice",
      () => checkTwoWindows({ version, vsix }),
    );
    return sum([suite, restricted, two]);
  });
}

async function testFiles(pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of fs.glob(pattern, { cwd: projectRoot })) files.push(file);
  return files.sort();
}

/** A copy of the fixture as a repository that tracks `tracked/` and nothing else. */
async function copyWorkspace(folder: string): Promise<void> {
  await fs.cp(path.join(projectRoot, 'test/fixtures/hostWorkspace'), folder, { recursive: true });
  const git = (...args: readonly string[]) => promisify(execFile)('git', args, { cwd: folder });
  await git('-c', 'init.defaultBranch=main', 'init', '--quiet', '--template=');
  await git('-c', 'core.autocrlf=false', '-c', 'core.excludesFile=', 'add', 'tracked');
}

/** In a window in which VS Code knows the extension, and finds nothing to activate in it: a test does that, and ends it. */
async function runLifecycle(common: HostTestOptions, extension: string): Promise<StageOutcome> {
  await fs.cp(path.join(projectRoot, 'dist'), path.join(extension, 'dist'), { recursive: true });
  const manifest = JSON.parse(await fs.readFile(path.join(projectRoot, 'package.json'), 'utf8')) as object;
  await fs.writeFile(path.join(extension, 'package.json'), JSON.stringify({ ...manifest, main: './idle.cjs' }));
  await fs.writeFile(path.join(extension, 'idle.cjs'), 'exports.activate = () => undefined;\n');
  const environment = { ...common.environment, CLAWQL_TEST_EXTENSION: extension };
  return runHostTests({ ...common, extension, environment, tests: await testFiles('test/host/lifecycle/*.test.ts') });
}

/** Runs what is no suite in an extension host, and reports it as one. */
async function check(subject: string, what: string, run: () => Promise<void>): Promise<StageOutcome> {
  try {
    await run();
    console.log(`  ${subject}\n    ✔ ${what}`);
    return { passed: 1, failed: [], skipped: [] };
  } catch (error) {
    console.error(`  ${subject}:`, error);
    return failedOutcome(`${subject} ${what}`, errorText(error));
  }
}
