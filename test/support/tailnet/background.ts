import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { Command } from './command.ts';
import { until } from './until.ts';

/** A program that runs on in the lab. Its pid lies in a file, so that every process that steers the lab knows it. */
export interface Background {
  readonly pidFile: string;
  readonly log: string;
}

/** A developer's proxy must not stand between the nodes of the lab. */
const proxies = /^(https?|all|no)_proxy$/i;

export async function startBackground(
  { pidFile, log }: Background,
  { file, args }: Command,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const inherited = Object.entries(process.env).filter(([name]) => !proxies.test(name));
  const output = openSync(log, 'a');
  // A session of its own: Ctrl+C in the terminal reaches the lab's owner, which takes everything down in order.
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  closeSync(output);
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
  await writeFile(pidFile, String(child.pid));
}

/** Sends a signal; false when the program does not run. */
export async function signalBackground({ pidFile }: Background, signal: NodeJS.Signals): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  if (pid === 0 || !isRunning(pid)) return false;
  process.kill(pid, signal);
  return true;
}

/** Ends the program and waits until it is gone. Nothing happens when it does not run. */
export async function endBackground(background: Background, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const pid = Number(await readFile(background.pidFile, 'utf8').catch(() => '0'));
  if (!(await signalBackground(background, signal))) return;
  await until(`process ${pid} ends`, () => Promise.resolve(isRunning(pid) ? undefined : true));
  await rm(background.pidFile, { force: true });
}

/** Waits until `ready` gives true. Rejects with the end of what the program said when it ends before or takes too long. */
export async function untilReady(
  what: string,
  { pidFile, log }: Background,
  ready: () => Promise<boolean>,
): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8'));
  const ended = () => !isRunning(pid);
  const probe = async () => (ended() || (await ready()) ? true : undefined);
  await until(what, probe).catch(async (error: unknown) => {
    throw new Error(`Not ready in time: ${what}; ${await endOf(log)}`, { cause: error });
  });
  if (ended()) throw new Error(`It ended before this was so: ${what}; ${await endOf(log)}`);
}

/** Whether a TCP port is listened on in the network namespace of a process (proc_pid_net(5)). */
export async function isListening(holder: number, port: number): Promise<boolean> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${holder}/net/${name}`, 'utf8')));
  const listening = new RegExp(`^ *\\d+: [0-9A-F]+:${port.toString(16).toUpperCase().padStart(4, '0')} \\S+ 0A `, 'm');
  return tables.some((table) => listening.test(table));
}

async function endOf(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return `the end of ${log}:\n${text.trimEnd().split('\n').slice(-15).join('\n')}`;
}

/** Of a process that ended but is not reaped yet, other threads may still hold its sockets (proc_pid_stat(5), fields 3, 20). */
function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] !== 'Z' || Number(fields[17]) > 1;
  } catch {
    return false;
  }
}
