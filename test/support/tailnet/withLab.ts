import { withCleanup } from '../editor/cleanup.ts';
import { TailnetLab } from './lab.ts';
import type { UpOptions } from './lab.ts';

/** Brings a lab up, runs `work` with it and takes it down whatever happens: a failure, an exception, Ctrl+C, SIGTERM. */
export async function withLab<T>(options: UpOptions, work: (lab: TailnetLab) => Promise<T>): Promise<T> {
  return withCleanup(async (cleanup) => {
    const lab = await TailnetLab.up(options);
    cleanup.add(() => {
      lab.down();
    });
    return work(lab);
  });
}
