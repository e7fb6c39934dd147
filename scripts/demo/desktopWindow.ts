import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../../test/support/editor/eventually.ts';

/** How long the editor may take until it has noted its process, in milliseconds: the first start of an installation is slow. */
const startLimit = 60_000;
/** How long it may take to end before it is killed, in milliseconds. */
const stopLimit = 5_000;

export interface DesktopWindowOptions {
  readonly program: string;
  /** A folder of its own with a short path, for the editor's data. */
  readonly root: string;
  readonly extension: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A desktop editor that runs beside the user's own one, with data of its own. Its command starts it and ends; the process is known by
 * `code.lock`, which it writes into its data. Source: microsoft/vscode `src/vs/code/electron-main/main.ts` (mainLockfile).
 */
export class DesktopWindow {
  readonly #options: DesktopWindowOptions;
  #pid: number | undefined;

  constructor(options: DesktopWindowOptions) {
    this.#options = options;
  }

  /** Where the editor keeps its data, settings among them. */
  get userData(): string {
    return path.join(this.#options.root, 'user-data');
  }

  /** Resolves when the editor runs. Throws with what its command said when that fails. */
  async start(): Promise<void> {
    const { program, root, extension, folder, environment } = this.#options;
    const isRoot = process.getuid?.() === 0;
    const child = spawn(
      program,
      [
        ...['--user-data-dir', this.userData, '--extensions-dir', path.join(root, 'extensions')],
        ...['--new-window', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
        ...(isRoot ? ['--no-sandbox'] : []),
        `--extensionDevelopmentPath=${extension}`,
        folder,
      ],
      { cwd: root, env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    let failure: string | undefined;
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    });
    child.once('error', (error) => {
      failure ??= error.message;
    });
    child.once('close', (code) => {
      if (code !== 0) failure ??= `it ended with ${String(code)}`;
    });
    await eventually(
      async () => failure ?? (await this.#readPid()),
      (reading) => {
        if (typeof reading === 'string') throw new Error(`${program} did not start: ${reading}\n${said}`.trim());
        this.#pid = reading;
        return reading;
      },
      () => `${program} did not start\n${said}`.trim(),
      startLimit,
    );
  }

  /** Resolves when the user has quit the editor. */
  async ended(): Promise<void> {
    while (this.#pid !== undefined && isAlive(this.#pid)) await wait(250);
  }

  /** Ends the editor; its windows and helpers end with it. */
  async stop(): Promise<void> {
    const pid = this.#pid ?? (await this.#readPid());
    if (pid === undefined || !isAlive(pid)) return;
    process.kill(pid, 'SIGTERM');
    const deadline = performance.now() + stopLimit;
    while (isAlive(pid) && performance.now() < deadline) await wait(50);
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }

  async #readPid(): Promise<number | undefined> {
    const text = await fs.readFile(path.join(this.userData, 'code.lock'), 'utf8').catch(() => '');
    return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
