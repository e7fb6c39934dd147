/** An API that ClawQL brings along with its own description. */
export interface Provider {
  /** As `CLAWQL_PROVIDER` names it; in a merge also what ClawQL calls the API. */
  readonly id: string;
  readonly protocol: 'rest' | 'graphql';
  /** What the bundled description gives as its server; empty where it gives none. */
  readonly server: string;
  /** How many APIs stand behind it; `server` then has `SERVICE` where each one's own name stands. */
  readonly apis?: number;
  /** Left out of the default where `CLAWQL_ENABLE_DOCUMENTS` is set to anything but 1, true or yes. */
  readonly isDocuments?: true;
}

const rest = (id: string, server: string): Provider => ({ id, protocol: 'rest', server });
const documents = (id: string, server: string): Provider => ({ ...rest(id, server), isDocuments: true });

/**
 * The providers of ClawQL 5.0.0. Sources: ClawQL `src/provider-registry.ts`, and the `servers` of the descriptions in `providers/`; the hosts
 * were seen on a running server.
 */
export const providers: readonly Provider[] = [
  rest('bitbucket', 'https://api.bitbucket.org/2.0'),
  rest('cloudflare', 'https://api.cloudflare.com/client/v4'),
  rest('github', 'https://api.github.com'),
  { ...rest('google', 'https://SERVICE.googleapis.com'), apis: 50 },
  documents('gotenberg', 'http://gotenberg:3000'),
  rest('jira', ''),
  { id: 'linear', protocol: 'graphql', server: 'https://api.linear.app/graphql' },
  rest('n8n', '/api/v1'),
  documents('onyx', 'http://onyx:8080'),
  documents('paperless', 'http://paperless:8000'),
  rest('sentry', 'https://{region}.sentry.io'),
  rest('slack', 'https://slack.com/api'),
  documents('stirling', 'http://stirling-pdf:8080'),
  documents('tika', 'http://tika:9998'),
];

/** Undefined for a name that ClawQL 5.0.0 does not know: its server then does not start. */
export function providerOf(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
