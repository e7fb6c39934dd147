import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { projectRoot } from './root.ts';
import { decodeOutcome, failedOutcome, type StageOutcome } from './stage.ts';

/** Where a lane writes what it counted, as JSON. */
export const laneVariable = 'CLAWQL_TEST_LANE_RESULT';

export interface Lane {
  /** Resolves when the lane has ended; its output is printed then, whole, so that it does not mix with the others'. */
  readonly outcome: Promise<StageOutcome>;
  end(): void;
}

/** Runs stages of `npm test` in a process of their own, beside the others. One that dies midway leaves no result, and that is a failure. */
export function startLane(stages: readonly string[], folder: string): Lane {
  const result = path.join(folder, `${stages.join('-')}.json`);
  const child = spawn(process.execPath, [path.join(projectRoot, 'scripts', 'test.ts'), ...stages], {
    cwd: projectRoot,
    env: { ...process.env, [laneVariable]: result },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const closed = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  const outcome = closed.then(async () => {
    process.stdout.write(Buffer.concat(output));
    try {
      return decodeOutcome(await readFile(result, 'utf8'));
    } catch {
      return failedOutcome(`the lane of ${stages.join(', ')}`, 'it ended before its result was written');
    }
  });
  return { outcome, end: () => void child.kill('SIGTERM') };
}
