import * as z from 'zod/mini';

import { absent } from './goRecord.ts';

/** What stands at one port. Exactly one of `HTTPS`, `HTTP` and `TCPForward` says how it is served. */
const portRecord = z.object({
  HTTPS: absent(z.boolean()),
  HTTP: absent(z.boolean()),
  TCPForward: absent(z.string()),
  TerminateTLS: absent(z.string()),
  ProxyProtocol: absent(z.number()),
});

/** What answers at or below a path: a folder or file, another server, a text, or the way to another URL. */
const handlerRecord = z.object({
  Path: absent(z.string()),
  Proxy: absent(z.string()),
  Text: absent(z.string()),
  Redirect: absent(z.string()),
  AcceptAppCaps: absent(z.array(z.string())),
});

/** Source: tailscale `ipn/serve.go` (ServeConfig, TCPPortHandler, WebServerConfig, HTTPHandler). */
const configRecord = z.object({
  TCP: absent(z.record(z.string(), portRecord)),
  /** By `name:port`. */
  Web: absent(z.record(z.string(), z.object({ Handlers: absent(z.record(z.string(), handlerRecord)) }))),
  AllowFunnel: absent(z.record(z.string(), z.boolean())),
});

const serveRecord = z.nullable(z.extend(configRecord, { Foreground: absent(z.record(z.string(), configRecord)) }));

export type HandlerRecord = z.infer<typeof handlerRecord>;
export type ConfigRecord = z.infer<typeof configRecord>;

/** A machine's Serve configuration, apart from the Tailscale Services that it hosts. */
export interface ServeRecord {
  readonly background: ConfigRecord;
  /** What programs `tailscale serve` and `tailscale funnel` keep up as long as they run. */
  readonly foreground: readonly ConfigRecord[];
}

/** Reads the answer to `serve-config`, or what `tailscale serve status --json` prints; undefined where that is no Serve configuration. */
export function decodeServe(document: unknown): ServeRecord | undefined {
  const { success, data } = z.safeParse(serveRecord, document);
  if (!success) return undefined;
  const { Foreground: sessions, ...background } = data ?? {};
  return { background, foreground: Object.values(sessions ?? {}) };
}

/** Whether Go's text field says anything. */
export function isSaid(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== '';
}

/** The name and port of a key such as `clawql-1.example.ts.net:443`; undefined where it is none. */
export function splitHostPort(key: string): { readonly host: string; readonly port: number } | undefined {
  const [, host = '', port] = /^(.*):(\d{1,5})$/.exec(key) ?? [];
  return port === undefined ? undefined : { host: host.toLowerCase(), port: Number(port) };
}
