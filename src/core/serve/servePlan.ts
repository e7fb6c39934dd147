import type { Tailnet } from '../tailnet/tailnet.ts';
import { decodeServe, type ServeRecord } from '../tailnet/serveRecord.ts';
import { readableConfig, withHandler, type ConfigChange } from './configChange.ts';
import { targetOf, type LocalServer } from './localServer.ts';
import { handlerFor, isAtOrBelow, isFunnelOn, listenersOf, type ServeListener } from '../tailnet/serveListeners.ts';
import { servedAlready } from './servedAlready.ts';
import { placeKey, placeUrl, serveArguments, type ServePlace } from './servePlace.ts';
import { isTailscalesName } from '../tailnet/tailscalesName.ts';

/**
 * What is known of certificates here: the tailnet gives them (`certificates`), Tailscale's own control server would once HTTPS is enabled
 * for the tailnet (`to-enable`), or the control server has none (`none`), as under Headscale.
 */
export type CertificateSupport = 'certificates' | 'to-enable' | 'none';

/** A change that puts a server on the tailnet. */
export interface ServeChange extends ConfigChange {
  readonly place: ServePlace;
  readonly target: string;
  /** Of the server's MCP endpoint. */
  readonly url: string;
}

export type ServePlan =
  | { readonly kind: 'serve'; readonly change: ServeChange; readonly support: CertificateSupport }
  /** Nothing is to be done. */
  | { readonly kind: 'served'; readonly url: string }
  /** The internet has the port at which the server is served, or would be. */
  | { readonly kind: 'published'; readonly port: number; readonly isServed: boolean }
  | { readonly kind: 'refused'; readonly reason: 'unreadable' | 'no-name' | 'no-magic-dns' | 'no-place' };

export interface ServeSituation {
  /** The Serve configuration of this machine, as the daemon or its program gives it. */
  readonly document: unknown;
  readonly tailnet: Pick<Tailnet, 'self' | 'suffix' | 'magicDns' | 'certDomains'>;
  readonly server: LocalServer;
  /** Ports of this machine at which other programs listen: to serve there would hide them from the tailnet. */
  readonly busy: ReadonlySet<number>;
  /** What the user wants, where both can be had. */
  readonly protocol?: ServePlace['protocol'];
}

/** Ports at which a ClawQL is found by itself come first (`clawql.ports`). */
export const servePorts: Readonly<Record<ServePlace['protocol'], readonly number[]>> = {
  https: [443, 8443, 10_443],
  http: [80, 8081, 8088],
};

/** Below which the server is put where each of the ports has something else already. */
const mount = '/clawql';

function certificateSupport({ certDomains, suffix }: ServeSituation['tailnet']): CertificateSupport {
  if (certDomains.length > 0) return 'certificates';
  return isTailscalesName(suffix) ? 'to-enable' : 'none';
}

/** What has to be done for the tailnet to reach the server by Tailscale Serve. Nothing that is served now is changed by it. */
export function servePlan(situation: ServeSituation): ServePlan {
  const { document, tailnet, server } = situation;
  const record = decodeServe(document);
  const before = readableConfig(document);
  if (record === undefined || before === undefined) return { kind: 'refused', reason: 'unreadable' };
  const host = tailnet.self.name;
  if (host === '') return { kind: 'refused', reason: 'no-name' };
  if (!tailnet.magicDns) return { kind: 'refused', reason: 'no-magic-dns' };
  const listeners = listenersOf(record, host);
  const present = servedAlready(listeners, host, server);
  const published = present.find(({ listener }) => listener.isPublished);
  if (published !== undefined) return { kind: 'published', port: published.listener.port, isServed: true };
  const [served] = present;
  if (served !== undefined) return { kind: 'served', url: served.url };
  const support = certificateSupport(tailnet);
  const protocol = support === 'none' ? 'http' : (situation.protocol ?? 'https');
  const place = freePlace(situation, record, listeners, { protocol, host });
  if (place === undefined) return { kind: 'refused', reason: 'no-place' };
  if (isFunnelOn(record, placeKey(place))) return { kind: 'published', port: place.port, isServed: false };
  return { kind: 'serve', change: changeFor(place, server, before), support };
}

function changeFor(place: ServePlace, server: LocalServer, before: ServeChange['before']): ServeChange {
  const target = targetOf(server);
  const base = place.mount === '/' ? '' : place.mount;
  return {
    place,
    target,
    url: placeUrl(place, `${base}${server.path}`),
    args: serveArguments(place, target),
    before,
    after: withHandler(before, place, target),
  };
}

/** The root of the first port that has room for it; else a path of its own on a port that others have. */
function freePlace(
  { server, busy }: ServeSituation,
  record: ServeRecord,
  listeners: readonly ServeListener[],
  { protocol, host }: Pick<ServePlace, 'protocol' | 'host'>,
): ServePlace | undefined {
  const usable = servePorts[protocol].flatMap((port) => {
    const [present, ...more] = listeners.filter((one) => one.port === port);
    if (present === undefined) return busy.has(port) && port !== server.port ? [] : [{ port, handlers: [] }];
    const isShared = more.length === 0 && present.kind === protocol && !present.isForeground;
    return isShared ? [{ port, handlers: present.handlers }] : [];
  });
  const root = usable.find(({ handlers }) => hasRoom(handlers, server));
  if (root !== undefined) return { protocol, host, port: root.port, mount: '/' };
  const below = usable.find(
    ({ port, handlers }) =>
      // A path below what others publish would be published with it.
      !isFunnelOn(record, placeKey({ host, port })) && !handlers.some((one) => isAtOrBelow(one.mount, mount)),
  );
  return below && { protocol, host, port: below.port, mount };
}

/** Whether nobody has the root, and nobody a path that the server needs. */
function hasRoom(handlers: ServeListener['handlers'], { path }: LocalServer): boolean {
  return [path, '/healthz', '/'].every((one) => handlerFor(handlers, one) === undefined);
}
