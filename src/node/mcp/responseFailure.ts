import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import type { Exchange } from './exchange.ts';

type Response = Extract<Exchange, { kind: 'response' }>;

/**
 * What servers say to plain HTTP on a port of TLS. Sources: Go `net/http/server.go`; nginx `ngx_http_special_response.c`; Apache httpd
 * `modules/ssl/ssl_engine_kernel.c`.
 */
const plainOnTls =
  /sent an HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled server/i;

/** What an answer other than the expected one means. `url` is the one that was asked. */
export function failureOfResponse(answer: Response, url: string): ProbeFailure {
  const { status } = answer;
  const detail = `HTTP ${status}`;
  // Only this body proves ClawQL's own Host filter; a 403 without it comes from something in front.
  if (status === 403 && answer.text.includes('Invalid Host:')) return { kind: 'invalid-host', detail };
  if (status === 401) return { kind: 'sign-in', detail };
  if (status === 400 && plainOnTls.test(answer.text)) return { kind: 'https-needed', detail };
  if (status >= 300 && status < 400) {
    const location = answer.header('location') ?? '';
    return leadsToTls(url, location) ? { kind: 'https-needed', detail } : { kind: 'redirect', location, detail };
  }
  return { kind: 'http-status', status, detail };
}

/** The same host, and only the scheme is another one. */
function leadsToTls(url: string, location: string): boolean {
  const [asked, target] = [new URL(url), URL.parse(location, url)];
  return asked.protocol === 'http:' && target?.protocol === 'https:' && target.hostname === asked.hostname;
}
