import { projectRoot } from '../../../scripts/support/root.ts';
import { sum, type StageOutcome } from '../../../scripts/support/stage.ts';
import type { EditorVersion } from '../editor/editorVersion.ts';
import { runHostTests } from '../editor/runHostTests.ts';
import type { TailnetLab } from './lab.ts';
import type { Control } from './labDescription.ts';

/** A window, and the tests of `test/tailnet/editor` that run in it. */
interface LabWindow {
  /** What it has open, below `test/fixtures`. */
  readonly folder: string;
  readonly tests: readonly string[];
  /** Where there is something to test under one kind of control server alone. */
  readonly control?: Control;
}

const windows: readonly LabWindow[] = [
  {
    folder: 'emptyWorkspace',
    tests: ['connect.test.ts', 'restart.test.ts', 'policy.test.ts', 'operator.test.ts', 'routes.test.ts'],
  },
  // It logs the laptop out and in. Tailscale's test control server lets everybody in, without a page or a key.
  { folder: 'emptyWorkspace', tests: ['join.test.ts'], control: 'headscale' },
  // On its own: afterwards the laptop is a host that this editor knows.
  { folder: 'emptyWorkspace', tests: ['serve.test.ts'] },
  { folder: 'teamWorkspace/team.code-workspace', tests: ['configurations.test.ts'] },
];

/** Runs `test/tailnet/editor` in an editor on the laptop of a lab that is up: server, extension host and browser all inside. */
export async function runEditorOnTailnet(lab: TailnetLab, version: EditorVersion): Promise<StageOutcome> {
  const outcomes: StageOutcome[] = [];
  const { control: own } = lab.description;
  for (const { folder, tests } of windows.filter(({ control = own }) => control === own)) {
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
