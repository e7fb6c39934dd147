import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { socketPath } from '../../support/tailnet/labDescription.ts';
import { until } from '../../support/tailnet/until.ts';

/** What keeps this process alive, seen when neither a timer nor a socket is just being served. */
export async function resources(): Promise<readonly string[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return process.getActiveResourcesInfo().toSorted();
}

/** Connections to the daemon's socket in this network namespace (proc_pid_net(5), `unix`): the listening one is flagged 00010000. */
async function connectionsToDaemon(): Promise<number> {
  const lines = (await readFile('/proc/net/unix', 'utf8')).split('\n');
  return lines.filter((line) => line.endsWith(` ${socketPath}`) && line.split(' ')[3] !== '00010000').length;
}

/**
 * Milliseconds for which `fetch` goes on with a connection to somebody silent after nobody waits for it any more: 10 s, and some for the end.
 * Source: undici `lib/core/connect.js`.
 */
const givenUpAfter = 15_000;

/** Fails when this process holds more than it did before, or anybody on this node is still connected to the daemon. */
export async function assertNothingLeft(before: readonly string[]): Promise<void> {
  let more: readonly string[] = [];
  const isGone = async () => {
    const rest = [...before];
    more = (await resources()).filter((name) => {
      const index = rest.indexOf(name);
      if (index >= 0) rest.splice(index, 1);
      return index < 0;
    });
    return more.length === 0 || undefined;
  };
  await until('only what was there before is left', isGone, givenUpAfter).catch(() => assert.deepEqual(more, []));
  await until(
    'nobody is connected to the daemon',
    async () => ((await connectionsToDaemon()) === 0 ? true : undefined),
    5_000,
  );
}
