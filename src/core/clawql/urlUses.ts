/** What a URL variable of ClawQL's is for. Who reads it, and whether it may be public, is in the catalogue. */
export interface UrlUse {
  /** What answers at the URL, for people. */
  readonly service: string;
  /** What goes there: the beginning of a sentence that ends with where it goes. */
  readonly traffic: string;
  /** Where the service listens unless it is told otherwise; absent where the variable does not say which service it is. */
  readonly defaultPort?: number;
  /** Hosts, with all names below them, that ClawQL's documentation itself gives as public ones. */
  readonly publicHosts: readonly string[];
  /** ClawQL's documentation gives a local URL for it: it commonly runs beside the server, whichever machine that is. */
  readonly isBesideServer?: true;
  /** `url` unless it is said: an endpoint of gRPC is `host:port`, without a scheme. */
  readonly form?: 'host-port';
  /** The value is a JSON array; the property `endpoint` of each of its records has that form. */
  readonly isList?: true;
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

/** Whether a host is one of these, or below it. `host` as `hostOf` writes it. */
export function isAmongHosts(host: string, hosts: readonly string[]): boolean {
  return hosts.some((one) => host === one || host.endsWith(`.${one}`));
}

/** Whether ClawQL's documentation gives a host as a public one, for whichever variable. */
export function isDocumentedPublic(host: string): boolean {
  return isAmongHosts(host, [...vendorApis, ...Object.values(urlUses).flatMap(({ publicHosts }) => publicHosts)]);
}

/**
 * The URLs that ClawQL 5.0.0 or its clients call, by their variables. What else the catalogue calls a URL is none: databases, lists, file
 * paths, names of providers. Sources: ClawQL `src/spec-loader.ts`, `src/native-protocol-env.ts`, `src/sandbox-bridge-client.ts`,
 * `src/hitl-label-studio.ts`, `src/memory-embedding.ts`, `src/otel-tracing.ts`, `.env.example`, `docs/readme/deployment.md`.
 */
export const urlUses: Readonly<Record<string, UrlUse>> = {
  CLAWQL_MCP_URL: {
    service: 'ClawQL',
    traffic: 'what clients and ClawQL say to each other leaves',
    defaultPort: 8080,
    publicHosts: [],
  },
  CLAWQL_API_BASE_URL: executed('that API'),
  API_BASE_URL: executed('that API'),
  PAPERLESS_BASE_URL: selfHosted('Paperless', 8000),
  STIRLING_BASE_URL: selfHosted('Stirling-PDF', 8080),
  TIKA_BASE_URL: selfHosted('Tika', 9998),
  GOTENBERG_BASE_URL: selfHosted('Gotenberg', 3000),
  ONYX_BASE_URL: { ...selfHosted('Onyx', 8080), publicHosts: ['cloud.onyx.app'] },
  CLAWQL_GRAPHQL_URL: executed('that GraphQL API'),
  CLAWQL_GRAPHQL_SOURCES: { ...executed('that GraphQL API'), isList: true },
  CLAWQL_GRPC_SOURCES: {
    ...executed('that gRPC API'),
    publicHosts: [],
    isBesideServer: true,
    form: 'host-port',
    isList: true,
  },
  CLAWQL_SPEC_URL: fetched('that API description'),
  OPENAPI_SPEC_URL: fetched('that API description'),
  CLAWQL_DISCOVERY_URL: fetched('that Discovery document'),
  GOOGLE_DISCOVERY_URL: fetched('that Discovery document'),
  CLAWQL_SANDBOX_BRIDGE_URL: {
    service: 'the sandbox bridge',
    traffic: 'sandbox_exec sends the code that it runs, with its token, out of',
    defaultPort: 8080,
    publicHosts: ['workers.dev'],
  },
  CLAWQL_EMBEDDING_BASE_URL: {
    service: 'the embeddings API',
    traffic: 'ClawQL sends the text of notes, with its key, out of',
    publicHosts: ['api.openai.com'],
  },
  CLAWQL_LABEL_STUDIO_URL: {
    service: 'Label Studio',
    traffic: 'ClawQL sends the tasks for Label Studio, with its token, out of',
    defaultPort: 8080,
    publicHosts: [],
    isBesideServer: true,
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: collector(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector(),
};

function executed(service: string): UrlUse {
  const traffic = `execute sends the requests for ${service}, with their tokens, out of`;
  return { service, traffic, publicHosts: vendorApis };
}

function selfHosted(service: string, defaultPort: number): UrlUse {
  return { ...executed(service), defaultPort, publicHosts: [] };
}

function fetched(service: string): UrlUse {
  return { service, traffic: `ClawQL fetches ${service} from outside of`, publicHosts: [] };
}

function collector(): UrlUse {
  const traffic = 'ClawQL sends its traces out of';
  return { service: 'the OpenTelemetry collector', traffic, defaultPort: 4318, publicHosts: [], isBesideServer: true };
}
