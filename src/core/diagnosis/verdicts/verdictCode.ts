/** This machine's daemon, or what it says of itself: there is no tailnet to look at. */
export const daemonCodes = [
  'tailscale-not-installed',
  'tailscale-not-running',
  'tailscale-killed',
  'daemon-not-answering',
  'no-permission',
  'not-a-daemon',
  'unknown-state',
  'logged-out',
  'waiting-for-approval',
  'stopped',
  'starting',
  'in-use-by-another',
  'key-expired-here',
] as const;

/** This machine. */
const localCodes = [...daemonCodes, 'no-network'] as const;

/** What the tailnet's map says of the node. */
const tailnetCodes = ['another-tailnet', 'not-visible', 'untagged', 'offline', 'key-expired'] as const;

/** How the name resolves here. */
const nameCodes = [
  'dns-not-accepted',
  'magicdns-off',
  'ipv6-only',
  'resolver-bypasses-tailscale',
  'resolver-silent',
  'name-unknown',
  'hosts-file',
  'cluster-dns',
  'mdns',
  'another-resolver',
] as const;

/** The way to the port. `port-filtered`: the node's packet filter lets something through, and not this port. */
const wayCodes = [
  'no-route',
  'no-tun',
  'another-vpn',
  'no-path',
  'no-path-here',
  'port-filtered',
  'port-silent',
  'port-closed',
  'wrong-port',
  'no-answer',
] as const;

/** The TLS handshake, and TLS where none is wanted. */
const tlsCodes = [
  'tls-untrusted',
  'tls-name',
  'tls-expired',
  'tls-no-certificate',
  'tls-pending',
  'tls-failed',
  'plain-http-there',
  'https-there',
] as const;

/** What answers, and is not what was asked for. */
const httpCodes = [
  'host-filter',
  'forbidden-in-front',
  'login-page',
  'wrong-path',
  'not-clawql',
  'backend-down',
  'not-acceptable',
  'http-error',
  'server-hangs',
  'unusable-answer',
] as const;

/** ClawQL answers. */
const serverCodes = [
  'ok',
  'relayed',
  'offline-but-answers',
  'published-by-funnel',
  'vault-degraded',
  'unwell',
  'tools-missing',
  'wants-sign-in',
] as const;

/** This editor, on the way to a server that is well; `not-trusted`: its workspace is not, and `checking`: nothing has come yet. */
const editorCodes = [
  'editor-proxy',
  'editor-trust',
  'proxy-refuses',
  'editor-variable-unset',
  'editor-shows-no-tools',
  'not-trusted',
  'checking',
] as const;

/** What can be found of the selected server, each with an explanation and a remedy of its own. */
export const verdictCodes = [
  ...localCodes,
  ...tailnetCodes,
  ...nameCodes,
  ...wayCodes,
  ...tlsCodes,
  ...httpCodes,
  ...serverCodes,
  ...editorCodes,
] as const;

/** Whether a verdict comes from this machine's daemon or the tailnet's map, and not from a call. */
export function isByTailnet(code: VerdictCode): boolean {
  const codes: readonly VerdictCode[] = [...localCodes, ...tailnetCodes];
  return codes.includes(code) && code !== 'no-network';
}

export type VerdictCode = (typeof verdictCodes)[number];
export type LocalCode = (typeof localCodes)[number];
