import type { StageOutcome } from '../../scripts/support/stage.ts';
import { ensureChromium } from './editor/chromium.ts';
import { skippedOutcome } from './editor/hostOutcome.ts';
import { missingForEditor } from './editor/requirements.ts';
import { mochaOutcome, runMocha } from './tailnet/mochaRun.ts';

/** The tests of `test/unit`, in bare Node. */
export async function runUnitTests(): Promise<StageOutcome> {
  const run = await runMocha(['test/unit/**/*.test.ts'], {}, ([file, ...args]) => ({ file, args }));
  return mochaOutcome('mocha on the unit tests', run);
}

/** That a host which dies midway fails, and a click meets its row. The lab's other tests of itself take minutes: `npx mocha 'test/support/editor/*.test.ts'`. */
export async function runEditorLabTests(): Promise<StageOutcome> {
  const missing = missingForEditor();
  if (missing.length > 0)
    return skippedOutcome('the editor lab itself', missing.join(' '), process.platform === 'linux');
  await ensureChromium();
  const files = ['launcher', 'clickRow'].map((name) => `test/support/editor/${name}.test.ts`);
  const words = [...files, '--grep', 'dies midway|is clicked while'];
  return mochaOutcome('mocha on the editor lab', await runMocha(words, {}, ([file, ...args]) => ({ file, args })));
}
