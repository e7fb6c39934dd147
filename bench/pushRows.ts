import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

import { projectRoot } from '../scripts/support/root.ts';
import { missingForTailnet } from '../test/support/tailnet/requirements.ts';
import { withLab } from '../test/support/tailnet/withLab.ts';
import { median, milliseconds, type Row, type SkippedRow } from './measure.ts';

/** Milliseconds that may pass between the daemon's knowing of a change and the subscriber's. */
const limit = 300;

const Delays = z.record(z.string(), z.array(z.number()));

/** From a real change in the tailnet lab to the subscriber, counted from the moment when the daemon itself knew. */
export async function pushRows(): Promise<readonly (Row | SkippedRow)[]> {
  const missing = missingForTailnet();
  if (missing.length > 0) return [{ what: 'a change of the tailnet to the subscriber', skipped: missing.join(' ') }];
  const delays = await withLab({ control: 'headscale' }, async (lab) => {
    const command = lab.inside('laptop', [process.execPath, 'bench/pushInside.ts'], { cwd: projectRoot });
    const { stdout } = await promisify(execFile)(command.file, command.args, {
      cwd: projectRoot,
      env: { ...process.env, ...lab.environment },
      timeout: 300_000,
    });
    return Delays.parse(JSON.parse(stdout));
  });
  return Object.entries(delays).map(([what, all]) => ({
    what: `${what}: from the daemon's knowing to the subscriber`,
    measured: `median ${milliseconds(median(all))} of ${all.length}`,
    against: `${limit} ms`,
    ratio: median(all) / limit,
    spread: [Math.min(...all) / limit, Math.max(...all) / limit],
    bar: 1,
  }));
}
