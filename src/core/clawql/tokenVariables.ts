/** One way to prove who calls: each header with the variables that can hold its value, the first that is set counts. */
type Way = Readonly<Record<string, readonly string[]>>;

const bearer = 'CLAWQL_BEARER_TOKEN';
const authorization = (...names: readonly string[]): readonly Way[] => [{ Authorization: names }];
const atlassian = ['CLAWQL_ATLASSIAN_TOKEN', 'ATLASSIAN_API_TOKEN'] as const;
const atlassianApi = authorization(...atlassian, 'JIRA_API_TOKEN', 'CLAWQL_JIRA_TOKEN', bearer);

/** Source: ClawQL `src/auth-headers.ts` (envResolvedAuthHeaders). */
const ways: Readonly<Record<string, readonly Way[]>> = {
  paperless: authorization('PAPERLESS_API_TOKEN', 'CLAWQL_PAPERLESS_API_TOKEN'),
  stirling: [{ 'X-API-KEY': ['STIRLING_API_KEY', 'CLAWQL_STIRLING_API_KEY'] }],
  github: authorization('CLAWQL_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN', bearer),
  cloudflare: [
    ...authorization('CLAWQL_CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_TOKEN'),
    {
      'X-Auth-Email': ['CLAWQL_CLOUDFLARE_EMAIL', 'CLOUDFLARE_EMAIL'],
      'X-Auth-Key': ['CLAWQL_CLOUDFLARE_GLOBAL_API_KEY', 'CLOUDFLARE_GLOBAL_API_KEY', 'CLOUDFLARE_API_KEY'],
    },
    ...authorization(bearer),
  ],
  tika: authorization(bearer),
  gotenberg: authorization(bearer),
  onyx: authorization('ONYX_API_TOKEN', 'CLAWQL_ONYX_API_TOKEN'),
  jira: atlassianApi,
  bitbucket: atlassianApi,
  atlassian: authorization(...atlassian, bearer),
  slack: authorization('SLACK_BOT_TOKEN', 'CLAWQL_SLACK_BOT_TOKEN', 'SLACK_TOKEN', 'CLAWQL_SLACK_TOKEN'),
  sentry: authorization('SENTRY_AUTH_TOKEN', 'CLAWQL_SENTRY_AUTH_TOKEN', 'SENTRY_TOKEN', 'CLAWQL_SENTRY_TOKEN'),
  n8n: [{ 'X-N8N-API-KEY': ['N8N_API_KEY', 'CLAWQL_N8N_API_KEY'] }],
  linear: authorization('LINEAR_API_KEY', 'CLAWQL_LINEAR_API_KEY'),
};

const google = authorization('CLAWQL_GOOGLE_ACCESS_TOKEN', 'GOOGLE_ACCESS_TOKEN');

/** The ways to prove who calls an API, the first whose variables are all set counts; none for an API that ClawQL has no token for. */
export function tokenVariables(label: string): readonly Way[] {
  if (Object.hasOwn(ways, label)) return ways[label] ?? [];
  return isGoogleLabel(label) ? google : [];
}

/** Whether ClawQL takes the label for one of Google's APIs, be it another one's. Source: ClawQL `src/auth-headers.ts` (isGoogleDiscoverySpecLabel). */
export function isGoogleLabel(label: string): boolean {
  return label === 'google' || /^[a-z0-9][a-z0-9-]*-v[a-z0-9]+$/.test(label);
}
