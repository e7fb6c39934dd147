import fs from 'node:fs/promises';
import path from 'node:path';
import { Writable, type WritableOptions } from 'node:stream';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { projectRoot } from '../../../scripts/support/root.ts';
import type { StageOutcome } from '../../../scripts/support/stage.ts';
import { bundleHostTests } from './bundleHostTests.ts';
import { ensureChromium } from './chromium.ts';
import { withCleanup } from './cleanup.ts';
import { downloadVSCode } from './downloadVSCode.ts';
import { hostOutcome, skippedOutcome } from './hostOutcome.ts';
import { reportFile, reportVariable } from './hostResult.ts';
import { vscodeVersion, type HostTestOptions } from './hostTestOptions.ts';
import { installCodeServer } from './install.ts';
import { writeLauncher } from './launcherPlan.ts';
import { readHostResult } from './readHostResult.ts';
import { missingForEditor } from './requirements.ts';
import { screenshotFolder } from './screenshotFolder.ts';
import { makeShortTemp } from './shortTemp.ts';
import { FileTail } from './tailFile.ts';

/** How long the workbench and the extension host may take until the suite starts, in milliseconds. */
const startLimit = 90_000;
const suiteLimit = 10 * 60_000;

/** Runs mocha in the extension host of a real VS Code. A failure of the editor itself counts as one failed test. */
export async function runHostTests(options: HostTestOptions): Promise<StageOutcome> {
  const download = process.env['CLAWQL_VSCODE_DOWNLOAD'] === '1';
  const what = `host tests in VS Code ${vscodeVersion(options.version)}`;
  if (options.version === 'desktop' && !download) {
    return skippedOutcome(what, 'CLAWQL_VSCODE_DOWNLOAD=1 is not set, which allows to download VS Code', false);
  }
  const missing = options.version === 'desktop' || download ? [] : missingForEditor([options.version]);
  if (missing.length > 0) return skippedOutcome(what, missing.join(' '), process.platform === 'linux');
  return withCleanup(async (cleanup) => {
    const root = await makeShortTemp();
    cleanup.add(() => fs.rm(root, { recursive: true, force: true, maxRetries: 5 }));
    const print = options.print ?? ((text: string) => process.stdout.write(text));
    const report = path.join(root, 'report');
    await fs.mkdir(report);
    const tail = new FileTail(reportFile(report), print);
    cleanup.add(() => tail.stop());
    tail.start();
    const failure = await run(options, { root, report, download, print });
    return hostOutcome(what, await readHostResult(report), failure, print);
  });
}

interface Run {
  readonly root: string;
  readonly report: string;
  readonly download: boolean;
  readonly print: (text: string) => void;
}

/** Returns how VS Code failed, if it did. */
async function run(options: HostTestOptions, { root, report, download, print }: Run): Promise<string | undefined> {
  const { version, against, vsix, settings = {}, environment = {}, grep = process.env['MOCHA_GREP'], tests } = options;
  const suite = await bundleHostTests(tests, tests === undefined ? 'out/test' : path.join(root, 'suite'));
  const open = await copyWorkspace(options.folder, path.join(root, 'workspace'));
  const userData = path.join(root, 'user');
  await fs.mkdir(path.join(userData, 'User'), { recursive: true });
  await fs.writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  const extensionTestsEnv = {
    ...environment,
    CLAWQL_TEST_VSCODE: vscodeVersion(version),
    [reportVariable]: report,
    ...(grep === undefined ? {} : { MOCHA_GREP: grep }),
  };
  if (against === 'vsix' && vsix === undefined) throw new Error('Say which .vsix to test against.');
  const packages = vsix === undefined ? [] : [path.resolve(vsix)];
  const profile = ['--user-data-dir', userData, '--extensions-dir', path.join(root, 'extensions')];
  const vscodeExecutablePath =
    version === 'desktop' || download
      ? await downloadVSCode(vscodeVersion(version), packages, profile)
      : await writeLauncher(
          root,
          {
            installation: await installCodeServer(version),
            chromium: await ensureChromium(),
            environment: extensionTestsEnv,
            report,
            screenshots: screenshotFolder(vscodeVersion(version)),
            limits: { start: startLimit, suite: options.limit ?? suiteLimit },
          },
          options.prefix ?? [],
        );
  const printed: WritableOptions['write'] = (chunk: Buffer, _encoding, done) => {
    print(chunk.toString());
    done();
  };
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: against === 'vsix' ? path.dirname(suite) : (options.extension ?? projectRoot),
      extensionTestsPath: suite,
      launchArgs: [open, ...profile, ...(download ? [] : packages.map((file) => `--install-extension=${file}`))],
      extensionTestsEnv,
      stdout: new Writable({ write: printed }),
      stderr: new Writable({ write: printed }),
    });
    return undefined;
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.message;
    throw error;
  }
}

async function copyWorkspace(open: string, target: string): Promise<string> {
  const isFile = open.endsWith('.code-workspace');
  await fs.cp(isFile ? path.dirname(open) : open, target, { recursive: true });
  return isFile ? path.join(target, path.basename(open)) : target;
}
