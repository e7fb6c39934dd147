import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../../scripts/support/root.ts';
import { failedOutcome, type StageOutcome } from '../../../scripts/support/stage.ts';
import type { Command } from './command.ts';

/** How long a run may take in all, in milliseconds. */
const limit = 15 * 60_000;

const Test = z.object({
  fullTitle: z.string(),
  err: z.object({ message: z.optional(z.string()), stack: z.optional(z.string()) }),
});
const MochaResult = z.object({
  stats: z.object({ tests: z.number(), passes: z.number() }),
  failures: z.array(Test),
  pending: z.array(Test),
});

export interface MochaRun {
  /** What it counted, if it came to its end: mocha writes it to a file at its very end, so what dies before has none. */
  readonly result: z.infer<typeof MochaResult> | undefined;
  readonly ended: number | NodeJS.Signals;
}

/** Runs mocha with the arguments given; `place` turns its command line into the command that runs it where it belongs. */
export async function runMocha(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  place: (argv: readonly [string, ...string[]]) => Command,
): Promise<MochaRun> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'clawql-mocha-'));
  try {
    const output = path.join(folder, 'result.json');
    const program = path.join(projectRoot, 'node_modules/mocha/bin/mocha.js');
    const reporter = ['--reporter', 'json', '--reporter-option', `output=${output}`];
    const command = place([process.execPath, program, ...reporter, ...args]);
    const child = spawn(command.file, command.args, {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: 'inherit',
      timeout: limit,
      killSignal: 'SIGKILL',
    });
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    const text = await readFile(output, 'utf8').catch(() => undefined);
    const result = text === undefined ? undefined : MochaResult.parse(JSON.parse(text));
    return { result, ended: code ?? signal ?? -1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a run counts for. It prints the stacks of its failures. Without a result, without a test, or with a bad end it is a failure itself. */
export function mochaOutcome(what: string, { result, ended }: MochaRun): StageOutcome {
  if (result === undefined || result.stats.tests === 0) {
    const how = result === undefined ? 'before it wrote its result' : 'and had no test';
    return failedOutcome(what, `It ended with ${ended} ${how}.`);
  }
  const { stats, failures, pending } = result;
  for (const { fullTitle, err } of failures) console.error(`\n✗ ${fullTitle}\n${err.stack ?? err.message ?? ''}`);
  const failed =
    ended !== 0 && failures.length === 0
      ? [{ what, why: `It ended with ${ended} though no test failed.` }]
      : failures.map(({ fullTitle, err }) => ({ what: `${what}: ${fullTitle}`, why: err.message ?? '' }));
  const why = 'skipped by the test itself';
  const skipped = pending.map(({ fullTitle }) => ({ what: fullTitle, why, tests: 1, avoidable: true }));
  return { passed: stats.passes, failed, skipped };
}
