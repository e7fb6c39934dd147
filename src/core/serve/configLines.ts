import { isRecord, type UnknownRecord } from '../tailnet/goRecord.ts';
import { decodeServe, isSaid, type HandlerRecord } from '../tailnet/serveRecord.ts';
import { flat } from '../views/escape.ts';
import { listenersOf, type ServeListener } from '../tailnet/serveListeners.ts';
import { placeUrl } from './servePlace.ts';

/** What a Serve configuration has this machine do, a line for each place, for people. `host` is the machine's MagicDNS name. */
export function configLines(config: UnknownRecord, host: string): readonly string[] {
  const record = decodeServe(config);
  const own = record === undefined ? [] : listenersOf(record, host).flatMap((listener) => linesOf(listener, host));
  const services = isRecord(config['Services']) ? Object.keys(config['Services']) : [];
  return [...own, ...services.map((name) => `${flat(name, 80)} (Tailscale Service)`)];
}

function linesOf(listener: ServeListener, host: string): readonly string[] {
  const { port, kind, handlers, forward, isForeground, isPublished } = listener;
  const notes = [isPublished ? 'public by Funnel' : '', isForeground ? 'from a terminal' : ''].filter(
    (one) => one !== '',
  );
  const end = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  if (forward !== undefined) return [`${kind}://${host}:${port} → ${flat(forward.target, 120)}${end}`];
  const protocol = kind === 'http' ? 'http' : 'https';
  return handlers.map(({ mount, record }) => {
    return `${flat(placeUrl({ protocol, host, port, mount }), 160)} → ${whatIs(record)}${end}`;
  });
}

function whatIs({ Proxy: proxy, Path: path, Redirect: redirect, Text: text }: HandlerRecord): string {
  if (isSaid(proxy)) return flat(proxy, 120);
  if (isSaid(path)) return flat(path, 120);
  if (isSaid(redirect)) return `redirect to ${flat(redirect, 120)}`;
  return isSaid(text) ? 'a text' : 'something';
}
