/** Where a platform's daemon listens and where its command-line program lies, most likely first. */
export interface DaemonPlaces {
  readonly sockets: readonly string[];
  readonly programs: readonly string[];
}

/** Sources: tailscale `paths/paths.go`, `paths/paths_unix.go`; Synology's and snap's packaging. */
const unixSockets = [
  '/var/run/tailscale/tailscaled.sock',
  '/var/packages/Tailscale/var/tailscaled.sock',
  '/tmp/tailscale/tailscaled.sock',
  '/var/snap/tailscale/common/socket/tailscaled.sock',
  '/tmp/tailscaled.sock',
];

const places: Partial<Record<NodeJS.Platform, DaemonPlaces>> = {
  linux: { sockets: unixSockets, programs: ['tailscale', '/usr/bin/tailscale', '/snap/bin/tailscale'] },
  darwin: {
    sockets: ['/var/run/tailscaled.socket'],
    programs: [
      '/Applications/Tailscale.app/Contents/MacOS/Tailscale',
      '/usr/local/bin/tailscale',
      '/opt/homebrew/bin/tailscale',
    ],
  },
  win32: {
    sockets: [String.raw`\\.\pipe\ProtectedPrefix\Administrators\Tailscale\tailscaled`],
    programs: [String.raw`C:\Program Files\Tailscale\tailscale.exe`],
  },
};

/** A configured socket or program stands alone: whoever sets one means that one. */
export function daemonPlaces(
  platform: NodeJS.Platform,
  configured: { readonly socketPath: string; readonly cliPath: string },
): DaemonPlaces {
  const { sockets, programs } = places[platform] ?? { sockets: unixSockets, programs: ['tailscale'] };
  if (configured.socketPath !== '') {
    return { sockets: [configured.socketPath], programs: configured.cliPath === '' ? [] : [configured.cliPath] };
  }
  return { sockets, programs: configured.cliPath === '' ? programs : [configured.cliPath] };
}
