import * as z from 'zod/mini';

import type { EditorSeen } from './evidence.ts';

/** VS Code's settings `chat.mcp.…`, as they are. */
export interface AccessSettings {
  readonly access: unknown;
  readonly allowedServers: unknown;
  readonly deniedServers: unknown;
  readonly allowManagedServersOnly: unknown;
}

/** A server as VS Code knows it: by its label or the key of its entry, and by where it leads once that is resolved. */
export interface KnownServer {
  readonly name: string;
  readonly url: string;
}

const matcher = z.union([
  z.strictObject({ serverName: z.string().check(z.minLength(1)) }),
  z.strictObject({ serverUrl: z.string().check(z.minLength(1)) }),
]);
type Matcher = z.infer<typeof matcher>;

/**
 * The setting that keeps VS Code from a server, where one keeps it from each of `servers`. Source: VS Code 1.139.1, `allowedMcpServersService.ts`
 * and `mcpDiscovery.ts`; older ones know `chat.mcp.access` alone.
 */
export function blockedBy(settings: AccessSettings, servers: readonly KnownServer[]): EditorSeen['blockedBy'] {
  const { access, allowManagedServersOnly } = settings;
  // What comes from no registry is not even looked for with "registry".
  if (access === 'none' || access === 'registry') return { setting: 'chat.mcp.access', value: access };
  const denied = matchersOf(settings.deniedServers) ?? [];
  const allowed = matchersOf(settings.allowedServers) ?? (allowManagedServersOnly === true ? [] : undefined);
  const reasons = servers.map((server): EditorSeen['blockedBy'] => {
    const against = denied.find((one) => matches(one, server));
    if (against !== undefined) return { setting: 'chat.mcp.deniedServers', value: `a list with ${quoted(against)}` };
    if (allowed === undefined || allowed.some((one) => matches(one, server))) return undefined;
    return { setting: 'chat.mcp.allowedServers', value: 'a list without it' };
  });
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** Undefined where no list is set; what is no matcher, or one of command lines, matches no server of ours. */
function matchersOf(value: unknown): readonly Matcher[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((one) => z.safeParse(matcher, one).data ?? []);
}

function quoted(one: Matcher): string {
  return `"${'serverName' in one ? one.serverName : one.serverUrl}"`;
}

function matches(one: Matcher, { name, url }: KnownServer): boolean {
  return 'serverName' in one ? one.serverName === name : matchesUrl(one.serverUrl, url);
}

/** Whole and in any case; `*` stands for anything, but before the path for nothing that ends a host. */
function matchesUrl(pattern: string, url: string): boolean {
  const wanted = plainUrl(url) ?? '';
  if (!pattern.includes('*')) return plainUrl(pattern)?.toLowerCase() === wanted.toLowerCase();
  const [, scheme = '', authority = '', rest = ''] = /^([^:/]*:\/\/)?([^/\\?#]*)(.*)$/s.exec(pattern) ?? [];
  const isHttp = /^https?:\/\/$/i.test(scheme);
  const ownPort = scheme.toLowerCase() === 'https://' ? /:443$/ : /:80$/;
  const place = isHttp ? authority.replace(/^.*@/, '').replace(ownPort, '') : authority;
  const path = isHttp ? rest.replace(/#.*$/s, '').replace(/^(?![/\\])/, '/') : rest;
  const inPlace = escaped(`${scheme}${place}`)
    .replaceAll(String.raw`:\*`, String.raw`(:[^/@\\?#]*)?`)
    .replaceAll(String.raw`\*`, String.raw`[^/@\\?#]*`);
  return new RegExp(`^${inPlace}${escaped(path).replaceAll(String.raw`\*`, '.*')}$`, 'i').test(wanted);
}

function plainUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url === null || !/^https?:$/.test(url.protocol) ? undefined : `${url.origin}${url.pathname}${url.search}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
