import type { DaemonPlatform } from '../../core/tailnet/daemonPlatform.ts';
import type { StatusSource } from '../../services/tailnet/tailnetReader.ts';
import type { TailscaleProgram, TailscaleRun, TailscaleRunOptions } from '../../services/tailnet/tailscaleProgram.ts';
import type { Machine, ProgramOutcome } from '../machine.ts';
import { placeName, type ProgramPlace } from './daemonPlace.ts';
import { placesToTry, type ConfiguredDaemon } from './placesToTry.ts';
import { platformPlaces } from './platformPlaces.ts';
import { outputText } from './programOutput.ts';

export interface ProgramRunnerParts {
  readonly platform: () => Promise<DaemonPlatform>;
  readonly configured: () => ConfiguredDaemon;
  /** From where the last status came; undefined where none was read. */
  readonly source: () => StatusSource | undefined;
  readonly machine: Pick<Machine, 'run' | 'env'>;
}

type ArgumentVector = readonly [string, ...string[]];

/** Runs the program of the daemon that is in use: the one that gave the status, or the first of this platform that is there. */
export class ProgramRunner implements TailscaleProgram {
  readonly #parts: ProgramRunnerParts;

  constructor(parts: ProgramRunnerParts) {
    this.#parts = parts;
  }

  async commandFor(args: readonly string[], signal: AbortSignal): Promise<ArgumentVector | undefined> {
    const platform = await this.#parts.platform();
    const program = await this.#programOf(this.#programsOf(platform), signal);
    return program && this.#vector(program, platform, args);
  }

  async run(
    args: readonly string[],
    { timeoutMs, onOutput }: TailscaleRunOptions,
    signal: AbortSignal,
  ): Promise<TailscaleRun> {
    const platform = await this.#parts.platform();
    const programs = this.#programsOf(platform);
    const program = await this.#programOf(programs, signal);
    if (signal.aborted) return { kind: 'aborted' };
    if (program === undefined) return { kind: 'no-program', tried: programs.map(placeName) };
    const decoder = new TextDecoder();
    const outcome = await this.#parts.machine.run(
      { argv: this.#vector(program, platform, args), env: program.env },
      signal,
      { timeoutMs, onOutput: (bytes) => onOutput?.(decoder.decode(bytes, { stream: true })) },
    );
    return runOf(outcome);
  }

  #programsOf(platform: DaemonPlatform): readonly ProgramPlace[] {
    const { configured, machine } = this.#parts;
    // A configured socket stands alone where a status is looked for; the program to steer its daemon is the platform's all the same.
    const places = placesToTry(platform, { ...configured(), socketPath: '' }, machine.env['PATH']);
    return places.filter((place) => place.kind === 'program');
  }

  /** Asked for its version alone, for which it needs no daemon. */
  async #programOf(programs: readonly ProgramPlace[], signal: AbortSignal): Promise<ProgramPlace | undefined> {
    const source = this.#parts.source();
    if (source?.via === 'cli') return programs.find((place) => placeName(place) === source.where);
    for (const place of programs) {
      // Where a daemon inside WSL answers, that of Windows is another one.
      if (place.asks === 'windows' && source !== undefined) continue;
      const { argv, env } = place;
      const outcome = await this.#parts.machine.run({ argv: [...argv, 'version'], env }, signal);
      if (outcome.kind === 'ended' && outcome.exitCode === 0) return place;
    }
    return undefined;
  }

  #vector({ argv }: ProgramPlace, platform: DaemonPlatform, args: readonly string[]): ArgumentVector {
    const source = this.#parts.source();
    const usual = platformPlaces[platform.kind].find(({ kind }) => kind === 'socket' || kind === 'pipe');
    const isPath = source?.via === 'localapi' && /^[\\/]/.test(source.where);
    // The program finds its platform's own socket by itself. Source: tailscale `cmd/tailscale/cli/cli.go` (rootArgs.socket).
    const socket = isPath && (usual === undefined || source.where !== placeName(usual)) ? source.where : undefined;
    return [...argv, ...(socket === undefined ? [] : [`--socket=${socket}`]), ...args];
  }
}

function runOf(outcome: ProgramOutcome): TailscaleRun {
  switch (outcome.kind) {
    case 'ended': {
      const [stdout, stderr] = [outputText(outcome.stdout), outputText(outcome.stderr)];
      if (outcome.exitCode === 0) return { kind: 'done', stdout, stderr };
      const code = outcome.exitCode === undefined ? {} : { exitCode: outcome.exitCode };
      return { kind: 'failed', ...code, stdout, stderr };
    }
    case 'not-started':
      return { kind: 'failed', stdout: '', stderr: outcome.detail };
    case 'too-much':
      return { kind: 'failed', stdout: '', stderr: `It printed more than ${outcome.limitBytes} bytes.` };
    default:
      return outcome;
  }
}
