import type { Funnel } from './funnel.ts';

/** Where the internet reaches what Funnel publishes of the node of this name. */
export function funnelPlace(name: string, { type, port, mount }: Funnel): string {
  if (type !== 'https') return `${name}:${port}`;
  return `https://${name}${port === 443 ? '' : `:${port}`}${mount === '/' ? '' : mount}`;
}
