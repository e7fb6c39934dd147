import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * What `npm run` puts into the environment of its scripts and what of it a second npm must not inherit: this project's own
 * options (`ignore-scripts=true`), its package's fields, its prefix. The user's registry, proxy, certificates and cache stay.
 */
const inherited =
  /^npm_config_(?:registry|userconfig|globalconfig|cache|ca|cafile|proxy|https_proxy|http_proxy|noproxy|strict_ssl|fetch_\w+)$/i;

/** The environment for an npm that works in a folder of its own, with `nodeDirectory/bin/node` and its headers where one is given. */
export function npmEnvironment(
  environment: NodeJS.ProcessEnv,
  nodeDirectory: string | undefined,
): Record<string, string | undefined> {
  const own = Object.entries(environment).filter(
    ([name]) => inherited.test(name) || !/^(?:npm_|NODE$|NODE_OPTIONS$|INIT_CWD$)/i.test(name),
  );
  const clean: Record<string, string | undefined> = Object.fromEntries(own);
  if (nodeDirectory === undefined) return clean;
  return {
    ...clean,
    PATH: [path.join(nodeDirectory, 'bin'), environment['PATH'] ?? ''].join(path.delimiter),
    npm_config_nodedir: nodeDirectory,
  };
}

export interface NpmRun {
  readonly folder: string;
  readonly nodeDirectory?: string;
}

/** Runs npm to its end. Throws an error that holds the command, the folder and the end of npm's output when npm fails. */
export async function npm(args: readonly string[], { folder, nodeDirectory }: NpmRun): Promise<void> {
  const child = spawn('npm', args, {
    cwd: folder,
    env: npmEnvironment(process.env, nodeDirectory),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', (error) => {
      reject(new Error('npm could not be started: is Node with npm on the PATH?', { cause: error }));
    });
    child.once('close', (exitCode, signal) => {
      resolve(exitCode ?? signal);
    });
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} in ${folder} ended with ${String(code)}:\n${output.trim()}`);
}
