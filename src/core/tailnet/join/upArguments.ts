import { tailscaleHosts } from '../tailscaleHosts.ts';

/** The control server of Tailscale's own service. Source: tailscale `ipn/prefs.go` (DefaultControlURL). */
export const tailscaleServer = `https://${tailscaleHosts[0]}`;

/** Names by which a daemon knows that server too; empty where it has not been told of any. Source: tailscale `ipn/prefs.go` (IsLoginServerSynonym). */
export function isTailscales(server: string): boolean {
  return server === '' || tailscaleHosts.some((host) => server === `https://${host}`);
}

export interface UpRequest {
  /** URL of the login server. */
  readonly server: string;
  /** Path of a file that holds the pre-auth key; absent where the user logs in in the browser. */
  readonly keyFile?: string;
  /** The machine is logged in with a key that has expired. */
  readonly keyExpired: boolean;
  /** How long the program waits until the machine is in. */
  readonly timeoutSeconds: number;
  /** Settings of this machine that the program wants to have named, as it names them itself. */
  readonly kept: readonly string[];
}

/**
 * The arguments with which Tailscale's program logs a machine in. The program reads the key's file itself, so that nobody finds the key
 * among the arguments. Source: tailscale 1.102.3 `cmd/tailscale/cli/up.go` (newUpFlagSet, resolveValueFromFile).
 */
export function upArguments({ server, keyFile, keyExpired, timeoutSeconds, kept }: UpRequest): readonly string[] {
  return [
    'up',
    '--json',
    `--login-server=${server}`,
    `--timeout=${timeoutSeconds}s`,
    // A pre-auth key renews a node's own by itself. With --force-reauth too the daemon may show it twice, and it is good for one time.
    ...(keyFile === undefined ? (keyExpired ? ['--force-reauth'] : []) : [`--auth-key=file:${keyFile}`]),
    ...kept,
  ];
}

/** Flags of `upArguments`' own, and the one that would put settings back to their defaults. */
const ownFlags = /^--(?:json|login-server|timeout|auth-key|force-reauth|reset)(?:=|$)/;

/**
 * The settings that "tailscale up" wants to have named, from the command that it suggests; undefined where it suggests none, or one that is
 * not understood whole. Source: tailscale `cmd/tailscale/cli/up.go` (checkForAccidentalSettingReverts, fmtFlagValueArg).
 */
export function keptSettings(stderr: string): readonly string[] | undefined {
  const [, suggested] = /^\ttailscale up (--.*)$/m.exec(stderr) ?? [];
  const words = suggested?.split(' ').filter((word) => !ownFlags.test(word)) ?? [];
  // What the program puts into quotation marks is left to the user.
  const isPlain = words.every((word) => /^--[a-z][a-z-]*(?:=[\w.:/,@-]*)?$/.test(word));
  return isPlain && words.length > 0 ? words : undefined;
}

/** The whole command that "tailscale up" suggests in its place, without a key's file, which is gone by then; undefined where it suggests none. */
export function suggestedCommand(stderr: string): string | undefined {
  const [, suggested] = /^\t(tailscale up --.*)$/m.exec(stderr) ?? [];
  return suggested?.replace(/ --(?:json|timeout=\S+|auth-key=(?:'[^']*'|\S+))(?= |$)/g, '');
}
