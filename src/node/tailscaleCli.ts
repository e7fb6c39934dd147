import { execFile } from 'node:child_process';

import type { DaemonFailure } from '../core/tailnet/tailnet.ts';
import type { StatusReading } from '../services/tailnetReader.ts';

const timeoutMs = 10_000;

/**
 * `tailscale status --json`, which exits 0 in every state of the backend. The application of macOS opens its window instead unless
 * `TAILSCALE_BE_CLI` is set. Source: tailscale `cmd/tailscale/cli/status.go`, `cli.go`.
 */
export function readStatusByCli(program: string, signal: AbortSignal): Promise<StatusReading> {
  // `execFile` starts the program even for a signal that is aborted already, and only then kills it.
  if (signal.aborted) {
    const failure = { kind: 'not-answering', where: program, detail: 'ended before it began' } as const;
    return Promise.resolve({ kind: 'failed', failure });
  }
  return new Promise<StatusReading>((resolve) => {
    execFile(
      program,
      ['status', '--json'],
      {
        env: { ...process.env, TAILSCALE_BE_CLI: '1' },
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 256 * 1024 * 1024,
        windowsHide: true,
        signal,
      },
      (error, stdout, stderr) => resolve(readingOf(program, error, stdout, stderr)),
    );
  }).catch((error: unknown) => readingOf(program, error instanceof Error ? error : new Error(String(error)), '', ''));
}

function readingOf(program: string, error: Error | null, stdout: string, stderr: string): StatusReading {
  if (error !== null) {
    const kind = failureKind(error);
    return { kind: 'failed', failure: { kind, where: program, detail: firstLine(stderr) || firstLine(error.message) } };
  }
  try {
    const document: unknown = JSON.parse(stdout);
    return { kind: 'read', document, source: { via: 'cli', where: program, version: '' } };
  } catch {
    const detail = `not JSON: ${firstLine(stdout)}`;
    return { kind: 'failed', failure: { kind: 'unexpected-answer', where: program, detail } };
  }
}

function failureKind(error: Error): DaemonFailure['kind'] {
  const code = 'code' in error ? error.code : undefined;
  // A path that none can be, such as one with a null byte, is a place where nothing is.
  if (code === 'ENOENT' || code === 'ERR_INVALID_ARG_VALUE') return 'not-found';
  return code === 'EACCES' || code === 'EPERM' ? 'no-permission' : 'not-answering';
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}
