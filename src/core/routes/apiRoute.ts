import { baseUrlVariables } from '../clawql/baseUrl.ts';
import { credentialsOf, type Credential } from '../clawql/credentials.ts';
import type { ZoneEvidence } from '../tailnet/zone.ts';
import type { Described } from './descriptionTarget.ts';
import type { Route } from './route.ts';
import type { ServerView } from './serverView.ts';
import { urlRouteTarget } from './valueTarget.ts';

/** A route before anything is known of the way there. */
export type BareRoute = Omit<Route, 'encryption' | 'answer' | 'isRedirected'>;

/** An API that `execute` calls. */
export interface Api {
  readonly name: string;
  /** By which its base URL is looked for. */
  readonly label: string;
  /** ClawQL merges it with others, and calls it by its label. */
  readonly isMerged: boolean;
  /** What its own description says. */
  readonly described: Described;
}

/** By the first variable that is set, else by the description. */
export function restRoute(
  { name, label, isMerged, described }: Api,
  view: ServerView,
  evidence: ZoneEvidence,
): BareRoute {
  const candidates = baseUrlVariables(label);
  const winner = candidates.find((variable) => view.valueOf(variable) !== '');
  const found = (winner === undefined ? undefined : view.decisionOf(winner)) ?? described.decidedBy;
  const losers = candidates.flatMap((variable) => {
    const decision = variable === winner || view.valueOf(variable) === '' ? undefined : view.decisionOf(variable);
    return [...(decision === undefined ? [] : [decision]), ...view.shadowedOf(variable)];
  });
  const passedOver = winner !== undefined && described.decidedBy.kind === 'spec' ? [described.decidedBy] : [];
  return {
    name,
    protocol: 'rest',
    target: winner === undefined ? described.target : urlRouteTarget(view.valueOf(winner), evidence),
    decidedBy: found,
    shadowed: [...losers, ...passedOver],
    credentials: apiCredentials(isMerged ? label : undefined, view),
  };
}

export function apiCredentials(label: string | undefined, view: ServerView): readonly Credential[] {
  return credentialsOf({ label, provider: view.valueOf('CLAWQL_PROVIDER').toLowerCase() }, view.values);
}
