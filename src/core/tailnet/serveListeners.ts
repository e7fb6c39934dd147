import { isSaid, splitHostPort, type ConfigRecord, type HandlerRecord, type ServeRecord } from './serveRecord.ts';

/** What answers at one path of a port. */
export interface ServeHandler {
  readonly mount: string;
  readonly record: HandlerRecord;
}

/** What Tailscale Serve does at one port of this machine, under its present name. */
export interface ServeListener {
  readonly port: number;
  readonly kind: 'https' | 'http' | 'tcp' | 'tls-terminated-tcp';
  /** A program in a terminal keeps it up. */
  readonly isForeground: boolean;
  /** Whether the port is handed to the internet too. */
  readonly isPublished: boolean;
  /** Empty for forwarded TCP. */
  readonly handlers: readonly ServeHandler[];
  /** For forwarded TCP where to, and with which version of the PROXY protocol; 0 for none. */
  readonly forward?: { readonly target: string; readonly proxyProtocol: number };
}

/** Every port that is served, in the order of their numbers. `name` is the machine's MagicDNS name. */
export function listenersOf({ background, foreground }: ServeRecord, name: string): readonly ServeListener[] {
  const all = [background, ...foreground];
  const published = new Set(all.flatMap(({ AllowFunnel }) => funnelPorts(AllowFunnel ?? {}, name)));
  return all
    .flatMap((config) => listenersIn(config, name, config !== background, published))
    .toSorted((one, other) => one.port - other.port);
}

/** Funnel is on for a port, whatever is served there. */
export function isFunnelOn({ background, foreground }: ServeRecord, key: string): boolean {
  return [background, ...foreground].some(({ AllowFunnel }) => AllowFunnel?.[key] === true);
}

function funnelPorts(allowed: Readonly<Record<string, boolean>>, name: string): readonly number[] {
  return Object.entries(allowed).flatMap(([key, isOn]) => {
    const place = splitHostPort(key);
    return isOn && place?.host === name ? [place.port] : [];
  });
}

function listenersIn(
  { TCP, Web }: ConfigRecord,
  name: string,
  isForeground: boolean,
  published: ReadonlySet<number>,
): readonly ServeListener[] {
  return Object.entries(TCP ?? {}).map(([text, record]) => {
    const port = Number(text);
    const common = { port, isForeground, isPublished: published.has(port) };
    if (isSaid(record.TCPForward)) {
      const kind = isSaid(record.TerminateTLS) ? 'tls-terminated-tcp' : 'tcp';
      const forward = { target: record.TCPForward, proxyProtocol: record.ProxyProtocol ?? 0 };
      return { ...common, kind, handlers: [], forward } as const;
    }
    const [, web] =
      Object.entries(Web ?? {}).find(([key]) => {
        const place = splitHostPort(key);
        return place?.host === name && place.port === port;
      }) ?? [];
    const handlers = Object.entries(web?.Handlers ?? {}).map(([mount, handler]) => ({ mount, record: handler }));
    return { ...common, kind: record.HTTP === true ? 'http' : 'https', handlers } as const;
  });
}

/**
 * The handler that gets a path, as the daemon looks for it: the longest mount at or above it. Source: tailscale `ipn/ipnlocal/serve.go`
 * (getServeHandler).
 */
export function handlerFor(handlers: readonly ServeHandler[], path: string): ServeHandler | undefined {
  return handlers
    .filter(({ mount }) => isAtOrBelow(path, mount))
    .toSorted((one, other) => other.mount.length - one.mount.length)[0];
}

/** Whether a path is that of a mount or below it; a slash at the mount's end makes no difference. */
export function isAtOrBelow(path: string, mount: string): boolean {
  const base = mount.replace(/\/+$/, '');
  return path === base || path.startsWith(`${base}/`);
}
