import { eventually } from './eventually.ts';

/** What keeps this process alive, seen when neither a timer nor a socket is just being served. */
export async function resources(): Promise<readonly string[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return process.getActiveResourcesInfo().toSorted();
}

/** Fails when this process is kept alive by more than before. */
export async function assertNothingMoreThan(before: readonly string[]): Promise<void> {
  await eventually(`only what was there before is left: ${before.join()}`, async () => {
    const rest = [...before];
    return (await resources()).every((name) => {
      const index = rest.indexOf(name);
      if (index >= 0) rest.splice(index, 1);
      return index >= 0;
    });
  });
}
