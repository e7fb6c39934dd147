import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { refusalText, type Router } from './route.ts';

/** Headers that are between the client and the proxy only. Source: RFC 9110 section 7.6.1. */
const hopByHop = new Set(['connection', 'proxy-connection', 'proxy-authorization', 'keep-alive', 'te', 'upgrade']);

/**
 * Answers a request for an absolute URL as tailscaled's proxy does, but for foreign hosts. `opened` gets the name of the machine that it
 * is passed on to. Source: tailscale `cmd/tailscaled/proxy.go` (httpProxyHandler).
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  route: Router,
  opened: (node: string) => void,
): void {
  const target = request.url ?? '';
  if (!/^http:\/\//i.test(target) || !URL.canParse(target)) {
    response.writeHead(400).end('bogus RequestURI; must be absolute URL or CONNECT\n');
    return;
  }
  const { hostname, port, pathname, search } = new URL(target);
  const way = route(hostname, Number(port || 80));
  if (way.kind === 'silent') return;
  if (way.kind !== 'open') {
    // Go's reverse proxy keeps the reason to itself.
    response.writeHead(502).end(way.kind === 'foreign' ? `${refusalText(way, hostname)}\n` : '');
    return;
  }
  opened(way.node);
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hopByHop.has(name)));
  const upstream = http.request(
    { host: '127.0.0.1', port: way.port, path: pathname + search, method: request.method, headers, agent: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // An event stream's first event may be a long time coming.
      response.flushHeaders();
      answer.pipe(response);
    },
  );
  upstream.on('error', () => response.destroy());
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}
