import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { cleanEnvironment } from './environment.ts';
import type { CodeServer } from './install.ts';

/** How long the server may take until it listens, in milliseconds: far more than it needs on a busy machine. */
const startLimit = 60_000;
/** How long it may take to end before it is killed, in milliseconds. */
const stopLimit = 5_000;

export interface EditorServerOptions {
  readonly installation: CodeServer;
  /** A folder of its own with a short path: HOME, user data, extensions and logs lie in it. */
  readonly root: string;
  /** Added to a clean environment; reaches `process.env` of the extension host. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workspaceTrust: boolean;
  /** Where to listen on 127.0.0.1; 0 takes a free port. */
  readonly port: number;
}

/** VS Code's server with its own data. `start` starts it, `stop` ends it with every process of its group. */
export class EditorServer {
  readonly #options: EditorServerOptions;
  #child: ChildProcess | undefined;

  constructor(options: EditorServerOptions) {
    this.#options = options;
  }

  get userData(): string {
    return path.join(this.#options.root, 'user-data');
  }

  get extensions(): string {
    return path.join(this.#options.root, 'extensions');
  }

  /** Installs a packaged extension, before or while the server runs. Throws with the server's words when it refuses. */
  async installExtension(vsix: string): Promise<void> {
    const child = this.#spawn(['--install-extension', vsix]);
    const output = collect(child);
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`VS Code could not install ${vsix}:\n${output()}`);
  }

  /** The folders of the extensions that were installed. */
  async installedExtensions(): Promise<string[]> {
    const entries = await fs.readdir(this.extensions, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(this.extensions, entry.name));
  }

  /** Starts the server and returns its address, `http://127.0.0.1:PORT`. Throws with its output when it ends or does not listen. */
  async start(): Promise<string> {
    const { workspaceTrust, port } = this.#options;
    const child = this.#spawn([
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--disable-telemetry'],
      ...['--log', 'info'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ]);
    this.#child = child;
    const output = collect(child);
    return new Promise((resolve, reject) => {
      const fail = (what: string): void => {
        clearTimeout(timer);
        reject(new Error(`VS Code's server ${what}:\n${output()}`));
      };
      const timer = setTimeout(() => {
        fail(`did not listen within ${startLimit / 1000} s`);
      }, startLimit);
      child.once('close', (code) => {
        fail(`ended with ${String(code)}`);
      });
      child.stdout?.on('data', () => {
        const listening = /Web UI available at http:\/\/[^:/]+:(\d+)/.exec(output());
        if (listening?.[1] === undefined) return;
        clearTimeout(timer);
        resolve(`http://127.0.0.1:${listening[1]}`);
      });
    });
  }

  /** Ends the server and everything that it started: extension host, terminals, watchers. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    const group = -child.pid;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      signalGroup(group, 'SIGTERM');
      const timer = setTimeout(() => {
        signalGroup(group, 'SIGKILL');
      }, stopLimit);
      await ended;
      clearTimeout(timer);
    }
    signalGroup(group, 'SIGKILL');
  }

  #spawn(args: readonly string[]): ChildProcess {
    const { installation, root, environment } = this.#options;
    const data = ['--server-data-dir', path.join(root, 'server'), '--user-data-dir', this.userData];
    return spawn(
      installation.node,
      [
        installation.serverMain,
        '--accept-server-license-terms',
        ...data,
        ...['--extensions-dir', this.extensions],
        ...args,
      ],
      { cwd: root, env: cleanEnvironment(root, environment), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
  }
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The last 10,000 characters that a process said. */
function collect(child: ChildProcess): () => string {
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-10_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => output.trim();
}
