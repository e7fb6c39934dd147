import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ownerOf, runOf } from './labRun.ts';

/** Where a run keeps its state. Short, because of the sockets in it. */
export function runDirectory(run: string): string {
  return path.join(os.tmpdir(), run);
}

/** Every run of which something is on this machine, with the process that owns it while that is alive. */
export function presentRuns(): { run: string; owner: number | undefined }[] {
  const names = [...namespaces(), ...readdirSync(os.tmpdir())];
  const runs = new Set(names.map(runOf).filter((run) => run !== undefined));
  return [...runs].map((run) => ({ run, owner: ownerOf(run) }));
}

/** Removes what runs left that were killed before they could do it themselves. */
export function removeLeftovers(): string[] {
  const dead = presentRuns().filter(({ owner }) => owner === undefined);
  for (const { run } of dead) removeRun(run);
  return dead.map(({ run }) => run);
}

/**
 * Ends every process in a run's namespaces, whoever started it, deletes the namespaces and the state. Synchronous, so that it
 * also works while the process exits.
 */
export function removeRun(run: string): void {
  const own = namespaces().filter((name) => runOf(name) === run);
  const deadline = performance.now() + 5_000;
  for (let pids = own.flatMap(pidsIn); pids.length > 0; pids = own.flatMap(pidsIn)) {
    if (performance.now() > deadline) throw new Error(`Processes of ${run} do not end: ${pids.join(', ')}`);
    for (const pid of pids) kill(pid);
  }
  for (const name of own) ip(['netns', 'delete', name]);
  rmSync(runDirectory(run), { recursive: true, force: true });
}

function namespaces(): string[] {
  return ip(['netns', 'list'])
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name !== '');
}

function pidsIn(namespace: string): number[] {
  return ip(['netns', 'pids', namespace]).trim().split('\n').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between being listed and now.
  }
}

/** Empty when it fails: another process may be clearing away the same leftovers. */
function ip(args: readonly string[]): string {
  try {
    return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
