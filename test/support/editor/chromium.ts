import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { findProgram } from './findProgram.ts';

const packages = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];
/** How long each call of apt-get may take, in milliseconds. */
const aptLimit = 10 * 60_000;

/** The browser named in `CHROMIUM`, or the first of the usual ones on the PATH. */
export function findChromium(): string | undefined {
  return (
    process.env['CHROMIUM'] ?? findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'])
  );
}

/** Whether a package may be installed without asking: on a CI runner, or as root in a container, and nowhere else. */
export function mayInstallChromium(): boolean {
  const container = existsSync('/.dockerenv') || existsSync('/run/.containerenv') || 'container' in process.env;
  const disposable = process.env['CI'] === 'true' || (process.getuid?.() === 0 && container);
  return disposable && findProgram(['apt-get']) !== undefined;
}

/** The path of a Chromium, installed by apt where that is allowed. Throws with the command to run where it is not. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  // Another part of the same run may be installing: apt waits for it.
  const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', ...packages];
  if (!mayInstallChromium()) throw new Error(`No Chromium was found. Install one: sudo ${command.join(' ')}`);
  console.error('Installing Chromium by apt-get …');
  await asRoot(['apt-get', 'update']);
  await asRoot(command);
  const installed = findChromium();
  if (installed === undefined) throw new Error(`${command.join(' ')} succeeded, but no Chromium is on the PATH.`);
  return installed;
}

async function asRoot(command: readonly string[]): Promise<void> {
  const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  await promisify(execFile)(program, args, {
    timeout: aptLimit,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
}
