/** Where Tailscale Serve has, or is to have, something on this machine's own name. */
export interface ServePlace {
  readonly protocol: 'https' | 'http';
  /** The machine's MagicDNS name. */
  readonly host: string;
  readonly port: number;
  /** The path at and below which it is; `/` for all that nothing else has. */
  readonly mount: string;
}

/** The key of the place in the Serve configuration, `name:port`. */
export function placeKey({ host, port }: Pick<ServePlace, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

/** The URL at which something at `path` of the place, which is below its mount, is reached. */
export function placeUrl({ protocol, host, port, mount }: ServePlace, path = mount): string {
  const isUsual = port === (protocol === 'https' ? 443 : 80);
  return `${protocol}://${host}${isUsual ? '' : `:${port}`}${path}`;
}

/** What has Tailscale's program serve `target` there, in the background, until it is taken away. */
export function serveArguments({ protocol, port, mount }: ServePlace, target: string): readonly string[] {
  return ['serve', '--bg', `--${protocol}=${port}`, ...(mount === '/' ? [] : [`--set-path=${mount}`]), target];
}

/** What has it take away that one handler. Without the path it would take all of the port. Source: `cmd/tailscale/cli/serve_v2.go` (removeWebServe). */
export function offArguments({ protocol, port, mount }: ServePlace): readonly string[] {
  return ['serve', `--${protocol}=${port}`, `--set-path=${mount}`, 'off'];
}
