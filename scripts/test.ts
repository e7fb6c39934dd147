import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { editorVersions } from '../test/support/editor/editorVersion.ts';
import { runUnitTests } from '../test/support/runUnitTests.ts';
import { controls } from '../test/support/tailnet/labDescription.ts';
import { runTailnetTests } from '../test/support/tailnet/runTailnetTests.ts';
import { runChecks } from './support/checks.ts';
import { runHostStage } from './support/hostStage.ts';
import { checkPackage } from './support/packageCheck.ts';
import { sum, type Skip, type StageOutcome } from './support/stage.ts';

/** A part of `npm test`. `npm test -- NAME…` runs those whose names begin so. */
interface Stage {
  readonly name: string;
  readonly run: () => Promise<StageOutcome>;
}

const [newest] = editorVersions;
const folder = await mkdtemp(path.join(os.tmpdir(), 'clawql-test-'));
let vsix: string | undefined;

const stages: readonly Stage[] = [
  { name: 'checks', run: runChecks },
  { name: 'unit', run: runUnitTests },
  {
    name: 'package',
    async run() {
      const { outcome, file } = await checkPackage(folder);
      vsix = file;
      return outcome;
    },
  },
  ...editorVersions.map((version) => ({
    name: `host ${version}`,
    run: () => runHostStage({ version, against: 'sources' }),
  })),
  {
    name: `host ${newest} from the package`,
    async run() {
      vsix ??= (await checkPackage(folder)).file;
      if (vsix === undefined) return { passed: 0, failed: 1, skipped: [] };
      return runHostStage({ version: newest, against: 'vsix', vsix });
    },
  },
  ...controls.map((control) => ({ name: `tailnet ${control}`, run: () => runTailnetTests(control) })),
];

const wanted = process.argv.slice(2);
const outcomes: StageOutcome[] = [];
try {
  for (const { name, run } of stages) {
    if (wanted.length > 0 && !wanted.some((prefix) => name.startsWith(prefix))) continue;
    console.log(`\n== ${name}`);
    const started = performance.now();
    outcomes.push(await run());
    console.log(`== ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const { passed, failed, skipped } = sum(outcomes);
const forbidden = process.env['CI'] === 'true' ? skipped.filter(({ avoidable }) => avoidable) : [];
for (const skip of skipped) console.log(`\nskipped: ${describe(skip)}`);
if (forbidden.length > 0)
  console.log('\nCI forbids skips that this machine could have run: each of them counts as failed.');
const count = skipped.reduce((total, { tests }) => total + Math.max(1, tests), 0);
const failures = failed + forbidden.length;
console.log(
  `\n${passed} passed, ${failures} failed, ${count - forbidden.reduce((total, { tests }) => total + Math.max(1, tests), 0)} skipped`,
);
process.exitCode = failures === 0 && passed > 0 ? 0 : 1;

function describe({ what, why, tests }: Skip): string {
  return `${what}${tests > 1 ? ` (${tests} tests)` : ''}: ${why}`;
}
