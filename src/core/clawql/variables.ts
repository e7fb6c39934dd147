/** A variable that holds a URL and is read by ClawQL: by its server, or by the clients that connect to it. */
export interface UrlVariable {
  readonly name: string;
  /** What answers at the URL, for people. */
  readonly service: string;
  readonly reader: 'server' | 'client';
  readonly mayBePublic: 'never' | 'depends' | 'yes';
  /** Where the service listens unless it is told otherwise; absent where the variable does not say which service it is. */
  readonly defaultPort?: number;
  readonly defaultPath: string;
  /** Hosts, with all names below them, that ClawQL's documentation itself gives as public ones. */
  readonly publicHosts: readonly string[];
}

/** The vendors' APIs of the providers that ClawQL brings along, all public. Source: ClawQL `src/provider-registry.ts` and `providers/`. */
const vendorApis = [
  'api.github.com',
  'api.cloudflare.com',
  'api.bitbucket.org',
  'api.linear.app',
  'atlassian.net',
  'googleapis.com',
  'sentry.io',
  'slack.com',
];

function selfHosted(name: string, service: string, defaultPort: number): UrlVariable {
  return { name, service, reader: 'server', mayBePublic: 'never', defaultPort, defaultPath: '', publicHosts: [] };
}

/**
 * The variables whose URLs are checked. A `*_BASE_URL` that is not among them is none that ClawQL reads.
 * Sources: ClawQL 5.0.0 `src/spec-loader.ts` (resolveApiBaseUrl), `.env.example`, `docs/readme/deployment.md`.
 */
const urlVariables: readonly UrlVariable[] = [
  {
    name: 'CLAWQL_MCP_URL',
    service: 'ClawQL',
    reader: 'client',
    mayBePublic: 'never',
    defaultPort: 8080,
    defaultPath: '/mcp',
    publicHosts: [],
  },
  ...['CLAWQL_API_BASE_URL', 'API_BASE_URL'].map((name): UrlVariable => ({
    name,
    service: 'that API',
    reader: 'server',
    mayBePublic: 'depends',
    defaultPath: '',
    publicHosts: vendorApis,
  })),
  selfHosted('PAPERLESS_BASE_URL', 'Paperless', 8000),
  selfHosted('STIRLING_BASE_URL', 'Stirling-PDF', 8080),
  selfHosted('TIKA_BASE_URL', 'Tika', 9998),
  selfHosted('GOTENBERG_BASE_URL', 'Gotenberg', 3000),
  {
    name: 'ONYX_BASE_URL',
    service: 'Onyx',
    reader: 'server',
    mayBePublic: 'depends',
    defaultPort: 8080,
    defaultPath: '/api',
    publicHosts: ['cloud.onyx.app'],
  },
];

const byName: ReadonlyMap<string, UrlVariable> = new Map(urlVariables.map((variable) => [variable.name, variable]));

/** Undefined when ClawQL reads no URL from a variable of that name. */
export function urlVariable(name: string): UrlVariable | undefined {
  return byName.get(name);
}

/** Whether a name is one that only ClawQL uses: a `.env` that holds one is ClawQL's. */
export function isClawqlName(name: string): boolean {
  return name.startsWith('CLAWQL_');
}
