import { capital } from '../../capital.ts';
import { isMulticastName } from '../../tailnet/nameForms.ts';
import { consolePage, openSetting, selectAnother } from './actions.ts';
import type { Evidence } from '../evidence.ts';
import { networkVerdict } from './hereVerdict.ts';
import type { NameAnswer } from '../looks.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Why the system's resolver here gives no answer for the endpoint's name. */
export function unresolvedVerdict(evidence: Evidence): Verdict {
  const { selection, tailnet: state, looks } = evidence;
  const { hostname } = new URL(selection.url);
  const { preferences, magicDnsName, systemName } = looks;
  const cutOff = networkVerdict(evidence);
  if (cutOff !== undefined) return cutOff;
  const tailnet = state.kind === 'running' ? state.tailnet : undefined;
  const isTailnets = evidence.node !== undefined;
  if (isTailnets && tailnet?.magicDns === false) {
    return verdict({
      code: 'magicdns-off',
      kind: 'error',
      cause: `MagicDNS is off in the tailnet, so nobody resolves ${hostname}.`,
      remedy:
        'Have MagicDNS switched on in the DNS settings of the tailnet, or select the host anew: it is then reached by its address.',
      actions: [selectAnother, ...consolePage('dns', tailnet.suffix)],
    });
  }
  const isKnown = isTailnets || magicDnsName?.kind === 'addresses';
  if (isKnown && preferences !== undefined && 'acceptsDns' in preferences && !preferences.acceptsDns) {
    return verdict({
      code: 'dns-not-accepted',
      kind: 'error',
      cause: `This machine does not take Tailscale's DNS, so it does not resolve ${hostname}${alsoKnown(magicDnsName)}.`,
      remedy: 'Let Tailscale manage DNS here: run "tailscale set --accept-dns=true".',
      commands: ['tailscale set --accept-dns=true'],
    });
  }
  if (isTailnets && isOnlyIpv6(magicDnsName, evidence)) {
    return verdict({
      code: 'ipv6-only',
      kind: 'error',
      cause: `${hostname} has only an IPv6 address, for which MagicDNS gives no answer unless the policy lets it.`,
      remedy:
        'Have the node attribute "magicdns-aaaa" set in the tailnet policy, or let the node have an IPv4 address.',
    });
  }
  if (magicDnsName?.kind === 'addresses') return bypassedVerdict(evidence, magicDnsName.addresses);
  if (systemName?.kind === 'silent' || isResolverSilent(evidence)) {
    return verdict({
      code: 'resolver-silent',
      kind: 'error',
      cause: `This machine's resolver gave no answer for ${hostname}${systemName?.kind === 'silent' ? `: ${systemName.detail}` : ''}.`,
      remedy:
        'If Tailscale\'s DNS is switched off here, run "tailscale set --accept-dns=true"; otherwise check this machine\'s name servers.',
      commands: ['tailscale set --accept-dns=true'],
    });
  }
  return verdict({
    code: 'name-unknown',
    kind: 'error',
    cause: `This machine's resolver does not know ${hostname}${isTailnets ? ', although the node is in the tailnet' : ''}.`,
    remedy: isTailnets
      ? 'Let Tailscale manage DNS here: run "tailscale set --accept-dns=true".'
      : 'Check the name; a tailnet name resolves only in its own tailnet.',
    commands: isTailnets ? ['tailscale set --accept-dns=true'] : [],
    actions: [selectAnother],
  });
}

/** Why a name that Tailscale's resolver knows is asked of another one here. */
function bypassedVerdict({ selection, looks: { preferences } }: Evidence, addresses: readonly string[]): Verdict {
  const { hostname } = new URL(selection.url);
  const isMulticast = isMulticastName(hostname);
  const reason = isMulticast
    ? 'names in .local belong to mDNS, which this machine asks first'
    : 'another program has written the name servers';
  const remedy = isMulticast
    ? 'give the tailnet another base domain than .local, or use the node by its address in the tailnet.'
    : 'see what "tailscale dns status" says, and let the other program (a VPN, NetworkManager, resolvconf) leave the name servers to Tailscale.';
  const commands = isMulticast ? [] : ['tailscale dns status'];
  const isAccepted = preferences !== undefined && 'acceptsDns' in preferences;
  return verdict({
    code: isMulticast ? 'mdns' : 'resolver-bypasses-tailscale',
    kind: 'error',
    cause: `Tailscale's resolver knows ${hostname} (${addresses.join(', ')}), and this machine's resolver does not ask it: ${isAccepted ? reason : `Tailscale's DNS is switched off here, or ${reason}`}.`,
    remedy: isAccepted
      ? capital(remedy)
      : `If Tailscale's DNS is switched off here, run "tailscale set --accept-dns=true"; otherwise ${remedy}`,
    commands: [...(isAccepted ? [] : ['tailscale set --accept-dns=true']), ...commands],
  });
}

/** Who gives the endpoint's name an address that is not the node's. */
export function foreignAddressVerdict({ selection, looks }: Evidence, address: string): Verdict {
  const { hostname } = new URL(selection.url);
  const { systemName } = looks;
  const sends = `${hostname} to ${address}, which is not the node; nothing was sent there`;
  if (systemName?.hostsFile !== undefined) {
    return verdict({
      code: 'hosts-file',
      kind: 'error',
      cause: `The hosts file of this machine (${systemName.hostsFile}) leads ${sends}.`,
      remedy: `Remove the line with ${hostname} from ${systemName.hostsFile}.`,
    });
  }
  if (systemName?.inCluster === true) {
    return verdict({
      code: 'cluster-dns',
      kind: 'error',
      cause: `This machine asks a cluster's DNS, which leads ${sends}.`,
      remedy:
        'Only one of the two may have that name: rename the service or the node, or use the node by its address in the tailnet.',
    });
  }
  if (isMulticastName(hostname)) {
    return verdict({
      code: 'mdns',
      kind: 'error',
      cause: `Another resolver leads ${sends}. Names in .local belong to mDNS, which asks the local network.`,
      remedy:
        'Give the tailnet another base domain than .local, or take the name away from the machine that announces it.',
    });
  }
  if (systemName === undefined) {
    return verdict({
      code: 'another-resolver',
      kind: 'error',
      cause: `This machine's resolver leads ${sends}.`,
      remedy: 'Look for the name in the hosts file or in another DNS server, and remove it there.',
    });
  }
  return verdict({
    code: 'another-resolver',
    kind: 'error',
    cause: `This machine's resolver leads ${sends}. The name is not in its hosts file: another DNS server answers before Tailscale's.`,
    remedy: 'See what "tailscale dns status" says, and take the name out of the other DNS server.',
    commands: ['tailscale dns status'],
    actions: [openSetting('clawql.hosts')],
  });
}

function alsoKnown(answer: NameAnswer | undefined): string {
  return answer?.kind === 'addresses' ? `, which 100.100.100.100 knows (${answer.addresses.join(', ')})` : '';
}

function isOnlyIpv6(answer: NameAnswer | undefined, { node }: Evidence): boolean {
  const addresses = node?.addresses ?? [];
  return answer?.kind === 'unknown-name' && addresses.length > 0 && addresses.every((one) => one.includes(':'));
}

function isResolverSilent({ looks: { call } }: Evidence): boolean {
  return call?.kind === 'failed' && call.failure.kind === 'resolver-silent';
}
