import { execFile } from 'node:child_process';

/** A program and its arguments: never a shell string. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

interface RunOptions {
  /** Milliseconds before the program is ended. Default a minute. */
  readonly timeout?: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and returns what it printed. Rejects with its command line and its own words when it fails. */
export function run({ file, args }: Command, { timeout = 60_000, cwd, env }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { timeout, cwd, env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else
        reject(new Error(`${[file, ...args].join(' ')}\nfailed: ${stderr.trim() || error.message}`, { cause: error }));
    });
  });
}
