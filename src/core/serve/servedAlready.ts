import { backendOf } from '../tailnet/funnel.ts';
import { isSaid } from '../tailnet/serveRecord.ts';
import type { LocalServer } from './localServer.ts';
import { handlerFor, isAtOrBelow, type ServeListener } from '../tailnet/serveListeners.ts';
import { placeUrl } from './servePlace.ts';

/** A way by which Serve leads to a server of this machine. */
export interface ServedAlready {
  /** Of its MCP endpoint on the tailnet. */
  readonly url: string;
  readonly listener: ServeListener;
}

/** Every way by which Serve leads to the MCP endpoint of the server, HTTPS first. `host` is the machine's MagicDNS name. */
export function servedAlready(
  listeners: readonly ServeListener[],
  host: string,
  server: LocalServer,
): readonly ServedAlready[] {
  return listeners
    .flatMap((listener) => pathsOf(listener, server).map((path) => ({ listener, url: urlOf(listener, host, path) })))
    .toSorted((one, other) => Number(isTls(other.listener)) - Number(isTls(one.listener)));
}

/** Ports of this machine's own interface to which Serve leads. */
export function backendPorts(listeners: readonly ServeListener[]): readonly number[] {
  const targets = listeners.flatMap(({ handlers, forward }) => [
    forward?.target,
    ...handlers.map(({ record }) => record.Proxy),
  ]);
  return targets.flatMap((target) => (isSaid(target) ? (backendOf(target).backend?.port ?? []) : []));
}

function urlOf({ port, ...listener }: ServeListener, host: string, path: string): string {
  const protocol = isTls(listener) ? 'https' : 'http';
  return placeUrl({ protocol, host, port, mount: '/' }, path);
}

function isTls({ kind }: Pick<ServeListener, 'kind'>): boolean {
  return kind === 'https' || kind === 'tls-terminated-tcp';
}

/** The paths at which a port has the server's MCP endpoint. The mount is stripped, and the target's own path put in its place. */
function pathsOf({ handlers, forward }: ServeListener, { port, path }: LocalServer): readonly string[] {
  if (forward !== undefined) return backendOf(forward.target).backend?.port === port ? [path] : [];
  return handlers.flatMap((handler) => {
    const { mount, record } = handler;
    const backend = isSaid(record.Proxy) ? backendOf(record.Proxy).backend : undefined;
    if (backend?.port !== port || !isAtOrBelow(path, backend.path)) return [];
    const rest = path.slice(backend.path.replace(/\/+$/, '').length);
    const outside = `${mount.replace(/\/+$/, '')}${rest}`;
    return handlerFor(handlers, outside) === handler ? [outside] : [];
  });
}
