import { unmatchedEntries } from '../../clawql/hostsOf.ts';
import { codeOf } from '../../diagnosis/verdicts/localVerdict.ts';
import { daemonCodes } from '../../diagnosis/verdicts/verdictCode.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { DaemonPlatform } from '../../tailnet/daemonPlatform.ts';
import { isTailscalesName } from '../../tailnet/tailscalesName.ts';

/**
 * What the view *Tailnet Hosts* has to say, as the values of the context key `clawql.hostsSituation`; `package.json` has a text for each
 * but `hosts`, whose rows speak for themselves.
 */
export const hostsSituations = [
  'hosts',
  'checking',
  'untrusted',
  /** No daemon on the remote machine from which this is seen. */
  'tailnet-not-visible',
  /** What this machine's daemon is, or says of itself. */
  ...daemonCodes,
  /** `clawql.hosts` names somebody, and nobody of that name is visible. */
  'named-host-missing',
  /** The tags that are looked for are the user's own. */
  'no-host-of-own-tags',
  'no-host',
  /** The control server is not Tailscale's own. */
  'no-host-headscale',
] as const;

export type HostsSituation = (typeof hostsSituations)[number];

/** By what a daemon is started on its machine, as the values of the context key `clawql.daemonService`. */
export type DaemonService = 'systemd' | 'bsd' | 'app';

const defaultTag = 'tag:clawql-mcp';

/** Why there are no rows, or that there are some. */
export function hostsSituation({ tailnet, hosts, settings, trusted, vantage }: Snapshot): HostsSituation {
  if (hosts.length > 0) return trusted ? 'hosts' : 'untrusted';
  if (tailnet.kind === 'checking') return 'checking';
  if (tailnet.kind !== 'running') {
    const code = codeOf(tailnet);
    const isAbsent = code === 'tailscale-not-installed' || code === 'tailscale-not-running';
    if (isAbsent && vantage.remote !== undefined) return 'tailnet-not-visible';
    // The codes that are not among these are of a tailnet that is up.
    return hostsSituations.find((one) => one === code) ?? 'unknown-state';
  }
  if (unmatchedEntries(tailnet.tailnet, settings.hosts).length > 0) return 'named-host-missing';
  if (!settings.tags.includes(defaultTag)) return 'no-host-of-own-tags';
  return isTailscalesName(tailnet.tailnet.suffix) ? 'no-host' : 'no-host-headscale';
}

/** `app` also where that is not known: nothing is claimed then. */
export function daemonService({ tailnet }: Pick<Snapshot, 'tailnet'>): DaemonService {
  return tailnet.kind === 'unavailable' ? serviceOf(tailnet.failure.platform) : 'app';
}

function serviceOf(platform: DaemonPlatform | undefined): DaemonService {
  switch (platform?.kind) {
    case 'linux':
    case 'wsl':
    case 'flatpak':
      return 'systemd';
    case 'bsd':
      return 'bsd';
    default:
      return 'app';
  }
}
