import { projectRoot } from '../../../scripts/support/root.ts';
import { bundleExtension } from '../../../scripts/support/bundle.ts';
import { errorText } from '../../../src/services/log.ts';
import { failedOutcome, sum, type StageOutcome } from '../../../scripts/support/stage.ts';
import { editorVersions } from '../editor/editorVersion.ts';
import type { Control } from './labDescription.ts';
import { mochaOutcome, runMocha } from './mochaRun.ts';
import { installSystemPackages, missingForTailnet } from './requirements.ts';
import { runEditorOnTailnet } from './runEditorOnTailnet.ts';
import { withLab } from './withLab.ts';

/** Those in `editor` run in an extension host. */
const files = ['--ignore', 'test/tailnet/editor/**', 'test/tailnet/**/*.test.ts'];

/** Runs `test/tailnet` on the laptop of a lab of its own, then `test/tailnet/editor` in each editor there. Where no lab can be, the tests count as skipped, with the reasons. */
export async function runTailnetTests(control: Control): Promise<StageOutcome> {
  installSystemPackages();
  const missing = missingForTailnet();
  return missing.length > 0 ? skipAll(control, missing) : runAll(control);
}

async function runAll(control: Control): Promise<StageOutcome> {
  const start = performance.now();
  try {
    return await withLab({ control }, async (lab) => {
      console.log(`The tailnet under ${control} is up after ${((performance.now() - start) / 1000).toFixed(1)} s.`);
      const onLaptop = (argv: readonly string[]) => lab.inside('laptop', argv, { cwd: projectRoot });
      const direct = mochaOutcome(
        `mocha on the tailnet under ${control}`,
        await runMocha(files, lab.environment, onLaptop),
      );
      await bundleExtension({ minify: true });
      const inEditors: StageOutcome[] = [];
      for (const version of editorVersions) inEditors.push(await runEditorOnTailnet(lab, version));
      return sum([direct, ...inEditors]);
    });
  } catch (error) {
    console.error(`The tailnet tests under ${control} could not run:`, error);
    return failedOutcome(`the tailnet tests under ${control}`, errorText(error));
  }
}

async function skipAll(control: Control, missing: readonly string[]): Promise<StageOutcome> {
  const here = ([file, ...args]: readonly [string, ...string[]]) => ({ file, args });
  const { result } = await runMocha(['--dry-run', ...files], { CLAWQL_LAB_CONTROL: control }, here);
  const what = `tailnet tests under ${control}`;
  const avoidable = process.platform === 'linux';
  return {
    passed: 0,
    failed: [],
    skipped: [{ what, why: missing.join(' '), tests: result?.stats.tests ?? 0, avoidable }],
  };
}
