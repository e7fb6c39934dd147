import type { Credential } from '../clawql/credentials.ts';
import { urlVariable } from '../clawql/variables.ts';
import { specUrlVariables } from '../clawql/specVariables.ts';
import { specSelection } from '../clawql/specSelection.ts';
import type { ZoneEvidence } from '../tailnet/zone.ts';
import type { BareRoute } from './apiRoute.ts';
import type { ServerView } from './serverView.ts';
import { urlRouteTarget } from './valueTarget.ts';

/** What else the server calls: of each group the first variable that is set, and the variables that hold its token. */
const destinations: readonly { readonly urls: readonly string[]; readonly tokens: readonly string[] }[] = [
  { urls: ['CLAWQL_SANDBOX_BRIDGE_URL'], tokens: ['CLAWQL_CLOUDFLARE_SANDBOX_API_TOKEN'] },
  { urls: ['CLAWQL_EMBEDDING_BASE_URL'], tokens: ['CLAWQL_EMBEDDING_API_KEY', 'OPENAI_API_KEY'] },
  { urls: ['CLAWQL_LABEL_STUDIO_URL'], tokens: ['CLAWQL_LABEL_STUDIO_API_TOKEN'] },
  {
    urls: ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    tokens: ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'OTEL_EXPORTER_OTLP_HEADERS'],
  },
];

/**
 * Where other tools and parts of ClawQL's server send theirs, as far as a variable says so. Sources: ClawQL `src/sandbox-bridge-client.ts`,
 * `src/memory-embedding.ts`, `src/hitl-label-studio.ts`, `src/otel-tracing.ts`, `src/spec-loader.ts`.
 */
export function otherRoutes(view: ServerView, evidence: ZoneEvidence): readonly BareRoute[] {
  const selection = specSelection(view.values);
  const fetched = selection.kind === 'url' ? [{ urls: specUrlVariables, tokens: [] }] : [];
  return [...destinations, ...fetched].flatMap(({ urls, tokens }): readonly BareRoute[] => {
    const variable = urls.find((name) => view.valueOf(name) !== '');
    const decidedBy = variable === undefined ? undefined : view.decisionOf(variable);
    if (variable === undefined || decidedBy === undefined) return [];
    const token = tokens.find((name) => view.valueOf(name) !== '');
    const credentials: readonly Credential[] =
      token === undefined ? [] : [{ variable: token, carries: 'token', certainty: 'sent' }];
    return [
      {
        name: urlVariable(variable)?.service ?? variable,
        protocol: 'other',
        target: urlRouteTarget(view.valueOf(variable), evidence),
        decidedBy,
        shadowed: view.shadowedOf(variable),
        credentials,
      },
    ];
  });
}
