/** An entry of `clawql.hosts`, or a URL that the user entered: which host, and where on it. */
export interface HostEntry {
  /** Canonical, as the WHATWG URL parser gives it; of a Service its whole name, `svc:…`. */
  readonly name: string;
  /** Where it says so itself: scheme, port and path of the endpoint. */
  readonly door?: Door;
}

/** What stands round the host in an endpoint's URL. `port` is empty for the scheme's own. */
export interface Door {
  readonly protocol: 'http:' | 'https:';
  readonly port: string;
  readonly path: string;
}

/** ClawQL's own default (`MCP_PATH`); what the host's `healthz` names wins. Source: ClawQL `src/server-http.ts`. */
const defaultPath = '/mcp';

/**
 * Reads `clawql-1`, `clawql-1.example.ts.net:9000`, `100.64.0.7`, `svc:clawql` or `https://box.example.ts.net/clawql/mcp`.
 * Undefined for what names no host, has another scheme, or carries a user and password.
 */
export function parseHostEntry(text: string): HostEntry | undefined {
  const entry = text.trim();
  if (/^svc:[a-z0-9-]{1,63}$/i.test(entry)) return { name: entry.toLowerCase() };
  const isUrl = entry.includes('://');
  const url = URL.parse(isUrl ? entry : `http://${entry}`);
  if (url === null || !isHttp(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '')
    return undefined;
  const name = url.hostname.replace(/\.$/, '');
  if (isUrl) return { name, door: { protocol: url.protocol, port: url.port, path: pathOf(url) } };
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  const port = /:(\d+)$/.exec(entry)?.[1];
  return port === undefined || entry.endsWith(']') ? { name } : { name, door: doorAt(Number(port)) };
}

/** 443 means HTTPS, every other port HTTP. */
export function doorAt(port: number, path = defaultPath): Door {
  return { protocol: port === 443 ? 'https:' : 'http:', port: port === 443 || port === 80 ? '' : String(port), path };
}

/** The URL of an endpoint. `authority` is a name or an address, IPv6 in brackets. */
export function endpointUrl(authority: string, { protocol, port, path }: Door): string {
  return `${protocol}//${authority}${port === '' ? '' : `:${port}`}${path}`;
}

function pathOf(url: URL): string {
  return url.pathname === '/' ? defaultPath : url.pathname;
}

function isHttp(protocol: string): protocol is Door['protocol'] {
  return protocol === 'http:' || protocol === 'https:';
}
