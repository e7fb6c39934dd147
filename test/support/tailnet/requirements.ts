import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findProgram } from '../editor/findProgram.ts';
import { controls } from './labDescription.ts';
import { moduleFolder, unbuiltModules } from './programs.ts';

/** Programs of the system and the Debian package that holds each. */
const systemPrograms = { ip: 'iproute2', nsenter: 'util-linux', mount: 'mount', openssl: 'openssl' };

/** What single tests need besides, and skip themselves without. */
const optionalPrograms = { nft: 'nftables' };

/** What this machine lacks for a lab, each a sentence that says what to do. Empty when a lab can be brought up. */
export function missingForTailnet(): string[] {
  if (process.platform !== 'linux')
    return [`The tailnet lab needs Linux network namespaces, and this is ${process.platform}.`];
  const packages = missingPackages();
  const missing = packages.length === 0 ? missingCapabilities() : [`Run: apt-get install ${packages.join(' ')}`];
  return [...missing, ...missingGo()];
}

/**
 * Installs what the lab needs of the system, where that may be done without asking: as root in CI or in a container. Elsewhere
 * nothing happens, and `missingForTailnet` names the command.
 */
export function installSystemPackages(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  if (process.env['CI'] !== 'true' && !inContainer()) return;
  const [needed, optional] = [missingPackages(), missingPackages(optionalPrograms)];
  if (needed.length + optional.length === 0) return;
  console.log(`Installing ${[...needed, ...optional].join(' ')}, which the tailnet lab needs.`);
  try {
    install([...needed, ...optional]);
  } catch (error) {
    if (optional.length === 0) throw error;
    console.log(`${optional.join(' ')} cannot be installed: tests that need it are skipped.`);
    if (needed.length > 0) install(needed);
  }
}

function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    execFileSync('apt-get', ['--quiet=2', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
      timeout: 300_000,
    });
  }
}

function missingPackages(programs: Readonly<Record<string, string>> = systemPrograms): string[] {
  return Object.entries(programs)
    .filter(([program]) => findProgram([program]) === undefined)
    .map(([, name]) => name);
}

/** Tried for real: a user id says nothing in a container. */
function missingCapabilities(): string[] {
  const namespace = `clawql-probe-${process.pid}`;
  const within = (...argv: string[]) => attempt('ip', ['netns', 'exec', namespace, ...argv]);
  const refused = attempt('ip', ['netns', 'add', namespace]);
  if (refused !== undefined) {
    const how =
      process.getuid?.() === 0 ? 'allow this container CAP_NET_ADMIN and CAP_SYS_ADMIN' : 'run it as root (sudo)';
    return [`The tailnet lab may not make network namespaces (${refused}): ${how}.`];
  }
  try {
    const tun = existsSync('/dev/net/tun')
      ? within('ip', 'tuntap', 'add', 'tun0', 'mode', 'tun')
      : 'there is no /dev/net/tun';
    const bridge = within('ip', 'link', 'add', 'br0', 'type', 'bridge');
    const veth = within('ip', 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
    const overlay = /\boverlay$/m.test(readFileSync('/proc/filesystems', 'utf8'))
      ? undefined
      : attempt('modprobe', ['overlay']);
    return [
      ...(tun === undefined
        ? []
        : [`TUN devices cannot be made (${tun}): load the kernel module tun, give /dev/net/tun.`]),
      ...(bridge === undefined ? [] : [`Network bridges cannot be made (${bridge}): load the kernel module bridge.`]),
      ...(veth === undefined ? [] : [`Virtual network cables cannot be made (${veth}): load the kernel module veth.`]),
      ...(overlay === undefined
        ? []
        : [`There is no overlay file system (${overlay}): load the kernel module overlay.`]),
    ];
  } finally {
    attempt('ip', ['netns', 'delete', namespace]);
  }
}

/** Go only where something is still to be built; it says itself when it is too old. */
function missingGo(): string[] {
  const [module] = controls.flatMap(unbuiltModules);
  if (module === undefined) return [];
  const refused = attempt('go', ['list', '-m'], moduleFolder(module));
  return refused === undefined
    ? []
    : [`Go cannot build the tailnet's programs (${refused}): install the version in go.mod.`];
}

/** Undefined when the program ran well, otherwise its last words. */
function attempt(file: string, args: readonly string[], cwd?: string): string | undefined {
  try {
    execFileSync(file, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: 60_000 });
    return undefined;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return stderr.trim() === '' ? message : stderr.trim().replace(/^.*\n/s, '');
  }
}

/** A marker of the usual runtimes, or a first process that is no init: such a machine is not somebody's own. */
function inContainer(): boolean {
  const markers = ['/.dockerenv', '/run/.containerenv'].some((file) => existsSync(file));
  return markers || !['systemd', 'init'].includes(readFileSync('/proc/1/comm', 'utf8').trim());
}
