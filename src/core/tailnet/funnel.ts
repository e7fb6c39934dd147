import { portOfUrl } from '../portOfUrl.ts';
import { unmapped } from './address.ts';
import { rangeOf } from './addressRanges.ts';
import { hostOf } from './hostText.ts';
import { isLocalName } from './nameForms.ts';
import { isAtOrBelow, listenersOf } from './serveListeners.ts';
import { decodeServe, isSaid } from './serveRecord.ts';

/** A place of this machine that its own Serve configuration publishes to the internet. */
export interface Funnel {
  /** The port at which the internet reaches it, and at which the tailnet does. */
  readonly port: number;
  /** The path below which it is; `/` for all of them. */
  readonly mount: string;
  /** As the flag of `tailscale funnel` is called. */
  readonly type: 'https' | 'tcp' | 'tls-terminated-tcp';
  /** The program `tailscale funnel` keeps it up as long as it runs, and `off` does not end it. */
  readonly isForeground: boolean;
  /** What answers there, where that is a port of this machine's own interface; `path` as `mount`. */
  readonly backend?: { readonly port: number; readonly path: string };
}

/**
 * What Funnel publishes of the node of this name, by the answer to `GET /localapi/v0/serve-config`; undefined where that is no Serve
 * configuration. Left out: files and texts, and what `AllowFunnel` permits where nothing is served or under a former name, which the
 * daemon refuses. Source: tailscale `ipn/ipnlocal/serve.go` (HandleIngressTCPConn).
 */
export function funnelsOf(document: unknown, name: string): readonly Funnel[] | undefined {
  const record = decodeServe(document);
  if (record === undefined) return undefined;
  return listenersOf(record, name)
    .filter(({ isPublished }) => isPublished)
    .flatMap(({ port, kind, isForeground, handlers, forward }) => {
      const targets = forward
        ? [{ mount: '/', target: forward.target }]
        : handlers.map(({ mount, record: { Proxy: target } }) => ({ mount, target }));
      const type = kind === 'http' ? 'https' : kind;
      return targets.flatMap(({ mount, target }) =>
        isSaid(target) ? [{ port, mount, type, isForeground, ...backendOf(target) }] : [],
      );
    });
}

/**
 * What a target leads to, where that is a port of this machine's own interface. A target is a port, a host with a port, or a URL. Source:
 * tailscale `ipn/ipnlocal/serve.go` (expandProxyArg).
 */
export function backendOf(target: string): Pick<Funnel, 'backend'> {
  const whole = /^\d+$/.test(target) ? `127.0.0.1:${target}` : target.replace(/^https\+insecure:/, 'https:');
  const url = URL.parse(/^https?:\/\//.test(whole) ? whole : `http://${whole}`);
  if (url === null || !isOwnInterface(url.hostname)) return {};
  return { backend: { port: portOfUrl(url), path: url.pathname } };
}

/** Whether the internet gets by the Funnel to what answers at `url`, whose host is this machine's own node. */
export function publishesOwn(funnel: Funnel, url: URL): boolean {
  const isAtFunnel = portOfUrl(url) === funnel.port && isAtOrBelow(url.pathname, funnel.mount);
  return isAtFunnel || publishesBackend(funnel, url);
}

/** The same of a `url` that leads past Serve to a port of this machine. */
export function publishesBackend({ backend }: Funnel, url: URL): boolean {
  return backend?.port === portOfUrl(url) && isAtOrBelow(url.pathname, backend.path);
}

/** Whether a host means the own interface of the machine on which it is read. */
export function isOwnInterface(host: string): boolean {
  const { text = '', address } = hostOf(host) ?? {};
  return address === undefined ? isLocalName(text) : rangeOf(unmapped(address)) === 'loopback';
}
