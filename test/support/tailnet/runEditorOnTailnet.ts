import { projectRoot } from '../../../scripts/support/root.ts';
import { sum, type StageOutcome } from '../../../scripts/support/stage.ts';
import type { EditorVersion } from '../editor/editorVersion.ts';
import { runHostTests } from '../editor/runHostTests.ts';
import type { TailnetLab } from './lab.ts';

/** What the window has open, and the tests of `test/tailnet/editor` that run in it. */
const windows = [
  {
    folder: 'emptyWorkspace',
    tests: ['connect.test.ts', 'restart.test.ts', 'policy.test.ts', 'operator.test.ts', 'routes.test.ts'],
  },
  // It logs the laptop out and in.
  { folder: 'emptyWorkspace', tests: ['join.test.ts'] },
  // On its own: afterwards the laptop is a host that this editor knows.
  { folder: 'emptyWorkspace', tests: ['serve.test.ts'] },
  { folder: 'teamWorkspace/team.code-workspace', tests: ['configurations.test.ts'] },
] as const;

/** Runs `test/tailnet/editor` in an editor on the laptop of a lab that is up: server, extension host and browser all inside. */
export async function runEditorOnTailnet(lab: TailnetLab, version: EditorVersion): Promise<StageOutcome> {
  const outcomes: StageOutcome[] = [];
  for (const { folder, tests } of windows) {
    const files = tests.map((name) => `test/tailnet/editor/${name}`);
    outcomes.push(await runWindow(lab, version, folder, files));
  }
  return sum(outcomes);
}

function runWindow(
  lab: TailnetLab,
  version: EditorVersion,
  folder: string,
  tests: readonly string[],
): Promise<StageOutcome> {
  const { file, args } = lab.inside('laptop', []);
  return runHostTests({
    version,
    against: 'sources',
    folder: `${projectRoot}/test/fixtures/${folder}`,
    environment: lab.environment,
    tests,
    prefix: [file, ...args],
  });
}
