import { spawn, type ChildProcess } from 'node:child_process';

import type { Command, ProgramOutcome, RunOptions } from './machine.ts';

export interface ProgramLimits {
  readonly timeoutMs: number;
  /** Of the standard output. */
  readonly maxBytes: number;
  /** How long a program that has ended may leave its output open in other hands, in milliseconds. */
  readonly graceMs: number;
}

/** 10,000 peers make about 11 MB. A command line that finds no daemon gives up by itself after 5 s. */
const usualLimits: ProgramLimits = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024, graceMs: 500 };
const stderrBytes = 64 * 1024;

/** Runs a program to its end within limits. On Unix it leads a process group of its own, and the whole group is ended when this resolves. */
export function runProgram(
  { argv: [program, ...rest], env }: Command,
  signal: AbortSignal,
  { onOutput, ...changed }: RunOptions & Partial<ProgramLimits> = {},
): Promise<ProgramOutcome> {
  const { timeoutMs, maxBytes, graceMs } = { ...usualLimits, ...changed };
  // `spawn` starts the program even for a signal that is aborted already, and only then kills it.
  if (signal.aborted) return Promise.resolve({ kind: 'aborted' });
  let child;
  try {
    child = spawn(program, rest, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    return Promise.resolve(notStarted(error));
  }
  const { stdout, stderr } = child;
  const running = child;
  return new Promise((resolve) => {
    const out = gather(maxBytes, () => finish({ kind: 'too-much', limitBytes: maxBytes }));
    const err = gather(stderrBytes, () => undefined);
    const onAbort = (): void => finish({ kind: 'aborted' });
    const timers = [setTimeout(() => finish({ kind: 'too-long', afterMs: timeoutMs }), timeoutMs)];
    let isDone = false;
    const finish = (outcome: ProgramOutcome): void => {
      if (isDone) return;
      isDone = true;
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      endGroup(running);
      stdout.destroy();
      stderr.destroy();
      resolve(outcome);
    };
    const finishWith = (exitCode: number | null): void =>
      finish({ kind: 'ended', exitCode: exitCode ?? undefined, stdout: out.bytes(), stderr: err.bytes() });
    signal.addEventListener('abort', onAbort);
    for (const [stream, { add }] of [[stdout, out] as const, [stderr, err] as const]) {
      stream.on('data', (chunk: Uint8Array) => {
        add(chunk);
        onOutput?.(chunk);
      });
    }
    running.once('error', (error) => finish(notStarted(error)));
    running.once('exit', (exitCode) => {
      if (!isDone) timers.push(setTimeout(() => finishWith(exitCode), graceMs));
    });
    running.once('close', finishWith);
  });
}

/** Keeps the first `limit` bytes; says once that there were more. */
function gather(limit: number, onMore: () => void): { add: (chunk: Uint8Array) => void; bytes: () => Uint8Array } {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk) {
      if (size > limit) return;
      chunks.push(chunk.subarray(0, limit - size));
      size += chunk.byteLength;
      if (size > limit) onMore();
    },
    bytes: () => Buffer.concat(chunks),
  };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    // Windows knows no groups: the program alone is ended.
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

function notStarted(error: unknown): ProgramOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { kind: 'not-started', code, detail: error instanceof Error ? error.message : String(error) };
}
