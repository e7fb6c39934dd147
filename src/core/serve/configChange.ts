import { equal } from '../equal.ts';
import { isRecord, type UnknownRecord } from '../tailnet/goRecord.ts';
import { placeKey, type ServePlace } from './servePlace.ts';

/** A run of Tailscale's program that changes the Serve configuration, with what stands there before it and shall stand there after it. */
export interface ConfigChange {
  /** For Tailscale's program. */
  readonly args: readonly string[];
  /** As `readableConfig` gives it. */
  readonly before: UnknownRecord;
  readonly after: UnknownRecord;
}

/** A Serve configuration in one form: none is an empty one, and nothing that is empty is in it. Undefined for anything else. */
export function readableConfig(document: unknown): UnknownRecord | undefined {
  if (document === null || document === undefined) return {};
  if (!isRecord(document)) return undefined;
  return tidy(document);
}

/**
 * What Tailscale's program makes of a configuration when it serves a URL at a place: that handler, no Funnel at its port, and all else as
 * it was. Source: tailscale `ipn/serve.go` (SetWebHandler, SetFunnel).
 */
export function withHandler(config: UnknownRecord, place: ServePlace, target: string): UnknownRecord {
  const { protocol, port, mount } = place;
  const key = placeKey(place);
  const web = partOf(config, 'Web');
  const handlers = partOf(partOf(web, key), 'Handlers');
  const served = {
    ...config,
    TCP: { ...partOf(config, 'TCP'), [port]: protocol === 'https' ? { HTTPS: true } : { HTTP: true } },
    Web: { ...web, [key]: { Handlers: { ...handlers, [mount]: { Proxy: target } } } },
  };
  return withoutFunnel(served, key);
}

/** What it makes of it when it takes the handler of a place away. Source: tailscale `ipn/serve.go` (RemoveWebHandler). */
export function withoutHandler(config: UnknownRecord, place: ServePlace): UnknownRecord {
  const key = placeKey(place);
  const web = partOf(config, 'Web');
  const handlers = without(partOf(partOf(web, key), 'Handlers'), place.mount);
  if (!isEmpty(handlers)) return { ...config, Web: { ...web, [key]: { Handlers: handlers } } };
  const tcp = without(partOf(config, 'TCP'), String(place.port));
  return withoutFunnel(tidy({ ...config, TCP: tcp, Web: without(web, key) }), key);
}

/** The same with Funnel off for a port. */
export function withoutFunnel(config: UnknownRecord, key: string): UnknownRecord {
  return tidy({ ...config, AllowFunnel: without(partOf(config, 'AllowFunnel'), key) });
}

/** Whether exactly this is served there, and nothing has been added to it. */
export function hasHandler(config: UnknownRecord, place: ServePlace, target: string): boolean {
  const handler = partOf(partOf(partOf(config, 'Web'), placeKey(place)), 'Handlers')[place.mount];
  const port = partOf(config, 'TCP')[String(place.port)];
  return (
    equal(handler, { Proxy: target }) && equal(port, place.protocol === 'https' ? { HTTPS: true } : { HTTP: true })
  );
}

function partOf(record: UnknownRecord, key: string): UnknownRecord {
  const part = Object.hasOwn(record, key) ? record[key] : undefined;
  return isRecord(part) ? part : {};
}

function without(record: UnknownRecord, key: string): UnknownRecord {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}

/** Go leaves empty maps out at the top. */
function tidy(config: UnknownRecord): UnknownRecord {
  return Object.fromEntries(Object.entries(config).filter(([, part]) => !isEmpty(part)));
}

function isEmpty(part: unknown): boolean {
  return part === null || part === undefined || (isRecord(part) && Object.keys(part).length === 0);
}
