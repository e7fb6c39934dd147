import type { DaemonPlatform } from '../../core/tailnet/daemonPlatform.ts';
import type { Machine } from '../machine.ts';

const systems: Partial<Record<NodeJS.Platform, DaemonPlatform['kind'] & ('bsd' | 'macos' | 'windows')>> = {
  darwin: 'macos',
  win32: 'windows',
  freebsd: 'bsd',
  openbsd: 'bsd',
  netbsd: 'bsd',
};

/** Files that only one kind of Linux has. Source: tailscale `version/distro/distro.go` (linuxDistro, IsWSL). */
const marks: readonly {
  readonly kind: 'wsl' | 'synology' | 'qnap' | 'gokrazy';
  readonly paths: readonly string[];
}[] = [
  { kind: 'wsl', paths: ['/proc/sys/fs/binfmt_misc/WSLInterop', '/mnt/wsl'] },
  { kind: 'synology', paths: ['/usr/syno'] },
  { kind: 'qnap', paths: ['/etc/config/uLinux.conf'] },
  { kind: 'gokrazy', paths: ['/gokrazy'] },
];

/** What this machine is to the search for a daemon. */
export async function platformOf(machine: Machine): Promise<DaemonPlatform> {
  if (machine.platform !== 'linux') return { kind: systems[machine.platform] ?? 'other' };
  const app = await flatpakApp(machine);
  if (app !== undefined) return { kind: 'flatpak', app };
  for (const { kind, paths } of marks) {
    for (const path of paths) if ((await machine.stat(path)).ok) return { kind };
  }
  return { kind: 'linux' };
}

/** The id under which flatpak knows this editor; absent outside of flatpak. Source: `flatpak-metadata(5)`, `flatpak-run(1)`. */
async function flatpakApp({ env, readText }: Machine): Promise<string | undefined> {
  const info = await readText('/.flatpak-info');
  if (!info.ok && env['FLATPAK_ID'] === undefined && env['container'] !== 'flatpak') return undefined;
  const named = info.ok ? /^name=(.*)$/m.exec(info.value)?.[1] : undefined;
  const app = env['FLATPAK_ID'] ?? named ?? '';
  // It becomes a part of a command that people copy.
  return /^[\w.-]+$/.test(app) ? app : 'APP_ID';
}
