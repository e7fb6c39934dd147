import path from 'node:path';
import * as z from 'zod/mini';

/** The variable that tells the suite in the extension host in which folder to write its report and its result. */
export const reportVariable = 'CLAWQL_HOST_REPORT';

const failedTest = z.object({ title: z.string(), message: z.string() });
const skippedTest = z.object({ title: z.string(), why: z.string(), avoidable: z.boolean() });

/** What the suite writes at its very end. No file means that it never got there. */
export const hostResult = z.object({ passed: z.number(), failed: z.array(failedTest), skipped: z.array(skippedTest) });

export type HostResult = z.infer<typeof hostResult>;

/** The text that grows while the suite runs. */
export function reportFile(folder: string): string {
  return path.join(folder, 'report.txt');
}

export function resultFile(folder: string): string {
  return path.join(folder, 'result.json');
}
