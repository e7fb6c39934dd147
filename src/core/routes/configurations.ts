import { globalBaseUrlVariables } from '../clawql/baseUrl.ts';
import { catalogueRow } from '../clawql/catalogue.ts';
import { providerOf } from '../clawql/providers.ts';
import { isServerName } from '../clawql/serverValues.ts';
import { specSelection } from '../clawql/specSelection.ts';
import { isClawqlName } from '../clawql/variables.ts';
import { compareTexts } from '../compareTexts.ts';
import { clawqlUse } from '../diagnostics/clawqlUse.ts';
import { secretByForm } from '../diagnostics/liveSecret.ts';
import { parseEnv } from '../dotenv/envDocument.ts';
import type { Snapshot } from '../snapshot.ts';
import type { BareRoute } from './apiRoute.ts';
import { isPlace, placeKey, placeToAsk, type Answers, type AskedPlace } from './asking.ts';
import type { Configuration, EnvFile } from './configuration.ts';
import { routeEncryption } from './encryption.ts';
import { executeRoutes } from './executeRoutes.ts';
import { isHostHere, mcpHostOf, type McpHost } from './mcpHost.ts';
import { otherRoutes } from './otherRoutes.ts';
import type { Answer, Route } from './route.ts';
import { ServerView } from './serverView.ts';

const uncheckedVariable = 'NODE_TLS_REJECT_UNAUTHORIZED';

/** What routes are concluded from. The same input gives the same routes. */
export interface RoutesInput {
  readonly snapshot: Snapshot;
  /** The `.env` files by which ClawQL's server may run, those that configure none too. */
  readonly files: readonly EnvFile[];
  /** The environment of this editor, as far as ClawQL's server reads it. */
  readonly environment: ReadonlyMap<string, string>;
  readonly answers: Answers;
}

/** How each `.env` configures the server, by path; and the environment, where it does so alone. */
export function configurationsOf({ snapshot, files, environment, answers }: RoutesInput): readonly Configuration[] {
  const host = mcpHostOf(snapshot);
  const outside = countingEnvironment(environment, host);
  const servers = files
    .filter(({ text }) => clawqlUse(parseEnv(text)) === 'server')
    .toSorted((one, other) => compareTexts(one.path, other.path));
  // What else begins so may be another program's, and says nothing of a server.
  const isServers = (name: string): boolean => isClawqlName(name) && catalogueRow(name)?.reader === 'server';
  const isAlone = servers.length === 0 && [...outside.keys()].some(isServers);
  return (isAlone ? [undefined] : servers).map((file) => {
    const view = new ServerView(file, outside);
    const complete = (bare: BareRoute): Route => completeRoute(bare, { host, snapshot, answers });
    const routes = executeRoutes(view, file, snapshot).map(complete);
    const others = otherRoutes(view, snapshot).map(complete);
    return configuration(file, view, byName(routes), byName(others));
  });
}

/** The environment as the server has it: where another machine runs it, that one's is not known, and this one's is not its. */
export function countingEnvironment(
  environment: ReadonlyMap<string, string>,
  host: McpHost,
): ReadonlyMap<string, string> {
  return isHostHere(host)
    ? new Map([...environment].filter(([name]) => isServerName(name) || name === uncheckedVariable))
    : new Map();
}

/** The places that may be looked at, each once. */
export function placesToAsk(configurations: readonly Configuration[], snapshot: Snapshot): readonly AskedPlace[] {
  const host = mcpHostOf(snapshot);
  const places = configurations
    .flatMap(({ routes, others }) => [...routes, ...others])
    .map(({ target }) => placeToAsk(target, host, snapshot))
    .filter(isPlace);
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}

interface Surroundings {
  readonly host: McpHost;
  readonly snapshot: Snapshot;
  readonly answers: Answers;
}

function completeRoute(bare: BareRoute, { host, snapshot, answers }: Surroundings): Route {
  const asked = placeToAsk(bare.target, host, snapshot);
  const answer: Answer = isPlace(asked)
    ? (answers.get(placeKey(asked)) ?? { kind: 'not-asked', why: 'not-yet' })
    : asked;
  // Somebody may have put the key itself where the name of a provider belongs.
  const name = secretByForm(bare.name) === undefined ? bare.name : '…';
  return { ...bare, name, encryption: routeEncryption(bare.target, host), answer, isRedirected: false };
}

function configuration(
  file: EnvFile | undefined,
  view: ServerView,
  routes: readonly Route[],
  others: readonly Route[],
): Configuration {
  const { decidedBy: variable } = specSelection(view.values);
  const chosenBy = variable === undefined ? undefined : view.decisionOf(variable);
  // Source: Node, "Command-line API", NODE_TLS_REJECT_UNAUTHORIZED.
  const isUnchecked = view.valueOf(uncheckedVariable) === '0';
  const uncheckedBy = isUnchecked ? view.decisionOf(uncheckedVariable) : undefined;
  const redirected = routes.filter(isByGlobal);
  const count = redirected.reduce((sum, { name }) => sum + (providerOf(name)?.apis ?? 1), 0);
  const decidedBy = count > 1 ? redirected[0]?.decidedBy : undefined;
  return {
    ...(file && { env: { uri: file.uri, path: file.path } }),
    ...(chosenBy && { chosenBy }),
    ...(uncheckedBy && { uncheckedBy }),
    routes: decidedBy === undefined ? routes : routes.map((one) => ({ ...one, isRedirected: isByGlobal(one) })),
    others,
    ...(decidedBy && { redirect: { decidedBy, count } }),
  };
}

function isByGlobal({ decidedBy }: Route): boolean {
  const isVariable = decidedBy.kind === 'variable' || decidedBy.kind === 'environment';
  return isVariable && globalBaseUrlVariables.some((name) => name === decidedBy.name);
}

function byName(routes: readonly Route[]): readonly Route[] {
  return routes.toSorted(
    (one, other) => compareTexts(one.name, other.name) || compareTexts(one.protocol, other.protocol),
  );
}
