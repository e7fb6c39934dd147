import { isIP } from 'node:net';
import { connect } from 'node:tls';

import type { TlsSeen } from '../../core/diagnosis/looks.ts';
import { bareName } from '../../core/tailnet/goRecord.ts';
import type { Place } from '../../services/health/examiner.ts';
import { systemCode } from '../files/fileErrors.ts';
import { knownAuthorities } from './authorities.ts';
import { certificateSeen } from './certificateSeen.ts';
import { withinTime } from './withinTime.ts';

const timeoutMs = 5_000;

/** The certificate that the place shows for the name, whether or not it is to be trusted; nothing is sent after the handshake. Never rejects. */
export async function tlsAt(
  { hostname, address, port }: Place,
  signal: AbortSignal,
  limitMs = timeoutMs,
): Promise<TlsSeen> {
  // A name would be looked up.
  if (isIP(address) === 0) return { kind: 'failed', detail: `${address} is no address` };
  return withinTime<TlsSeen>(limitMs, signal, (settle) => {
    const socket = connect({
      host: address,
      port,
      // RFC 6066 section 3: no address stands there.
      ...(isIP(hostname) === 0 ? { servername: bareName(hostname) } : {}),
      rejectUnauthorized: false,
      ca: knownAuthorities(),
      // Another name is no reason for distrust: only the chain and the dates count.
      checkServerIdentity: () => undefined,
    });
    socket.once('secureConnect', () => {
      const leaf = socket.getPeerCertificate(true);
      const seen = certificateSeen(leaf, distrustOf(socket.authorized, socket.authorizationError));
      settle(seen ?? { kind: 'failed', detail: 'the server shows no certificate that can be read' });
    });
    socket.on('error', (error: Error) => settle(failureOf(error)));
    return () => socket.destroy();
  });
}

/** Node gives the code, and not the error that its types promise. Source: Node `lib/internal/tls/wrap.js` (onConnectSecure). */
function distrustOf(isTrusted: boolean, reason: unknown): string | undefined {
  if (isTrusted) return undefined;
  return typeof reason === 'string' ? reason : 'UNKNOWN';
}

/**
 * OpenSSL and BoringSSL (the editor's) have the same words for it, as a code or in the message. Alerts: RFC 8446 section 6; a daemon that
 * has no certificate for a name answers "internal error"; "handshake failure" has many reasons.
 */
function failureOf(error: Error): TlsSeen {
  const code = systemCode(error) ?? '';
  const words = `${code} ${error.message}`;
  // The whole message of theirs names a place in their source.
  const text = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  const detail = (text.includes(code) ? text : `${text} (${code})`).slice(0, 200);
  if (noTls.test(words)) return { kind: 'no-tls', detail };
  return { kind: noCertificate.test(words) ? 'no-certificate' : 'failed', detail };
}

const noTls = /(wrong.version.number|packet.length.too.long|unknown.protocol|http.request)/i;
const noCertificate = /(alert.internal.error|unrecognized.name)/i;
