import fs from 'node:fs/promises';
import { hostResult, resultFile, type HostResult } from './hostResult.ts';

/**
 * The result of a suite, or the reason why there is none that counts: an extension host that dies midway still lets VS Code
 * exit with 0, and a suite without a test proves nothing.
 */
export async function readHostResult(folder: string): Promise<HostResult | string> {
  const text = await fs.readFile(resultFile(folder), 'utf8').catch(() => undefined);
  if (text === undefined)
    return 'the extension host wrote no result: it died before the suite ended, or the suite never ran';
  const result = hostResult.parse(JSON.parse(text));
  return result.passed + result.failed.length + result.skipped.length === 0 ? 'no test ran' : result;
}
