import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './command.ts';
import type { Command } from './command.ts';
import { until } from './until.ts';

/** The hub's address in the network between the nodes. Every lab has its own such network, so all may use the same addresses. */
export const hubAddress = '10.99.0.1';

/** That network. */
export const labNetwork = '10.99.0.0/24';

interface InsideOptions {
  /** Working directory. Default that of this process. */
  readonly cwd?: string;
  /** Run as this user and group id: an ordinary user may not do all that root may. */
  readonly uid?: number;
}

/** The command that runs `argv` in the namespaces of the process `holder`. */
export function insideOf(holder: number, argv: readonly string[], { cwd, uid }: InsideOptions = {}): Command {
  const user = uid === undefined ? [] : [`--setuid=${uid}`, `--setgid=${uid}`];
  const directory = `--wdns=${cwd ?? process.cwd()}`;
  return { file: 'nsenter', args: [`--target=${holder}`, '--net', '--mount', directory, ...user, '--', ...argv] };
}

/** The network namespace in the middle: a bridge between all nodes, and the control server. Returns its holder's pid. */
export async function createHub(namespace: string): Promise<number> {
  await createNamespace(namespace);
  await ip(['-n', namespace, 'link', 'add', 'br0', 'type', 'bridge']);
  await ip(['-n', namespace, 'addr', 'add', `${hubAddress}/24`, 'dev', 'br0']);
  await ip(['-n', namespace, 'link', 'set', 'br0', 'up']);
  return startHolder(namespace);
}

/** A machine of its own as far as Tailscale sees: network, /etc and /run are private. Returns its holder's pid. */
export async function createMachine(namespace: string, hub: string, index: number, directory: string): Promise<number> {
  await createNamespace(namespace);
  const port = `port${index}`;
  await ip(['-n', hub, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace]);
  await ip(['-n', hub, 'link', 'set', port, 'master', 'br0', 'up']);
  await ip(['-n', namespace, 'addr', 'add', `10.99.0.${10 + index}/24`, 'dev', 'eth0']);
  await ip(['-n', namespace, 'link', 'set', 'eth0', 'up']);
  await ip(['-n', namespace, 'route', 'add', 'default', 'via', hubAddress]);
  const holder = await startHolder(namespace);
  await makePrivate(holder, directory);
  return holder;
}

/** The lines of a private /etc/hosts that are always there. */
export const ownHosts = '127.0.0.1 localhost\n::1 localhost\n';

/**
 * /etc: tailscaled writes resolv.conf, tests write hosts. It must find an empty resolv.conf, or it would hand DNS to the
 * machine's own resolver; and names must be looked up in these two files alone. /run: the daemon's socket, and none of the
 * machine's own (D-Bus, systemd-resolved, nscd).
 */
async function makePrivate(holder: number, directory: string): Promise<void> {
  const root = `/proc/${holder}/root`;
  const layers = path.join(directory, 'layers');
  const [upper, work] = [path.join(layers, 'etc'), path.join(layers, 'work')];
  await mkdir(layers, { recursive: true });
  await mount(holder, ['-t', 'tmpfs', 'tmpfs', layers]);
  for (const folder of [upper, work]) await mkdir(root + folder);
  await writeFile(`${root}${upper}/resolv.conf`, '');
  await writeFile(`${root}${upper}/hosts`, ownHosts);
  await writeFile(`${root}${upper}/nsswitch.conf`, 'passwd: files\ngroup: files\nhosts: files dns\n');
  const options = `lowerdir=/etc,upperdir=${upper},workdir=${work}`;
  await mount(holder, ['-t', 'overlay', 'overlay', '-o', options, '/etc']);

  const runtime = realpathSync('/var/run');
  await mount(holder, ['-t', 'tmpfs', 'tmpfs', runtime]);
  await mkdir(`${root}${runtime}/tailscale`);
  const userRuntime = process.env['XDG_RUNTIME_DIR'];
  if (userRuntime?.startsWith(`${runtime}/`) === true)
    await mkdir(root + userRuntime, { recursive: true, mode: 0o700 });
}

async function createNamespace(name: string): Promise<void> {
  await ip(['netns', 'add', name]);
  await ip(['-n', name, 'link', 'set', 'lo', 'up']);
}

/** `ip netns exec` gives a mount namespace of its own, too. It is entered once `ip` has become `sleep`. */
async function startHolder(namespace: string): Promise<number> {
  const child = spawn('ip', ['netns', 'exec', namespace, 'sleep', 'infinity'], { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  child.unref();
  const pid = child.pid ?? 0;
  const entered = () => (readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n' ? pid : undefined);
  return until(`a process holds ${namespace}`, () => Promise.resolve().then(entered));
}

async function mount(holder: number, args: readonly string[]): Promise<void> {
  await run(insideOf(holder, ['mount', ...args], { cwd: '/' }));
}

async function ip(args: readonly string[]): Promise<void> {
  await run({ file: 'ip', args });
}
