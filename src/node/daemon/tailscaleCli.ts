import type { DaemonFailure } from '../../core/tailnet/tailnet.ts';
import type { StatusReading } from '../../services/tailnet/tailnetReader.ts';
import { placeName, type ProgramPlace } from './daemonPlace.ts';
import type { Machine, ProgramOutcome } from '../machine.ts';
import { findJsonObject, outputText } from './programOutput.ts';

/** `tailscale status --json`, which exits 0 in every state of the backend. Source: tailscale `cmd/tailscale/cli/status.go`, `cli.go`. */
export async function readStatusByCli(
  place: ProgramPlace,
  machine: Pick<Machine, 'run'>,
  signal: AbortSignal,
): Promise<StatusReading> {
  const { argv, env } = place;
  const outcome = await machine.run({ argv: [...argv, 'status', '--json'], env }, signal);
  const where = placeName(place);
  const installed = isInstalled(place, outcome);
  const failed = (reason: Pick<DaemonFailure, 'kind' | 'detail'>): StatusReading => ({
    kind: 'failed',
    failure: { where, ...reason, ...(installed === undefined ? {} : { installed }) },
  });
  if (outcome.kind !== 'ended') return failed(reasonOf(outcome));
  const [stdout, stderr] = [outputText(outcome.stdout), outputText(outcome.stderr)];
  if (outcome.exitCode !== 0) {
    const words = firstWords(stderr) || firstWords(stdout) || `it ended with ${outcome.exitCode ?? 'a signal'}`;
    return failed({ kind: kindOfWords(words), detail: words });
  }
  const document = findJsonObject(stdout, 'BackendState');
  if (document === undefined) {
    const detail = `no status: ${firstWords(stdout) || firstWords(stderr) || 'it printed nothing'}`;
    return failed({ kind: 'unexpected-answer', detail });
  }
  const notes = [noteOfAsked[place.asks], noteOfVersions(stderr)].filter((note) => note !== undefined);
  const note = notes.length === 0 ? {} : { note: notes.join('; ') };
  return { kind: 'read', document, source: { via: 'cli', where, version: '', ...note } };
}

const noteOfAsked: Record<ProgramPlace['asks'], string | undefined> = {
  'this machine': undefined,
  windows: 'this is the status of the Windows machine, not of WSL',
  'flatpak-host': 'this is the status of the machine round the sandbox',
};

/** Whether Tailscale's program is at the place, by what came of it; undefined where that is not known. */
function isInstalled({ asks }: ProgramPlace, outcome: ProgramOutcome): boolean | undefined {
  if (asks === 'flatpak-host') return outcome.kind === 'ended' ? isOnHost(outputText(outcome.stderr)) : undefined;
  if (outcome.kind === 'not-started') return kindOfCode(outcome.code) === 'not-found' ? false : undefined;
  return outcome.kind === 'aborted' ? undefined : true;
}

/** The same of the machine round the sandbox: what ran here is flatpak's program, which passes the words on. Source: GLib's `g_spawn`. */
function isOnHost(words: string): boolean | undefined {
  if (/failed to connect to local tailscale/i.test(words)) return true;
  return /Failed to execute child process .* \(No such file or directory\)/i.test(words) ? false : undefined;
}

function reasonOf(outcome: Exclude<ProgramOutcome, { kind: 'ended' }>): Pick<DaemonFailure, 'kind' | 'detail'> {
  switch (outcome.kind) {
    case 'not-started':
      return { kind: kindOfCode(outcome.code), detail: brief(outcome.detail) };
    case 'too-long':
      return { kind: 'not-answering', detail: `it did not end within ${outcome.afterMs / 1000} s` };
    case 'too-much':
      return { kind: 'unexpected-answer', detail: `it printed more than ${outcome.limitBytes} bytes` };
    case 'aborted':
      return { kind: 'not-answering', detail: 'it was ended before it answered' };
  }
}

function kindOfCode(code: string): DaemonFailure['kind'] {
  // A path that none can be, such as one with a null byte, is a place where nothing is.
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE') return 'not-found';
  return code === 'EACCES' || code === 'EPERM' ? 'no-permission' : 'not-answering';
}

/** Sources: tailscale `cmd/tailscale/cli/diag.go` (fixTailscaledConnectErrorImpl), `cli.go`; flatpak's `flatpak-spawn`. */
function kindOfWords(words: string): DaemonFailure['kind'] {
  if (/access denied|permission denied/i.test(words)) return 'no-permission';
  if (words.includes('appears to be running as')) return 'not-answering';
  const isAbsent = /failed to connect to local tailscale|^Portal call failed|Failed to execute child process/i;
  return isAbsent.test(words) ? 'not-found' : 'not-answering';
}

/** Source: tailscale `cmd/tailscale/cli/cli.go` (SetVersionMismatchHandler). */
function noteOfVersions(stderr: string): string | undefined {
  const [, program, daemon] =
    /client version "([\w.+-]{1,80})" != tailscaled server version "([\w.+-]{1,80})"/.exec(stderr) ?? [];
  return program === undefined || daemon === undefined
    ? undefined
    : `the program (${program}) is not of its daemon's version (${daemon}): what is new in the daemon can be missing`;
}

/** The first line that is no warning beside the matter. */
function firstWords(text: string): string {
  const lines = text.trim().split('\n');
  return brief(lines.find((line) => !line.startsWith('Warning: ')) ?? lines[0] ?? '');
}

function brief(text: string): string {
  return (text.trim().split('\n')[0] ?? '').trimEnd().slice(0, 200);
}
