import assert from 'node:assert/strict';

import { concludedVerdict } from '../../../../../src/core/diagnosis/verdicts/concludedVerdict.ts';
import type { Evidence } from '../../../../../src/core/diagnosis/evidence.ts';
import type { Looks, TlsSeen } from '../../../../../src/core/diagnosis/looks.ts';
import { verdictCodes, type VerdictCode } from '../../../../../src/core/diagnosis/verdicts/verdictCode.ts';
import type { Worked } from '../../../../../src/core/diagnosis/worked.ts';
import type { ProbeFailure } from '../../../../../src/core/mcp/probeOutcome.ts';
import type { BackendState, DaemonFailure, TailnetState } from '../../../../../src/core/tailnet/tailnet.ts';
import { host, laptop, node, report, running, selectionOf } from '../../../support/builders.ts';
import { answering, clawql, evidenceOf, failing, httpsUrl, url, vscode, without } from '../evidenceOf.ts';

interface Row {
  readonly what: string;
  readonly code: VerdictCode;
  readonly evidence: Evidence;
  readonly kind?: 'ok' | 'warning' | 'error' | 'unknown';
  readonly cause: RegExp;
  readonly remedy?: RegExp;
  /** Commands of the actions, in their order. */
  readonly actions?: readonly string[];
}

const silent = failing({ kind: 'timeout', afterMs: 4_000, detail: '' });
const refused = failing({ kind: 'refused', detail: 'ECONNREFUSED' });
const unknownName = failing({ kind: 'name-not-found', detail: 'ENOTFOUND' }, 'resolve');
const noName = { kind: 'unknown-name' } as const;
const closedTcp = { kind: 'silent', afterMs: 4_000 } as const;
const noPing = { kind: 'silent', afterMs: 2_000 } as const;
const foreign = failing({ kind: 'wrong-address', address: '10.0.0.9', detail: '' }, 'resolve');
const certificate: Extract<TlsSeen, { kind: 'certificate' }> = {
  kind: 'certificate',
  names: [clawql.name],
  issuer: 'Lab authority',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  distrust: 'SELF_SIGNED_CERT_IN_CHAIN',
};
const tls = (code: string) => failing({ kind: 'tls', code, detail: code }, 'tls', httpsUrl);
const off = (backendState: Exclude<BackendState, 'Running'>, parts: object = {}): TailnetState => ({
  kind: 'off',
  backendState,
  authUrl: '',
  health: [],
  ...parts,
});
const down = (kind: DaemonFailure['kind'], parts: Partial<DaemonFailure> = {}): TailnetState => ({
  kind: 'unavailable',
  failure: { kind, where: '/run/tailscaled.sock', detail: 'why', platform: { kind: 'linux' }, ...parts },
});
const inState = (tailnet: TailnetState) => evidenceOf(undefined, {}, { tailnet });
const at = (failure: ProbeFailure, step: 'healthz' | 'initialize' | 'tools' = 'healthz', looks: Looks = {}) =>
  evidenceOf(failing(failure, step), looks);
const entered = (
  call: Parameters<typeof evidenceOf>[0],
  looks: Looks = {},
  parts: Partial<Evidence> = {},
  host = 'box.example:9000',
) => {
  const selection = { hostId: `http://${host}/mcp`, label: host, url: `http://${host}/mcp` };
  return evidenceOf(call && { ...call, url: selection.url }, looks, { selection, ...parts });
};
const byProxy = { editor: { ...vscode, proxy: { by: 'HTTP_PROXY', to: 'proxy.example:3128' } } };
const proxysOwn = failing({ kind: 'http-status', status: 503, detail: 'HTTP 503' }, 'healthz');
const worked: Worked = {
  at: Date.UTC(2026, 10, 26, 9, 12),
  hostId: clawql.id,
  url,
  label: 'clawql-1',
  addresses: [...clawql.addresses],
  tags: ['tag:clawql-mcp'],
  server: { name: 'clawql-mcp', version: '5.0.0' },
  tools: ['search', 'execute', 'memory_recall', 'memory_ingest'],
  tailnet: 'alice@example.com',
};
const changed = (parts: Parameters<typeof node>[1]) => node('clawql-1', { addresses: clawql.addresses, ...parts });
const withNode = (of: typeof clawql, call: Parameters<typeof evidenceOf>[0]) =>
  evidenceOf(
    call,
    {},
    { tailnet: running([of]), node: of, report: report(host(of), call === undefined ? [] : [call], 5_000) },
  );

const rows: readonly Row[] = [
  // This machine
  {
    what: 'Tailscale is not installed',
    code: 'tailscale-not-installed',
    evidence: inState(down('not-found', { installed: false })),
    cause: /not installed/,
    remedy: /[Ii]nstall/,
    actions: ['clawql.openPage', 'clawql.refresh'],
  },
  {
    what: 'its daemon does not run',
    code: 'tailscale-not-running',
    evidence: inState(down('not-found', { installed: true })),
    cause: /does not run|not running|No Tailscale daemon/,
    remedy: /sudo systemctl start tailscaled/,
    actions: ['clawql.copyText', 'clawql.refresh', 'clawql.openSetting'],
  },
  {
    what: 'its daemon was killed',
    code: 'tailscale-killed',
    evidence: inState(down('killed', { deadResolver: true })),
    cause: /was killed.*resolves no name/,
    remedy: /sudo systemctl restart tailscaled/,
  },
  {
    what: 'its daemon hangs',
    code: 'daemon-not-answering',
    evidence: inState(down('not-answering')),
    cause: /does not answer/,
  },
  {
    what: 'it refuses this user',
    code: 'no-permission',
    evidence: inState(down('no-permission')),
    cause: /may not read/,
  },
  {
    what: 'something else listens',
    code: 'not-a-daemon',
    evidence: inState(down('unexpected-answer')),
    cause: /is not a Tailscale status/,
    actions: ['clawql.openSetting', 'clawql.refresh'],
  },
  {
    what: 'its state is a new one',
    code: 'unknown-state',
    evidence: inState(down('unknown-state')),
    cause: /does not know/,
  },
  {
    what: 'it is logged out',
    code: 'logged-out',
    evidence: inState(off('NeedsLogin')),
    cause: /logged out/,
    remedy: /tailscale up/,
    actions: ['clawql.copyText', 'clawql.joinTailnet'],
  },
  {
    what: 'it waits for approval',
    code: 'waiting-for-approval',
    evidence: inState(off('NeedsMachineAuth')),
    cause: /waits for approval/,
  },
  {
    what: 'it is stopped',
    code: 'stopped',
    evidence: inState(off('Stopped')),
    cause: /stopped/,
    remedy: /tailscale up/,
  },
  { what: 'it starts', code: 'starting', kind: 'unknown', evidence: inState(off('Starting')), cause: /starting/ },
  {
    what: 'another user has it',
    code: 'in-use-by-another',
    evidence: inState(off('InUseOtherUser')),
    cause: /Another user/,
  },
  {
    what: 'the own key has expired',
    code: 'key-expired-here',
    evidence: inState(off('NeedsLogin', { keyExpired: true })),
    cause: /This machine's node key has expired/,
  },
  {
    what: 'there is no network',
    code: 'no-network',
    evidence: evidenceOf(silent, { network: { interfaces: 0 }, tcp: closedTcp, tsmp: noPing }),
    cause: /has no network/,
  },
  {
    what: 'there is no network, and so no name',
    code: 'no-network',
    evidence: evidenceOf(unknownName, { network: { interfaces: 0 }, systemName: { kind: 'silent', detail: '' } }),
    cause: /has no network/,
  },
  // The tailnet's map
  {
    what: 'another tailnet is up',
    code: 'another-tailnet',
    kind: 'unknown',
    evidence: evidenceOf(answering(), {}, { tailnet: running([clawql], { name: 'work.example' }) }),
    cause: /alice@example\.com.*work\.example/,
  },
  {
    what: 'the node is not visible',
    code: 'not-visible',
    evidence: without(evidenceOf(undefined, {}, { tailnet: running([]), worked }), 'report', 'node'),
    cause: /is not among the nodes/,
    remedy: /removed, or the tailnet policy hides it/,
  },
  {
    what: 'the node lost its tag',
    code: 'untagged',
    kind: 'warning',
    evidence: without(evidenceOf(undefined), 'report'),
    cause: /carries tag:clawql-mcp no more/,
    actions: ['clawql.selectServer', 'clawql.openSetting'],
  },
  {
    what: 'the node is offline',
    code: 'offline',
    evidence: withNode(changed({ online: false, lastSeen: '2026-11-26T09:00:00Z' }), undefined),
    cause: /offline, last seen 2026-11-26 09:00 UTC/,
    remedy: /Wake it/,
  },
  {
    what: "the node's key has expired",
    code: 'key-expired',
    evidence: withNode(changed({ expired: true, keyExpiry: '2026-11-26T09:00:00Z' }), silent),
    cause: /key expired on 2026-11-26/,
    actions: ['clawql.openPage'],
  },
  // The name
  {
    what: "Tailscale's DNS is not accepted here",
    code: 'dns-not-accepted',
    evidence: evidenceOf(unknownName, { preferences: { acceptsDns: false }, systemName: { kind: 'unknown-name' } }),
    cause: /does not take Tailscale's DNS.*100\.100\.100\.100 knows \(100\.64\.0\.2\)/,
    remedy: /tailscale set --accept-dns=true/,
    actions: ['clawql.copyText'],
  },
  {
    what: 'MagicDNS is off',
    code: 'magicdns-off',
    evidence: evidenceOf(unknownName, {}, { tailnet: running([clawql], { magicDns: false }) }),
    cause: /MagicDNS is off/,
    actions: ['clawql.selectServer', 'clawql.openPage'],
  },
  {
    what: 'the node has IPv6 only',
    code: 'ipv6-only',
    evidence: {
      ...withNode(changed({ addresses: ['fd7a:115c:a1e0::2'] }), unknownName),
      looks: { call: unknownName, magicDnsName: { kind: 'unknown-name' } },
    },
    cause: /only an IPv6 address/,
  },
  {
    what: 'another program wrote the name servers',
    code: 'resolver-bypasses-tailscale',
    evidence: evidenceOf(unknownName, { systemName: { kind: 'unknown-name' } }),
    cause: /Tailscale's resolver knows .*100\.64\.0\.2.*does not ask it/,
  },
  {
    what: 'another program wrote the name servers, or DNS is not accepted: the preferences cannot be read',
    code: 'resolver-bypasses-tailscale',
    evidence: evidenceOf(unknownName, { systemName: { kind: 'unknown-name' }, preferences: { detail: 'not asked' } }),
    cause: /Tailscale's DNS is switched off here, or another program has written the name servers/,
    remedy: /"tailscale set --accept-dns=true"; otherwise see what "tailscale dns status" says/,
    actions: ['clawql.copyText', 'clawql.copyText'],
  },
  {
    what: 'DNS is not accepted, of a name that is no node',
    code: 'dns-not-accepted',
    evidence: entered(unknownName, { preferences: { acceptsDns: false }, systemName: { kind: 'unknown-name' } }),
    cause: /does not take Tailscale's DNS/,
  },
  {
    what: 'mDNS is asked in place of Tailscale',
    code: 'mdns',
    evidence: evidenceOf(
      { ...unknownName, url: 'http://clawql-1.clawql.local:8080/mcp' },
      { systemName: { kind: 'unknown-name' } },
    ),
    cause: /Tailscale's resolver knows .*names in \.local belong to mDNS, which this machine asks first/,
    remedy: /^Give the tailnet another base domain/,
  },
  {
    what: 'the resolver is silent',
    code: 'resolver-silent',
    evidence: evidenceOf(failing({ kind: 'resolver-silent', detail: 'EAI_AGAIN' }, 'resolve'), {
      systemName: { kind: 'silent', detail: 'EAI_AGAIN' },
      magicDnsName: { kind: 'silent', detail: 'ETIMEOUT' },
    }),
    cause: /gave no answer for .*EAI_AGAIN/,
  },
  {
    what: 'nobody knows the name',
    code: 'name-unknown',
    evidence: evidenceOf(unknownName, { systemName: { kind: 'unknown-name' }, magicDnsName: { kind: 'unknown-name' } }),
    cause: /does not know .*although the node is in the tailnet/,
  },
  {
    what: 'the hosts file leads elsewhere',
    code: 'hosts-file',
    evidence: evidenceOf(foreign, {
      systemName: { kind: 'addresses', addresses: ['10.0.0.9'], hostsFile: '/etc/hosts' },
    }),
    cause: /hosts file of this machine \(\/etc\/hosts\).*10\.0\.0\.9.*nothing was sent/,
    remedy: /Remove the line/,
  },
  {
    what: "the cluster's DNS leads elsewhere",
    code: 'cluster-dns',
    evidence: evidenceOf(foreign, { systemName: { kind: 'addresses', addresses: ['10.0.0.9'], inCluster: true } }),
    cause: /cluster's DNS/,
  },
  {
    what: 'mDNS answers',
    code: 'mdns',
    evidence: evidenceOf({ ...foreign, url: 'http://clawql-1.clawql.local:8080/mcp' }),
    cause: /mDNS/,
  },
  {
    what: 'another DNS server leads elsewhere',
    code: 'another-resolver',
    evidence: evidenceOf(foreign),
    cause: /another DNS server/,
  },
  // The way
  {
    what: 'there is no route',
    code: 'no-route',
    evidence: evidenceOf(failing({ kind: 'unreachable', detail: 'EHOSTUNREACH' })),
    cause: /no route.*EHOSTUNREACH/,
  },
  {
    what: 'this daemon has no interface',
    code: 'no-tun',
    evidence: evidenceOf(
      silent,
      { route: { kind: 'route', localAddress: '10.0.0.4', isTailnet: false }, tcp: closedTcp },
      { tailnet: running([clawql], { userspace: true }) },
    ),
    cause: /userspace networking/,
    actions: ['clawql.openSetting'],
  },
  {
    what: 'another VPN has the addresses',
    code: 'another-vpn',
    evidence: evidenceOf(silent, {
      route: { kind: 'route', localAddress: '10.0.0.4', isTailnet: false },
      tcp: closedTcp,
    }),
    cause: /from 10\.0\.0\.4.*another VPN/,
  },
  {
    what: 'the node is gone, and others answer',
    code: 'no-path',
    evidence: evidenceOf(silent, { tcp: closedTcp, tsmp: noPing, icmp: noPing, others: { asked: 2, answered: 2 } }),
    cause: /no path to clawql-1.*others answer/,
  },
  {
    what: 'the node is gone, and nobody is there to compare with',
    code: 'no-path',
    evidence: evidenceOf(silent, { tcp: closedTcp, tsmp: noPing, icmp: noPing, others: { asked: 0, answered: 0 } }),
    cause: /no other peer is online to compare with, so the trouble is there or here/,
    remedy: /restart Tailscale there; "tailscale netcheck" says/,
    actions: ['clawql.copyText', 'clawql.refresh', 'clawql.selectServer'],
  },
  {
    what: 'nobody answers',
    code: 'no-path-here',
    evidence: evidenceOf(silent, { tcp: closedTcp, tsmp: noPing, icmp: noPing, others: { asked: 3, answered: 0 } }),
    cause: /none of the 3 other peers.*reaches nobody/,
    remedy: /tailscale netcheck/,
  },
  {
    what: 'that port alone is closed',
    code: 'port-filtered',
    evidence: evidenceOf(silent, { tcp: closedTcp }),
    cause:
      /lets other traffic of this machine through: that port is closed by the tailnet policy or by the host's firewall/,
    remedy: /port 8080/,
    actions: ['clawql.openPage', 'clawql.selectServer'],
  },
  {
    what: 'the port is silent for a reason that cannot be told',
    code: 'port-silent',
    evidence: evidenceOf(silent, { tcp: closedTcp, icmp: noPing }),
    cause: /The node is reachable, the port is silent/,
    remedy: /administrator \(policy\) or the host's owner \(firewall\)/,
  },
  {
    what: 'nothing has been looked at yet',
    code: 'port-silent',
    evidence: { ...evidenceOf(silent), looks: { call: silent } },
    cause: /The port is silent: the tailnet policy/,
  },
  {
    what: 'the port is closed',
    code: 'port-closed',
    evidence: evidenceOf(refused, { tcp: { kind: 'refused', detail: '' } }),
    cause: /The node is there, but nothing listens at clawql-1\..*:8080/,
    remedy: /Start clawql-mcp-http/,
  },
  {
    what: 'ClawQL is at another port',
    code: 'wrong-port',
    evidence: evidenceOf(refused, { tcp: { kind: 'refused', detail: '' }, doors: [{ url: httpsUrl }] }),
    cause: /ClawQL answers on the same host at https:/,
    remedy: /Use https:/,
  },
  {
    what: 'an entered endpoint is silent',
    code: 'no-answer',
    evidence: entered(silent, { tcp: closedTcp }),
    cause: /no node of this tailnet/,
  },
  // TLS
  {
    what: 'the certificate is not trusted',
    code: 'tls-untrusted',
    evidence: evidenceOf(tls('SELF_SIGNED_CERT_IN_CHAIN'), { tls: certificate }, { editor: vscode }),
    cause: /signed by Lab authority, which VS Code does not trust/,
    remedy: /certificate store/,
  },
  {
    what: 'the certificate has another name',
    code: 'tls-name',
    evidence: evidenceOf(tls('ERR_TLS_CERT_ALTNAME_INVALID'), { tls: { ...certificate, names: ['other.example'] } }),
    cause: /is not for clawql-1.*it is for other\.example/,
  },
  {
    what: 'the certificate ran out',
    code: 'tls-expired',
    evidence: evidenceOf(tls('CERT_HAS_EXPIRED'), { tls: certificate }),
    cause: /ran out on 2027-01-01/,
  },
  {
    what: 'there is no certificate for the short name',
    code: 'tls-no-certificate',
    evidence: evidenceOf(
      { ...tls('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR'), url: 'https://clawql-1/mcp' },
      { tls: { kind: 'no-certificate', detail: 'alert internal error' } },
    ),
    cause: /no certificate for clawql-1 .*full names only/,
    remedy: /Use the full name, clawql-1\.tail1a2b3\.ts\.net/,
  },
  {
    what: 'the certificate is being fetched',
    code: 'tls-pending',
    evidence: evidenceOf(failing({ kind: 'timeout', afterMs: 4_000, detail: '' }, 'connect', httpsUrl), {
      tls: { kind: 'silent', afterMs: 5_000 },
    }),
    cause: /does not finish the TLS handshake/,
  },
  {
    what: 'TLS fails in another way',
    code: 'tls-failed',
    evidence: evidenceOf(tls('ERR_SSL_NO_CIPHER'), { tls: { kind: 'failed', detail: 'no cipher' } }),
    cause: /no cipher/,
  },
  {
    what: 'a certificate of the client is wanted',
    code: 'tls-failed',
    evidence: evidenceOf(tls('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), { tls: certificate }),
    cause: /wants a certificate of the client/,
  },
  {
    what: 'TLS fails for no reason of the certificate',
    code: 'tls-failed',
    evidence: evidenceOf(tls('ERR_SSL_TLSV1_ALERT_DECODE_ERROR'), { tls: certificate }),
    cause: /fails, although it shows a certificate: ERR_SSL_TLSV1_ALERT_DECODE_ERROR/,
  },
  {
    what: 'the port speaks plain HTTP',
    code: 'plain-http-there',
    evidence: evidenceOf(tls('ERR_SSL_WRONG_VERSION_NUMBER'), { tls: { kind: 'no-tls', detail: '' } }),
    cause: /speaks plain HTTP, and the URL says https/,
    remedy: /Use http:\/\/clawql-1\..*:443\/mcp/,
  },
  {
    what: 'the port speaks TLS',
    code: 'https-there',
    evidence: evidenceOf(failing({ kind: 'other', detail: 'socket hang up' }), { tls: certificate }),
    cause: /speaks HTTPS, and the URL says http/,
    remedy: /Use https:\/\/clawql-1\..*:8080\/mcp/,
  },
  {
    what: 'the port says that it speaks TLS',
    code: 'https-there',
    evidence: at({ kind: 'https-needed', detail: '' }),
    cause: /speaks HTTPS/,
  },
  // What answers
  {
    what: "ClawQL's Host filter",
    code: 'host-filter',
    evidence: at({ kind: 'invalid-host', detail: '' }),
    cause: /MCP_HOST allows only localhost/,
    actions: ['clawql.copyText', 'clawql.refresh'],
  },
  {
    what: 'a proxy forbids',
    code: 'forbidden-in-front',
    evidence: at({ kind: 'http-status', status: 403, detail: '' }),
    cause: /in front of ClawQL.*403/,
  },
  {
    what: 'a redirect',
    code: 'login-page',
    evidence: at({ kind: 'redirect', location: 'https://login.example/?token=secret', detail: '' }),
    cause: /redirects callers to another place, which is not followed/,
  },
  {
    what: 'a web page',
    code: 'login-page',
    evidence: at({ kind: 'html-page', detail: 'a page with the title "Sign in"' }),
    cause: /answers with a page with the title "Sign in" in place of ClawQL/,
  },
  {
    what: 'nothing at the path',
    code: 'wrong-path',
    evidence: at({ kind: 'http-status', status: 404, detail: '' }),
    cause: /404 for \/healthz and for the path/,
    remedy: /\/clawql\/mcp/,
  },
  {
    what: 'another server',
    code: 'not-clawql',
    evidence: at({ kind: 'not-clawql', detail: '' }),
    cause: /is not ClawQL/,
  },
  {
    what: 'another server, and ClawQL beside it',
    code: 'wrong-port',
    evidence: at({ kind: 'not-clawql', detail: '' }, 'healthz', { doors: [{ url: httpsUrl }] }),
    cause: /is not ClawQL; ClawQL answers on the same host at/,
  },
  {
    what: 'nothing behind Serve',
    code: 'backend-down',
    evidence: at({ kind: 'http-status', status: 502, detail: '' }),
    cause: /the server behind it does not \(HTTP 502\)/,
  },
  {
    what: 'the Accept header is lost',
    code: 'not-acceptable',
    evidence: at({ kind: 'http-status', status: 406, detail: '' }, 'initialize'),
    cause: /406.*Accept/,
  },
  {
    what: 'the server fails',
    code: 'http-error',
    evidence: at({ kind: 'http-status', status: 500, detail: '' }, 'tools'),
    cause: /500 at the step "tools"/,
  },
  {
    what: 'the server hangs',
    code: 'server-hangs',
    evidence: evidenceOf(failing({ kind: 'timeout', afterMs: 8_000, detail: '' }, 'initialize')),
    cause: /no answer to the step "initialize" within 8\.0 s/,
  },
  {
    what: 'the server takes connections and is silent',
    code: 'server-hangs',
    evidence: evidenceOf(silent),
    cause: /no answer to \/healthz within 4\.0 s/,
  },
  {
    what: 'the answer is too large',
    code: 'unusable-answer',
    evidence: at({ kind: 'too-large', detail: 'more than 65536 bytes' }),
    cause: /no usable answer at the step "healthz": more than 65536 bytes/,
  },
  // ClawQL answers
  {
    what: 'all is well',
    code: 'ok',
    kind: 'ok',
    evidence: evidenceOf(answering()),
    cause: /^clawql-mcp 5\.0\.0 answers at .* with 2 tools\.$/,
    actions: [],
  },
  {
    what: 'all is well by a relay',
    code: 'relayed',
    kind: 'ok',
    evidence: evidenceOf(answering(), { path: { kind: 'relayed', region: 'fra', latencyMs: 40 } }),
    cause: /by way of the relay fra/,
  },
  {
    what: 'it answers although it is taken for offline',
    code: 'offline-but-answers',
    kind: 'warning',
    evidence: withNode(changed({ online: false }), answering()),
    cause: /takes the node for offline all the same/,
  },
  {
    what: 'this machine publishes it',
    code: 'published-by-funnel',
    kind: 'warning',
    evidence: evidenceOf(
      answering({ url: 'https://laptop.tail1a2b3.ts.net/mcp' }),
      {},
      {
        tailnet: running([], { funnels: [{ port: 443, mount: '/', type: 'https', isForeground: false }] }),
        selection: selectionOf(laptop, { url: 'https://laptop.tail1a2b3.ts.net/mcp' }),
        node: laptop,
        report: report(host(laptop), [], 1),
      },
    ),
    cause: /publishes port 443.*whole internet/,
    remedy: /Turn Funnel off/,
    actions: ['clawql.turnFunnelOff'],
  },
  {
    what: 'this machine publishes it at another port',
    code: 'published-by-funnel',
    kind: 'warning',
    evidence: evidenceOf(
      answering({ url: 'http://laptop.tail1a2b3.ts.net:8080/mcp' }),
      {},
      {
        tailnet: running([], {
          funnels: [{ port: 8443, mount: '/', type: 'https', isForeground: false, backend: { port: 8080, path: '/' } }],
        }),
        selection: selectionOf(laptop, { url: 'http://laptop.tail1a2b3.ts.net:8080/mcp' }),
        node: laptop,
        report: report(host(laptop), [], 1),
      },
    ),
    cause: /publishes port 8443.*whole internet/,
    actions: ['clawql.turnFunnelOff'],
  },
  {
    what: 'its vault is degraded',
    code: 'vault-degraded',
    kind: 'warning',
    evidence: evidenceOf(
      answering({
        healthz: { status: 'ok', endpoint: '/mcp', vaultProblem: { error: 'EACCES', fixCommand: 'chmod u+w /vault' } },
      }),
    ),
    cause: /vault cannot be written: EACCES/,
    remedy: /On the host, run: chmod u\+w \/vault/,
  },
  {
    what: 'it calls itself unwell',
    code: 'unwell',
    kind: 'warning',
    evidence: evidenceOf(answering({ healthz: { status: 'starting', endpoint: '/mcp' } })),
    cause: /calls itself "starting"/,
  },
  {
    what: 'tools that it had are gone',
    code: 'tools-missing',
    kind: 'warning',
    evidence: evidenceOf(answering(), {}, { worked }),
    cause: /without memory_recall, memory_ingest, which it had before/,
    remedy: /CLAWQL_ENABLE_MEMORY=1/,
  },
  {
    what: 'tools are gone that every ClawQL has',
    code: 'tools-missing',
    kind: 'warning',
    evidence: evidenceOf(answering({ tools: ['search'] })),
    cause: /without execute\./,
    remedy: /No switch/,
  },
  {
    what: 'it wants a sign-in',
    code: 'wants-sign-in',
    kind: 'warning',
    evidence: at({ kind: 'sign-in', detail: '' }),
    cause: /alive and wants a sign-in\. Without one no more is seen of it from here\.$/,
  },
  {
    what: 'it wants a sign-in, and the editor has signed in',
    code: 'wants-sign-in',
    kind: 'warning',
    evidence: evidenceOf(failing({ kind: 'sign-in', detail: '' }, 'healthz'), {}, { editor: vscode }),
    cause: /no more is seen of it from here; VS Code has signed in and holds its tools\.$/,
    remedy: /If its tools do not answer/,
  },
  // The editor
  {
    what: "the editor's proxy is in the way",
    code: 'editor-proxy',
    evidence: evidenceOf(
      failing({ kind: 'editor-network', was: 'refused', detail: 'ECONNREFUSED' }),
      {},
      { editor: { ...vscode, proxy: { by: 'HTTP_PROXY', to: 'proxy.example:3128' } } },
    ),
    cause: /not VS Code through the proxy proxy\.example:3128 \(HTTP_PROXY\)/,
    remedy: /Add \.tail1a2b3\.ts\.net to http\.noProxy/,
  },
  {
    what: 'the editor does not trust what Node does',
    code: 'editor-trust',
    evidence: evidenceOf(
      failing({ kind: 'editor-network', was: 'tls', detail: 'self-signed' }, 'tls', httpsUrl),
      { tls: certificate, direct: { kind: 'answered' } },
      { editor: vscode },
    ),
    cause: /VS Code does not trust the certificate.*Lab authority.*which Node's own authorities do/,
  },
  {
    what: 'a proxy cannot reach it',
    code: 'proxy-refuses',
    evidence: evidenceOf(failing({ kind: 'proxy', status: 502, detail: '' })),
    cause: /cannot reach .*HTTP 502/,
    remedy: /Start the host, or ClawQL on it, and see that the tailnet policy opens the port/,
  },
  {
    what: 'a proxy cannot reach it by plain HTTP, and its port is closed',
    code: 'proxy-refuses',
    evidence: evidenceOf(proxysOwn, { tcp: closedTcp }, byProxy),
    cause: /proxy proxy\.example:3128 \(HTTP_PROXY\) cannot reach clawql-1.*HTTP 503/,
  },
  {
    what: 'a proxy cannot reach it by plain HTTP, and no direct call does',
    code: 'proxy-refuses',
    evidence: evidenceOf(
      proxysOwn,
      { direct: { kind: 'failed', failure: { kind: 'timeout', afterMs: 4_000, detail: '' } } },
      byProxy,
    ),
    cause: /cannot reach/,
  },
  {
    what: "the editor's file names an unset variable",
    code: 'editor-variable-unset',
    kind: 'warning',
    evidence: evidenceOf(
      answering(),
      {},
      {
        editor: {
          ...vscode,
          proof: { kind: 'unknown', settledBy: '', vantage: {} },
          unsetVariable: { name: 'CLAWQL_MCP_HOST', file: '.vscode/mcp.json', key: 'clawql' },
        },
      },
    ),
    cause: /names CLAWQL_MCP_HOST, which is not set in VS Code/,
    actions: ['clawql.bringInLine'],
  },
  {
    what: 'a setting keeps the editor from it',
    code: 'editor-shows-no-tools',
    kind: 'warning',
    evidence: evidenceOf(
      answering(),
      {},
      {
        editor: {
          ...vscode,
          proof: { kind: 'unknown', settledBy: '', vantage: {} },
          blockedBy: { setting: 'chat.mcp.access', value: 'none' },
        },
      },
    ),
    cause: /chat\.mcp\.access is none/,
    actions: ['clawql.openSetting'],
  },
  {
    what: 'the editor has started it and holds no tools',
    code: 'editor-shows-no-tools',
    kind: 'warning',
    evidence: evidenceOf(
      answering(),
      {},
      {
        editor: { ...vscode, proof: { kind: 'simulated', tools: 7, why: '', vantage: {} }, startedWithoutTools: true },
      },
    ),
    cause: /holds none of its tools/,
    actions: ['clawql.reconnect'],
  },
  {
    what: 'the workspace is not trusted',
    code: 'not-trusted',
    kind: 'unknown',
    evidence: evidenceOf(undefined, {}, { untrusted: true }),
    cause: /not trusted, so the server is not asked/,
    remedy: /Manage Workspace Trust/,
  },
  {
    what: 'nothing has come yet',
    code: 'checking',
    kind: 'unknown',
    evidence: evidenceOf(undefined),
    cause: /not answered yet/,
  },
];

describe('concludedVerdict', () => {
  for (const { what, code, evidence, kind = 'error', cause, remedy, actions } of rows) {
    it(`${code}: ${what}`, () => {
      const verdict = concludedVerdict(evidence);
      assert.equal(verdict.code, code, verdict.cause);
      assert.equal(verdict.kind, kind);
      assert.match(verdict.cause, cause);
      if (remedy !== undefined) assert.match(verdict.remedy ?? '', remedy);
      if (actions !== undefined)
        assert.deepEqual(
          verdict.actions.map((one) => one.command),
          actions,
        );
    });
  }

  it('says that Tailscale is down of an entered endpoint of the tailnet that was not reached', () => {
    const stopped = { tailnet: off('Stopped') };
    const wasNode = { ...stopped, worked: { ...worked, addresses: ['100.64.0.2'] } };
    for (const call of [unknownName, silent]) {
      for (const place of ['clawql-1.tail1a2b3.ts.net:8080', '100.64.0.2:8080', '[fd7a:115c:a1e0::2]:8080'])
        assert.equal(concludedVerdict(entered(call, {}, stopped, place)).code, 'stopped', place);
      assert.equal(concludedVerdict(entered(call, {}, wasNode, 'clawql-1.headscale.example:8080')).code, 'stopped');
    }
  });

  it('says of an entered endpoint what its own call says, where it is none of the tailnet or was reached', () => {
    const stopped = { tailnet: off('Stopped'), worked: { ...worked, addresses: [], tools: [] } };
    assert.equal(concludedVerdict(entered(refused, {}, stopped)).code, 'port-closed');
    assert.equal(concludedVerdict(entered(unknownName, { magicDnsName: noName }, stopped)).code, 'name-unknown');
    const place = 'clawql-1.tail1a2b3.ts.net:8080';
    assert.equal(concludedVerdict(entered(answering(), {}, stopped, place)).kind, 'ok');
    const asks = failing({ kind: 'sign-in', detail: '' }, 'healthz');
    assert.equal(concludedVerdict(entered(asks, {}, stopped, place)).code, 'wants-sign-in');
  });

  it('takes an error that comes without a proxy, or in a direct call too, for the word of the server', () => {
    const same: Looks = {
      direct: { kind: 'failed', failure: { kind: 'http-status', status: 503, detail: 'HTTP 503' } },
    };
    assert.equal(concludedVerdict(evidenceOf(proxysOwn, same, byProxy)).code, 'backend-down');
    assert.equal(concludedVerdict(evidenceOf(proxysOwn, { tcp: closedTcp })).code, 'backend-down');
    const inTunnel = { ...proxysOwn, url: httpsUrl };
    assert.equal(concludedVerdict(evidenceOf(inTunnel, { tcp: closedTcp }, byProxy)).code, 'backend-down');
  });

  it('has a case for each code', () => {
    const shown = new Set(rows.map(({ code }) => code));
    assert.deepEqual(
      verdictCodes.filter((code) => !shown.has(code)),
      [],
    );
  });

  it("offers to copy no command line of a server's", () => {
    const vaultProblem = { error: '', fixCommand: 'x" "sudo rm -rf /"' };
    const { actions } = concludedVerdict(
      evidenceOf(answering({ healthz: { status: 'ok', endpoint: '/mcp', vaultProblem } })),
    );
    assert.deepEqual(actions, []);
  });

  it('warns of an answer over a connection of before, where no new one comes about', () => {
    const { code, kind, cause } = concludedVerdict(evidenceOf(answering(), { tcp: closedTcp, icmp: noPing }));
    assert.deepEqual([code, kind], ['port-silent', 'warning']);
    assert.match(cause, /^It still answers over a connection that was open before/);
  });

  it('says nothing of a secret in a redirect', () => {
    const { cause, remedy } = concludedVerdict(
      at({ kind: 'redirect', location: 'https://u:pw@login.example/?token=secret', detail: '' }),
    );
    assert.doesNotMatch(`${cause} ${remedy}`, /secret|pw/);
  });

  it('believes an answer over all that was seen besides, but not over an expired key', () => {
    const looks: Looks = { tsmp: noPing, tcp: { kind: 'refused', detail: '' }, systemName: { kind: 'unknown-name' } };
    assert.equal(concludedVerdict(evidenceOf(answering(), looks)).kind, 'ok');
    assert.equal(concludedVerdict(evidenceOf(answering(), { tcp: closedTcp }, byProxy)).kind, 'ok');
    assert.equal(concludedVerdict(withNode(changed({ expired: true }), answering())).code, 'key-expired');
  });
});
