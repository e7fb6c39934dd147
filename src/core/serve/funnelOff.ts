import { equal } from '../equal.ts';
import { decodeServe, isSaid } from '../tailnet/serveRecord.ts';
import { readableConfig, withoutFunnel, type ConfigChange } from './configChange.ts';
import { listenersOf, type ServeHandler, type ServeListener } from '../tailnet/serveListeners.ts';
import { placeKey } from './servePlace.ts';

/** How Funnel is ended for a port, so that the tailnet keeps what is served there. */
export type FunnelOff =
  | { readonly kind: 'change'; readonly change: ConfigChange }
  /** Funnel is not on there. */
  | { readonly kind: 'off' }
  /** A program that runs in a terminal keeps it up; nothing from here ends it. */
  | { readonly kind: 'foreground' }
  /** No command of Tailscale's leaves the rest as it is: this one takes all of the port away. */
  | { readonly kind: 'all-or-nothing'; readonly args: readonly string[] }
  | { readonly kind: 'unreadable' };

/**
 * `tailscale funnel … off` takes away what is served at the port too (seen in 1.102.3). To serve one of its handlers anew, as it is, ends
 * Funnel alone. Source: tailscale `cmd/tailscale/cli/serve_v2.go` (setServe, applyFunnel).
 */
export function funnelOff(document: unknown, host: string, port: number): FunnelOff {
  const [record, before] = [decodeServe(document), readableConfig(document)];
  if (record === undefined || before === undefined) return { kind: 'unreadable' };
  const key = placeKey({ host, port });
  const here = listenersOf(record, host).filter((one) => one.port === port);
  const isOn = record.background.AllowFunnel?.[key] === true;
  if (!isOn) return { kind: here.some(({ isPublished }) => isPublished) ? 'foreground' : 'off' };
  const after = withoutFunnel(before, key);
  const args = here.filter(({ isForeground }) => !isForeground).flatMap(anewArguments)[0];
  if (args === undefined || equal(before, after)) {
    return { kind: 'all-or-nothing', args: ['funnel', `--${here[0]?.kind ?? 'https'}=${port}`, 'off'] };
  }
  return { kind: 'change', change: { args, before, after } };
}

/** What serves one handler of a port anew, as it is; of several the first that can be. */
function anewArguments({ kind, port, handlers, forward }: ServeListener): readonly (readonly string[])[] {
  const start = ['serve', '--bg', `--${kind}=${port}`];
  if (forward !== undefined) {
    if (forward.target.startsWith('unix:')) return [];
    const proxy = forward.proxyProtocol === 0 ? [] : [`--proxy-protocol=${forward.proxyProtocol}`];
    return [[...start, ...proxy, `tcp://${forward.target}`]];
  }
  return handlers.flatMap((handler) => {
    const words = handlerArguments(handler);
    return words === undefined ? [] : [[...start, ...words]];
  });
}

/** Undefined for a folder, which only an administrator may serve, and for what the program cannot be told. */
function handlerArguments({ mount, record }: ServeHandler): readonly string[] | undefined {
  const { Proxy: proxy, Text: text, AcceptAppCaps: capabilities } = record;
  const accepted = (capabilities ?? []).length === 0 ? [] : [`--accept-app-caps=${(capabilities ?? []).join(',')}`];
  // A port or a host alone would be written down in another form than it stands there now.
  if (isSaid(proxy) && /^https?(\+insecure)?:\/\//.test(proxy)) return [`--set-path=${mount}`, ...accepted, proxy];
  return isSaid(text) ? [`--set-path=${mount}`, `text:${text}`] : undefined;
}
