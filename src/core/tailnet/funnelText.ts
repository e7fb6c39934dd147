import type { Funnel } from './funnel.ts';

/** Where the internet reaches what Funnel publishes of the node of this name. */
export function funnelPlace(name: string, { type, port, mount }: Funnel): string {
  if (type !== 'https') return `${name}:${port}`;
  return `https://${name}${port === 443 ? '' : `:${port}`}${mount === '/' ? '' : mount}`;
}

/** The command that ends it; one in the foreground ends with the program that keeps it up. */
export function funnelOffCommand({ type, port }: Funnel): string {
  return `tailscale funnel --${type}=${port} off`;
}
