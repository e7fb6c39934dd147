import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of a test's own: short, because paths of sockets must be. */
export class TempFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'cq-'));

  /** A path in it; nothing is made there. */
  file(...names: readonly string[]): string {
    return path.join(this.path, ...names);
  }

  /** Where a daemon of that name listens: a unix socket in the folder, on Windows a named pipe. */
  socket(name: string): string {
    return process.platform === 'win32' ? `\\\\.\\pipe\\${path.basename(this.path)}-${name}` : this.file(name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}
