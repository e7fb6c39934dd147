import { bareName } from '../../core/tailnet/goRecord.ts';
import { readStart } from '../readStart.ts';

/** Some people block advertisements by it. */
const limitBytes = 1024 * 1024;

/** Whether a file of hosts names a host; not where it cannot be read. Its form: `hosts(5)`. */
export async function isInHostsFile(file: string, name: string): Promise<boolean> {
  const text = await readStart(file, limitBytes).catch(() => '');
  const wanted = bareName(name);
  return text.split('\n').some((line) => {
    const [entry = ''] = line.split('#');
    const [, ...names] = entry.trim().split(/\s+/);
    return names.some((one) => bareName(one) === wanted);
  });
}
