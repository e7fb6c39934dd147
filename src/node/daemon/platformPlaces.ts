import type { DaemonPlatform } from '../../core/tailnet/daemonPlatform.ts';
import type { DaemonPlace, LoopbackPlace, PipePlace, ProgramPlace, SocketPlace } from './daemonPlace.ts';

/**
 * The sockets of everything that is built on Unix, most likely first. A place where nothing is costs a look at the file system.
 * Sources: tailscale `paths/paths.go` (DefaultTailscaledSocket), `cmd/containerboot/settings.go` (TS_SOCKET); the snap's packaging.
 */
const unixSockets: readonly SocketPlace[] = [
  // Linux and the BSDs.
  socketPlace('/var/run/tailscale/tailscaled.sock'),
  // Synology's DSM 7 and 6.
  socketPlace('/var/packages/Tailscale/var/tailscaled.sock'),
  socketPlace('/var/packages/Tailscale/etc/tailscaled.sock'),
  // QNAP.
  socketPlace('/tmp/tailscale/tailscaled.sock'),
  socketPlace('/perm/tailscaled/tailscaled.sock'),
  socketPlace('/var/snap/tailscale/common/socket/tailscaled.sock'),
  // The container image.
  socketPlace('/tmp/tailscaled.sock'),
];

const unixPrograms: readonly ProgramPlace[] = [
  programPlace('tailscale'),
  programPlace('/usr/bin/tailscale'),
  programPlace('/usr/local/bin/tailscale'),
  programPlace('/snap/bin/tailscale'),
];

const onUnix: readonly DaemonPlace[] = [...unixSockets, ...unixPrograms];

/**
 * Where each platform has its daemon, in the order in which they are tried. On macOS that is the order of Tailscale's own client, which
 * asks the applications before the socket. Sources: tailscale `safesocket/safesocket_darwin.go` (portAndTokenFromSameUserProof),
 * `paths/paths.go`; the applications' packaging.
 */
export const platformPlaces: Record<DaemonPlatform['kind'], readonly DaemonPlace[]> = {
  linux: onUnix,
  synology: [...onUnix, programPlace('/var/packages/Tailscale/target/bin/tailscale')],
  qnap: onUnix,
  gokrazy: [...onUnix, programPlace('/user/tailscale')],
  bsd: onUnix,
  other: onUnix,
  // A daemon inside comes first: the network of WSL is then its own.
  wsl: [
    ...onUnix,
    programPlace('tailscale.exe', 'windows'),
    programPlace('/mnt/c/Program Files/Tailscale/tailscale.exe', 'windows'),
  ],
  // The programs of the host are not in the sandbox. `--watch-bus` ends the host's program with this one.
  flatpak: [
    ...unixSockets,
    {
      kind: 'program',
      argv: ['flatpak-spawn', '--host', '--watch-bus', 'tailscale'],
      env: {},
      asks: 'flatpak-host',
      isConfigured: false,
    },
  ],
  macos: [
    loopbackPlace('app-store'),
    loopbackPlace('standalone'),
    socketPlace('/var/run/tailscaled.socket'),
    programPlace('/Applications/Tailscale.app/Contents/MacOS/Tailscale'),
    programPlace('/usr/local/bin/tailscale'),
    programPlace('/opt/homebrew/bin/tailscale'),
  ],
  windows: [
    pipePlace(String.raw`\\.\pipe\ProtectedPrefix\Administrators\Tailscale\tailscaled`),
    programPlace(String.raw`C:\Program Files\Tailscale\tailscale.exe`),
    programPlace(String.raw`C:\Program Files (x86)\Tailscale IPN\tailscale.exe`),
  ],
};

export function socketPlace(path: string, isConfigured = false): SocketPlace {
  return { kind: 'socket', path, isConfigured };
}

export function pipePlace(path: string): PipePlace {
  return { kind: 'pipe', path };
}

/** The application of macOS opens its window unless it is told that it is a command line. Source: tailscale `cmd/tailscale/cli/cli.go`. */
export function programPlace(
  path: string,
  asks: ProgramPlace['asks'] = 'this machine',
  isConfigured = false,
): ProgramPlace {
  return { kind: 'program', argv: [path], env: { TAILSCALE_BE_CLI: '1' }, asks, isConfigured };
}

function loopbackPlace(application: LoopbackPlace['application']): LoopbackPlace {
  return { kind: 'loopback', application };
}
