import net from 'node:net';
import type { Duplex } from 'node:stream';
import { refusalText, type Router } from './route.ts';

/**
 * Answers a CONNECT as tailscaled's proxy does, but for foreign hosts, to which tailscaled connects. `authority` is `host:port`.
 * `opened` gets the name of the machine to which the client is connected. Source: tailscale `cmd/tailscaled/proxy.go` (httpProxyHandler).
 */
export function tunnel(
  client: Duplex,
  authority: string,
  head: Buffer,
  route: Router,
  opened: (node: string) => void,
): void {
  client.on('error', () => client.destroy());
  const { hostname, port } = new URL(`http://${authority}`);
  const way = route(hostname, Number(port || 80));
  if (way.kind === 'silent') {
    client.once('end', () => client.destroy()).resume();
    return;
  }
  if (way.kind !== 'open') {
    const status = way.kind === 'foreign' ? '502 Bad Gateway' : '500 Internal Server Error';
    const text = refusalText(way, hostname);
    const lines = [`HTTP/1.1 ${status}`, `Tailscale-Connect-Error: ${text}`, 'Connection: close', '', `${text}\n`];
    client.end(lines.join('\r\n'));
    return;
  }
  opened(way.node);
  const upstream = net.connect(way.port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  upstream.once('close', () => client.destroy());
  client.once('close', () => upstream.destroy());
}
