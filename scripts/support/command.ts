import { spawn } from 'node:child_process';

import { projectRoot } from './root.ts';

export interface CommandResult {
  readonly code: number;
  /** What it printed to both streams, in order; empty when it went to the terminal. */
  readonly output: string;
}

/** Runs a program of the project with its own Node and no shell. Never rejects for an exit code. */
function run(
  file: string,
  args: readonly string[],
  options: { readonly show?: boolean; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: projectRoot,
      env: { ...process.env, ...options.environment },
      stdio: options.show === true ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs the JavaScript program of an installed package, such as `eslint/bin/eslint.js`. */
export function runTool(script: string, ...args: readonly string[]): Promise<CommandResult> {
  return run(process.execPath, [`${projectRoot}/node_modules/${script}`, ...args]);
}
