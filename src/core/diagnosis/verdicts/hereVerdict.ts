import { lookAgain, openSetting } from './actions.ts';
import { authorityOf } from './authority.ts';
import type { Evidence } from '../evidence.ts';
import { verdict, type Verdict } from './verdict.ts';

/** What on this machine keeps traffic out of the tailnet. */
export function hereVerdict(evidence: Evidence, place: string): Verdict | undefined {
  const { looks, node, tailnet } = evidence;
  const { route } = looks;
  const cutOff = networkVerdict(evidence);
  if (cutOff !== undefined) return cutOff;
  if (node === undefined || node.isSelf || route === undefined) return undefined;
  if (route.kind === 'no-route') {
    if (node.addresses.every((one) => one.includes(':'))) return withoutIpv6(place, route.detail);
    return verdict({
      code: 'no-route',
      kind: 'error',
      cause: `There is no route to ${place}: ${route.detail}.`,
      remedy: 'Check that Tailscale is up here, and restart it if it stays so.',
      actions: [lookAgain],
    });
  }
  if (route.isTailnet) return undefined;
  if (isUserspace(tailnet)) {
    return verdict({
      code: 'no-tun',
      kind: 'error',
      cause: `Tailscale runs here without a network interface (userspace networking), so programs such as this editor do not reach ${place}; the daemon itself does.`,
      remedy:
        "Run tailscaled with a TUN device, or send the editor's traffic through the daemon's proxy (--outbound-http-proxy-listen, http.proxy).",
      actions: [openSetting('http.proxy')],
    });
  }
  return verdict({
    code: 'another-vpn',
    kind: 'error',
    cause: `Traffic to ${place} leaves this machine from ${route.localAddress}, which is not its address in the tailnet: another VPN or route has taken over these addresses.`,
    remedy: 'Disconnect the other VPN, or have it leave 100.64.0.0/10 alone.',
    actions: [lookAgain],
  });
}

/** That this machine has no network, where it has none. */
export function networkVerdict({ looks, vantage }: Evidence): Verdict | undefined {
  if (looks.network?.interfaces !== 0) return undefined;
  return verdict({
    code: 'no-network',
    kind: 'error',
    cause: `${vantage.remote ?? 'This machine'} has no network: no interface but Tailscale's own has an address.`,
    remedy: 'Connect to a network; Tailscale comes back by itself.',
    actions: [lookAgain],
  });
}

/** There is no route at all, or none that leads into the tailnet. */
export function unreachableVerdict(evidence: Evidence, detail: string): Verdict {
  const place = authorityOf(evidence.selection.url);
  return (
    hereVerdict(evidence, place) ??
    verdict({
      code: 'no-route',
      kind: 'error',
      cause: `There is no route to ${place}: ${detail}.`,
      remedy: 'Check that Tailscale is up here, and restart it if it stays so.',
      actions: [lookAgain],
    })
  );
}

/** MagicDNS may give such an address, and this machine cannot use it. */
function withoutIpv6(place: string, detail: string): Verdict {
  return verdict({
    code: 'ipv6-only',
    kind: 'error',
    cause: `The node has only an IPv6 address, and this machine has no IPv6 route to ${place}: ${detail}.`,
    remedy: 'Let the node have an IPv4 address, or switch IPv6 on here.',
    actions: [lookAgain],
  });
}

function isUserspace(state: Evidence['tailnet']): boolean {
  return state.kind === 'running' && state.tailnet.userspace === true;
}
