import { bundleExtension } from './bundle.ts';
import { runTool, type CommandResult } from './command.ts';
import type { Failure, StageOutcome } from './stage.ts';

/** A check of the sources that passes or fails as a whole. */
interface Check {
  readonly name: string;
  readonly run: () => Promise<CommandResult>;
}

const checks: readonly Check[] = [
  { name: 'types', run: () => runTool('typescript/bin/tsc', '-p', '.') },
  { name: 'lint', run: () => runTool('eslint/bin/eslint.js', '.') },
  { name: 'format', run: () => runTool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
  { name: 'dead code', run: () => runTool('knip/bin/knip.js') },
  { name: 'bundle', run: bundleCheck },
];

/** Types, lint, format, dead code, and the bundle with its limits. */
export async function runChecks(): Promise<StageOutcome> {
  const failed: Failure[] = [];
  for (const { name, run } of checks) {
    const { code, output } = await run();
    if (code !== 0) failed.push({ what: name, why: output });
    console.log(`  ${code === 0 ? 'ok  ' : 'FAIL'} ${name}${output === '' || code === 0 ? '' : `\n${output}`}`);
  }
  return { passed: checks.length - failed.length, failed, skipped: [] };
}

async function bundleCheck(): Promise<CommandResult> {
  try {
    await bundleExtension({ minify: true });
    return { code: 0, output: '' };
  } catch (error) {
    return { code: 1, output: error instanceof Error ? error.message : String(error) };
  }
}
