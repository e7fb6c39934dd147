import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { editorVersions } from './editorVersion.ts';

/**
 * What the launcher needs beside the arguments that `@vscode/test-electron` gives it. It stands in a file, since the launcher
 * takes nothing of its own environment over into the editor, and reaches for nothing itself: it may be run where there is no
 * network.
 */
const launcherPlan = z.object({
  installation: z.object({ version: z.enum(editorVersions), node: z.string(), serverMain: z.string() }),
  chromium: z.string(),
  environment: z.record(z.string(), z.string()),
  report: z.string(),
  screenshots: z.string(),
  limits: z.object({ start: z.number(), suite: z.number() }),
});

export type LauncherPlan = z.infer<typeof launcherPlan>;

export async function readLauncherPlan(file: string): Promise<LauncherPlan> {
  return launcherPlan.parse(JSON.parse(await fs.readFile(file, 'utf8')));
}

function quote(argument: string): string {
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Writes a plan and an executable that runs the launcher with it, by the Node of this process: the one on the PATH may be
 * older. `prefix` is a command that runs what follows it, such as `nsenter` into the namespaces of another machine.
 */
export async function writeLauncher(folder: string, plan: LauncherPlan, prefix: readonly string[]): Promise<string> {
  const planFile = path.join(folder, 'plan.json');
  await fs.writeFile(planFile, JSON.stringify(plan));
  const launcher = path.join(import.meta.dirname, 'launcher.ts');
  const command = [...prefix, process.execPath, launcher, `--plan=${planFile}`].map(quote).join(' ');
  const executable = path.join(folder, 'vscode');
  await fs.writeFile(executable, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return executable;
}
