import fs from 'node:fs';
import { format } from 'node:util';
import { reportFile, reportVariable, resultFile, type HostResult } from '../support/editor/hostResult.ts';
import { mapStack } from './support/mapStack.ts';
import { readSkipReason } from './support/skip.ts';
import { findWorkbench } from './support/workbench.ts';

export interface HostTestFile {
  readonly file: string;
  readonly load: () => Promise<unknown>;
}

type Print = (...values: readonly unknown[]) => void;

/** On a failure a picture of the window is worth more than the stack. */
async function showWindow(test: Mocha.Test | undefined, print: Print): Promise<void> {
  const workbench = findWorkbench();
  if (test?.state !== 'failed' || workbench === undefined) return;
  const name = `failed-${test.fullTitle().replaceAll(/[^\w]+/g, '-')}`;
  print('      %s', await workbench.screenshot(name).catch((error: unknown) => `no picture: ${String(error)}`));
}

async function runMocha(files: readonly HostTestFile[], print: Print): Promise<HostResult> {
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = print;
  const grep = process.env['MOCHA_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: 20_000,
    forbidOnly: true,
    rootHooks: {
      async afterEach(this: Mocha.Context) {
        await showWindow(this.currentTest, print);
      },
    },
    ...(grep === undefined ? {} : { grep }),
  });
  for (const { file, load } of files) {
    mocha.suite.emit('pre-require', globalThis, file, mocha);
    mocha.suite.emit('require', await load(), file, mocha);
    mocha.suite.emit('post-require', globalThis, file, mocha);
  }
  return new Promise((resolve) => {
    const failed: HostResult['failed'] = [];
    const skipped: HostResult['skipped'] = [];
    const runner = mocha.run(() => {
      resolve({ passed: runner.stats?.passes ?? 0, failed, skipped });
    });
    runner.on('fail', (test: Mocha.Test, error: Error) => {
      if (error.stack !== undefined) error.stack = mapStack(error.stack);
      failed.push({ title: test.fullTitle(), message: error.message });
    });
    runner.on('pending', (test: Mocha.Test) => {
      skipped.push({ title: test.fullTitle(), ...readSkipReason(test) });
    });
  });
}

/**
 * Runs test files in this extension host. The report grows in a file while it runs, since what a host prints does not reach
 * the launcher everywhere; the result is written at the very end. Rejects when a test failed, as VS Code wants it.
 */
export async function runSuite(files: readonly HostTestFile[]): Promise<void> {
  const folder = process.env[reportVariable];
  if (folder === undefined) throw new Error(`${reportVariable} does not say where to write the report.`);
  const print: Print = (...values) => {
    fs.appendFileSync(reportFile(folder), `${format(...values)}\n`);
  };
  const result = await runMocha(files, print).catch((error: unknown) => {
    print(error);
    throw error;
  });
  fs.writeFileSync(resultFile(folder), JSON.stringify(result));
  if (result.failed.length > 0) throw new Error(`${result.failed.length} tests failed`);
}
