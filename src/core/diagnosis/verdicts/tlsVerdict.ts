import { durationText } from '../../duration.ts';
import { readableTime } from '../../tailnet/tailnet.ts';
import { authorityOf, portOf } from './authority.ts';
import { lookAgain, selectAnother } from './actions.ts';
import type { Evidence } from '../evidence.ts';
import type { TlsSeen } from '../looks.ts';
import { verdict, type Verdict } from './verdict.ts';

type Certificate = Extract<TlsSeen, { kind: 'certificate' }>;

/** Why TLS with the endpoint fails. `detail` is what the failed call says of it. */
export function tlsVerdict(
  evidence: Evidence,
  { code, detail }: { readonly code: string; readonly detail: string },
): Verdict {
  const { selection, looks, node } = evidence;
  const place = authorityOf(selection.url);
  const { hostname } = new URL(selection.url);
  const { tls } = looks;
  switch (tls?.kind) {
    case 'no-tls':
      return verdict({
        code: 'plain-http-there',
        kind: 'error',
        cause: `${place} speaks plain HTTP, and the URL says https.`,
        remedy: `Use ${withScheme(selection.url, 'http:')}: between nodes of the tailnet it is encrypted by WireGuard.`,
        actions: [selectAnother],
      });
    case 'no-certificate':
      return withoutCertificate(evidence, hostname, tls.detail);
    case 'silent':
      return verdict({
        code: 'tls-pending',
        kind: 'error',
        cause: `${place} takes the connection and does not finish the TLS handshake within ${durationText(tls.afterMs)}.`,
        remedy:
          'After Serve was set up, or when a certificate runs out, Tailscale fetches one, which takes up to a minute: look again then; if it stays so, see the log of tailscaled on the host.',
        actions: [lookAgain],
      });
    case 'certificate':
      return ofCertificate(evidence, tls, { code, detail });
    default:
      if (code.endsWith(wantsOurs)) return withoutOurs(place);
      return verdict({
        code: 'tls-failed',
        kind: 'error',
        cause: `TLS with ${place} fails: ${tls?.kind === 'failed' ? tls.detail : detail}.`,
        remedy: `Use a certificate for that name which this machine trusts${node === undefined ? '' : ', for example by "tailscale serve"'}.`,
        actions: [lookAgain],
      });
  }
}

/** The URL says http, and the port speaks TLS. */
export function httpsThereVerdict({ selection }: Evidence): Verdict {
  return verdict({
    code: 'https-there',
    kind: 'error',
    cause: `${authorityOf(selection.url)} speaks HTTPS, and the URL says http.`,
    remedy: `Use ${withScheme(selection.url, 'https:')}.`,
    actions: [selectAnother],
  });
}

function withoutCertificate({ node }: Evidence, hostname: string, detail: string): Verdict {
  const full = node?.name;
  const isShort = full !== undefined && full !== hostname && full.startsWith(`${hostname}.`);
  return verdict({
    code: 'tls-no-certificate',
    kind: 'error',
    cause: `The server has no certificate for ${hostname} and breaks the handshake off (${detail})${isShort ? ': certificates are for full names only' : ''}.`,
    remedy: isShort
      ? `Use the full name, ${full}.`
      : 'Switch HTTPS certificates on in the tailnet, or use the name for which the server has one.',
    actions: [selectAnother],
  });
}

function ofCertificate(
  { selection, looks, editor }: Evidence,
  { names, issuer, validFrom, validTo, distrust }: Certificate,
  { code, detail }: { readonly code: string; readonly detail: string },
): Verdict {
  const place = authorityOf(selection.url);
  const { hostname } = new URL(selection.url);
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const isOver = code === 'CERT_HAS_EXPIRED';
    return verdict({
      code: 'tls-expired',
      kind: 'error',
      cause: `The certificate of ${place} ${isOver ? `ran out on ${readableTime(validTo)}` : `is valid only from ${readableTime(validFrom)}`}.`,
      remedy: isOver
        ? 'Renew it on the host; Tailscale Serve renews its own, so look whether tailscaled runs there and this clock is right.'
        : "Check this machine's clock.",
    });
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return verdict({
      code: 'tls-name',
      kind: 'error',
      cause: `The certificate of ${place} is not for ${hostname}: it is for ${names.slice(0, 3).join(', ') || 'no name'}${names.length > 3 ? ' and others' : ''}.`,
      remedy:
        names[0] === undefined
          ? 'Have a certificate made for that name.'
          : `Use the name ${names[0]}, or have a certificate made for ${hostname}.`,
    });
  }
  if (code.endsWith(wantsOurs)) return withoutOurs(place);
  if (!isDistrust.test(code)) {
    return verdict({
      code: 'tls-failed',
      kind: 'error',
      cause: `TLS with ${place} fails, although it shows a certificate: ${detail}.`,
      remedy: 'See what the log of the server, or of the proxy in front of it, says of the handshake.',
      actions: [lookAgain],
    });
  }
  const name = editor?.name ?? 'this editor';
  const capital = editor?.name ?? 'This editor';
  const isTrustedByNode = distrust === undefined || looks.direct?.kind === 'answered';
  return verdict({
    code: isTrustedByNode ? 'editor-trust' : 'tls-untrusted',
    kind: 'error',
    cause: isTrustedByNode
      ? `${capital} does not trust the certificate of ${place}, signed by ${issuer || 'nobody named'}, which Node's own authorities do: ${detail}.`
      : `The certificate of ${place} is signed by ${issuer || 'nobody named'}, which ${name} does not trust: ${detail}.`,
    remedy: `Add that authority to this machine's certificate store (not only to NODE_EXTRA_CA_CERTS) and start ${name} again, or use a certificate of Tailscale's by "tailscale serve".`,
  });
}

/** Node's codes for a chain that it does not accept; empty where only the editor's own stack refuses it. Source: Node, "TLS: X509 certificate error codes". */
const isDistrust = /^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|INVALID_CA|$)/;

/** RFC 8446 section 6.2, as OpenSSL and BoringSSL write it. */
const wantsOurs = 'ALERT_CERTIFICATE_REQUIRED';

function withoutOurs(place: string): Verdict {
  return verdict({
    code: 'tls-failed',
    kind: 'error',
    cause: `${place} wants a certificate of the client, and this editor has none to show.`,
    remedy: 'Let what is in front of ClawQL take callers from the tailnet without a certificate of their own.',
    actions: [lookAgain],
  });
}

function withScheme(url: string, protocol: 'http:' | 'https:'): string {
  const { hostname, pathname } = new URL(url);
  // The port stays what it was, also where it is the other scheme's own.
  return `${protocol}//${hostname}:${portOf(url)}${pathname}`;
}
