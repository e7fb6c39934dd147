/** Where a daemon was looked for, as far as it decides where it can be and how people start it. `app` is the editor's flatpak id. */
export type DaemonPlatform =
  | { readonly kind: 'linux' | 'wsl' | 'synology' | 'qnap' | 'gokrazy' | 'bsd' | 'macos' | 'windows' | 'other' }
  | { readonly kind: 'flatpak'; readonly app: string };

/** What to do, a sentence each. */
interface Remedies {
  /** Where no daemon is, and whether Tailscale is installed is not known. */
  readonly absent: string;
  /** Where Tailscale is not installed. */
  readonly install: string;
  /** Where it is, and its daemon does not run. */
  readonly start: string;
  /** Where a daemon was killed. */
  readonly killed: string;
}

const download = 'Install Tailscale (https://tailscale.com/download).';

const systemd: Remedies = {
  absent: 'Install Tailscale, or start it with "sudo systemctl start tailscaled".',
  install: download,
  start: 'Start it with "sudo systemctl start tailscaled".',
  killed: 'Start it again with "sudo systemctl restart tailscaled".',
};

/** In the words of each platform: what it calls the program and the place from which people start it. */
const remedies: Record<Exclude<DaemonPlatform['kind'], 'flatpak'>, Remedies> = {
  linux: systemd,
  wsl: {
    absent:
      'Start Tailscale on Windows, or install and start it inside WSL with "sudo systemctl start tailscaled" there.',
    install: 'Install Tailscale on Windows, or inside WSL (https://tailscale.com/download).',
    start: 'Start it on Windows from the Start menu, or inside WSL with "sudo systemctl start tailscaled".',
    killed: systemd.killed,
  },
  synology: {
    absent: 'Install Tailscale from the Package Center, or choose Run there.',
    install: 'Install Tailscale from the Package Center.',
    start: 'Run Tailscale in the Package Center.',
    killed: 'Stop and run Tailscale in the Package Center.',
  },
  qnap: {
    absent: 'Install Tailscale from the App Center, or start it there.',
    install: 'Install Tailscale from the App Center.',
    start: 'Start Tailscale in the App Center.',
    killed: 'Stop and start Tailscale in the App Center.',
  },
  gokrazy: {
    absent: 'Add Tailscale to the gokrazy instance, or start it in the web interface of gokrazy.',
    install: 'Add Tailscale to the gokrazy instance.',
    start: 'Start tailscaled in the web interface of gokrazy.',
    killed: 'Restart tailscaled in the web interface of gokrazy.',
  },
  bsd: {
    absent:
      'Install Tailscale, or start its service: "service tailscaled start" on FreeBSD, "rcctl start tailscaled" on OpenBSD.',
    install: 'Install its package: "pkg install tailscale" on FreeBSD, "pkg_add tailscale" on OpenBSD.',
    start: 'Start its service: "service tailscaled start" on FreeBSD, "rcctl start tailscaled" on OpenBSD.',
    killed: 'Restart its service: "service tailscaled restart" on FreeBSD, "rcctl restart tailscaled" on OpenBSD.',
  },
  macos: {
    absent: 'Install Tailscale, or open the Tailscale app; where only tailscaled is installed, start its service.',
    install: download,
    start: 'Open the Tailscale app; where only tailscaled is installed, start its service.',
    killed: 'Start the service of tailscaled again, or open the Tailscale app.',
  },
  windows: {
    absent: 'Install Tailscale, or open it from the Start menu; its service is called "Tailscale".',
    install: download,
    start: 'Open it from the Start menu; its service is called "Tailscale".',
    killed: 'Restart the service "Tailscale".',
  },
  other: {
    absent: 'Install and start Tailscale.',
    install: download,
    start: 'Start Tailscale.',
    killed: 'Restart Tailscale.',
  },
};

/** What people do on this platform to have a daemon. The override of flatpak is undone with `--nofilesystem` in the same place. */
export function startingTailscale(platform: DaemonPlatform = { kind: 'other' }): Remedies {
  if (platform.kind !== 'flatpak') return remedies[platform.kind];
  const command = `flatpak override --user ${platform.app} --filesystem=/run/tailscale`;
  return {
    absent: `Run "${command}" outside the sandbox, then quit and start the editor again; and start Tailscale if it does not run.`,
    install: 'Install Tailscale outside the sandbox of this editor (https://tailscale.com/download).',
    start: 'Start it outside the sandbox of this editor with "sudo systemctl start tailscaled".',
    killed: systemd.killed,
  };
}
