import { projectRoot } from '../../../scripts/support/root.ts';
import type { StageOutcome } from '../../../scripts/support/stage.ts';
import type { EditorVersion } from '../editor/editorVersion.ts';
import { runHostTests } from '../editor/runHostTests.ts';
import type { TailnetLab } from './lab.ts';

/** Runs `test/tailnet/editor` in an editor on the laptop of a lab that is up: server, extension host and browser all inside. */
export function runEditorOnTailnet(
  lab: TailnetLab,
  version: EditorVersion,
  tests: readonly string[] = ['test/tailnet/editor/connect.test.ts'],
): Promise<StageOutcome> {
  const { file, args } = lab.inside('laptop', []);
  return runHostTests({
    version,
    against: 'sources',
    folder: `${projectRoot}/test/fixtures/emptyWorkspace`,
    environment: lab.environment,
    tests,
    prefix: [file, ...args],
  });
}
