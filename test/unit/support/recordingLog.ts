import type { Log } from '../../../src/services/log.ts';

/** A log that keeps its lines, each with its level in front. */
export class RecordingLog implements Log {
  readonly lines: string[] = [];

  get text(): string {
    return this.lines.join('\n');
  }

  debug(message: string): void {
    this.lines.push(`debug ${message}`);
  }

  info(message: string): void {
    this.lines.push(`info ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }

  error(message: string): void {
    this.lines.push(`error ${message}`);
  }
}
