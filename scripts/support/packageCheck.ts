import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { errorText } from '../../src/services/log.ts';
import { bundleExtension } from './bundle.ts';
import { runTool } from './command.ts';
import { packageExtension } from './packageExtension.ts';
import { projectRoot } from './root.ts';
import { failedOutcome, type StageOutcome } from './stage.ts';

/** Bytes of the package (DESIGN: under 1 MB). */
const sizeLimit = 1_000_000;

/** Exactly what the package holds; vsce renames the three documents. */
const expected = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/commands.cjs',
  'dist/diagnostics.cjs',
  'dist/extension.cjs',
  'dist/files.cjs',
  'dist/jsonFile.cjs',
  'dist/localFiles.cjs',
  'dist/network.cjs',
  'dist/views.cjs',
  'media/activity-bar.svg',
  'media/hujson.schema.json',
  'media/icon.png',
  'package.json',
];

export interface PackageCheck {
  readonly outcome: StageOutcome;
  /** The package, to test against; absent when it could not be made. */
  readonly file?: string;
}

/** Makes the `.vsix` in `folder` as it would be published, and looks at what is in it. */
export async function checkPackage(folder: string): Promise<PackageCheck> {
  await bundleExtension({ minify: true });
  let file: string;
  try {
    file = await packageExtension(folder);
  } catch (error) {
    return failed(errorText(error));
  }
  const listed = await runTool('@vscode/vsce/vsce', 'ls', '--no-dependencies');
  const files = listed.output.split('\n').filter((line) => line !== '' && !/warn|^\s/i.test(line));
  const problems = [
    ...difference('is not in the package', expected, files),
    ...difference('should not be in the package', files, expected),
    ...((await stat(file)).size > sizeLimit ? [`the package is larger than ${sizeLimit} bytes`] : []),
    ...(await manifestProblems()),
  ];
  return problems.length > 0 ? { ...failed(problems.join('\n')), file } : { outcome: passed, file };
}

const passed: StageOutcome = { passed: 1, failed: [], skipped: [] };

function failed(reason: string): PackageCheck {
  console.log(reason);
  return { outcome: failedOutcome('the package', reason) };
}

function difference(words: string, these: readonly string[], those: readonly string[]): readonly string[] {
  return these.filter((name) => !those.includes(name)).map((name) => `${name} ${words}`);
}

/** Whoever installs the package gets no second copy of what is bundled. */
async function manifestProblems(): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as object;
  return 'dependencies' in manifest ? ['package.json must have no dependencies: everything is bundled'] : [];
}
