import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { editorVersions } from '../test/support/editor/editorVersion.ts';
import { runEditorLabTests, runUnitTests } from '../test/support/mochaStages.ts';
import { controls } from '../test/support/tailnet/labDescription.ts';
import { runTailnetTests } from '../test/support/tailnet/runTailnetTests.ts';
import { runChecks } from './support/checks.ts';
import { runHostStage } from './support/hostStage.ts';
import { laneVariable, startLane } from './support/lane.ts';
import { checkPackage } from './support/packageCheck.ts';
import { failedOutcome, sum, type Failure, type Skip, type StageOutcome } from './support/stage.ts';

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
  { name: 'editor lab', run: runEditorLabTests },
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
      if (vsix === undefined) return failedOutcome('the package', 'it could not be made');
      return runHostStage({ version: newest, against: 'vsix', vsix });
    },
  },
  ...controls.map((control) => ({ name: `tailnet ${control}`, run: () => runTailnetTests(control) })),
];

async function runStages(isWanted: (name: string) => boolean): Promise<readonly StageOutcome[]> {
  const outcomes: StageOutcome[] = [];
  for (const { name, run } of stages.filter((stage) => isWanted(stage.name))) {
    console.log(`\n== ${name}`);
    const started = performance.now();
    outcomes.push(await run());
    console.log(`== ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  return outcomes;
}

/** What runs in a process of its own beside the rest where there are processors for both: about half of the whole. */
const laneStages = ['tailnet'];

/** An editor and its browser keep two processors busy. On fewer, each would meet the other's load in place of what it tests. */
const processorsForBoth = 4;

async function runAll(): Promise<readonly StageOutcome[]> {
  if (os.availableParallelism() < processorsForBoth) return runStages(() => true);
  const lane = startLane(laneStages, folder);
  try {
    const outcomes = await runStages((name) => !laneStages.some((prefix) => name.startsWith(prefix)));
    return [...outcomes, await lane.outcome];
  } finally {
    lane.end();
  }
}

function describe({ what, why, tests }: Skip): string {
  return `${what}${tests > 1 ? ` (${tests} tests)` : ''}: ${why}`;
}

/** As much of a reason as tells what to look for further up. */
const reasonLength = 600;

function describeFailure({ what, why }: Failure): string {
  return `${what}\n  ${why.slice(0, reasonLength).trim().replaceAll('\n', '\n  ')}`;
}

/** A suite that could not even be counted counts as one. */
function countOf(skips: readonly Skip[]): number {
  return skips.reduce((total, { tests }) => total + Math.max(1, tests), 0);
}

function report({ passed, failed, skipped }: StageOutcome): void {
  const forbidden = process.env['CI'] === 'true' ? skipped.filter(({ avoidable }) => avoidable) : [];
  for (const skip of skipped) console.log(`\nskipped: ${describe(skip)}`);
  if (forbidden.length > 0) {
    console.log('\nCI forbids skips that this machine could have run: each of them counts as failed.');
  }
  for (const failure of failed) console.log(`\nfailed: ${describeFailure(failure)}`);
  const failures = failed.length + countOf(forbidden);
  console.log(`\n${passed} passed, ${failures} failed, ${countOf(skipped) - countOf(forbidden)} skipped`);
  process.exitCode = failures === 0 && passed > 0 ? 0 : 1;
}

try {
  const wanted = process.argv.slice(2);
  const outcomes =
    wanted.length === 0 ? await runAll() : await runStages((name) => wanted.some((prefix) => name.startsWith(prefix)));
  const laneResult = process.env[laneVariable];
  if (laneResult === undefined) report(sum(outcomes));
  else await writeFile(laneResult, JSON.stringify(sum(outcomes)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
