import type { SpecServer } from './specServer.ts';
import { propertyOf, type SpecText, type SpecValue } from './specValue.ts';

/** The servers that stand before the first one that cannot be read, and whether that is all of them. */
export interface ReadServers {
  readonly servers: readonly SpecServer[];
  readonly isComplete: boolean;
}

type Read = (key: string) => SpecValue | undefined;

const none: ReadServers = { servers: [], isComplete: true };
const unread: ReadServers = { servers: [], isComplete: false };

export function openapiServers(read: Read): ReadServers {
  const list = read('servers');
  if (list?.kind === 'unread') return unread;
  const items = list?.kind === 'list' ? list.items : [];
  const firstUnread = items.findIndex((item) => item.kind === 'unread' || propertyOf(item, 'url')?.kind === 'unread');
  const known = firstUnread < 0 ? items : items.slice(0, firstUnread);
  const servers = known.flatMap((item, index) => {
    const url = propertyOf(item, 'url');
    if (url?.kind !== 'text') return [];
    const field = `servers[${index}].url`;
    return [{ index, field, url: url.value, text: url, part: 'url' as const, defaults: defaultsOf(item) }];
  });
  return { servers, isComplete: firstUnread < 0 };
}

/** What `servers[].variables` gives each variable. Sources: OpenAPI Specification 3.1, "Server Variable Object". */
function defaultsOf(server: SpecValue): ReadonlyMap<string, string> {
  const variables = propertyOf(server, 'variables');
  if (variables?.kind !== 'map') return new Map();
  const defaults = [...variables.entries].flatMap(([name, variable]): readonly (readonly [string, string])[] => {
    const value = propertyOf(variable, 'default');
    if (value?.kind === 'text') return [[name, value.value]];
    // A port without quotes is a number, and means the same.
    return value?.kind === 'other' && /^\d+$/.test(value.written) ? [[name, value.written]] : [];
  });
  return new Map(defaults);
}

/**
 * ClawQL turns Swagger 2 into OpenAPI 3 first: scheme, host and base path become the one URL, which without a scheme begins with `//`.
 * Seen on ClawQL 5.0.0 with swagger2openapi.
 */
export function swaggerServers(read: Read): ReadServers {
  const host = read('host');
  const [schemes, basePath] = [read('schemes'), read('basePath')];
  if ([host, schemes, basePath].some((value) => value?.kind === 'unread')) return unread;
  if (host?.kind !== 'text' || host.value === '') return none;
  const [scheme] = schemes?.kind === 'list' ? schemes.items : [];
  if (scheme?.kind === 'unread') return unread;
  const before = scheme?.kind === 'text' ? `${scheme.value}://` : '//';
  const path = basePath?.kind === 'text' ? basePath.value.replace(/\/$/, '') : '';
  const url = `${before}${host.value}${path}`;
  return {
    servers: [{ index: 0, field: 'host', url, text: host, part: 'host', defaults: new Map() }],
    isComplete: true,
  };
}

/** Of a Discovery document ClawQL takes `rootUrl` alone, and drops `servicePath`. */
export function discoveryServers(rootUrl: SpecText): ReadServers {
  const server = {
    index: 0,
    field: 'rootUrl',
    url: rootUrl.value,
    text: rootUrl,
    part: 'url',
    defaults: new Map(),
  } as const;
  return { servers: [server], isComplete: true };
}
