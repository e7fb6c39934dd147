import { catalogueVersion } from '../../clawql/catalogueRows.ts';
import type { Configuration } from '../../routes/configuration.ts';
import type { Route } from '../../routes/route.ts';
import type { Vantage } from '../../vantage.ts';
import { answerText, credentialsText, decisionSaid, encryptionText, targetText } from './routeText.ts';
import { zoneSentence, zoneWord, type ZoneWord } from './zoneWord.ts';
import type { Said } from './said.ts';

/** One route in words. */
export interface RouteRow {
  readonly name: string;
  readonly protocol: Route['protocol'];
  readonly target: string;
  /** Whether the target is a URL, or says why there is none. */
  readonly hasUrl: boolean;
  readonly zone: ZoneWord;
  readonly lies: string;
  readonly decidedBy: Said;
  /** What does not count, and would otherwise. */
  readonly shadowed: readonly Said[];
  readonly encryption: string;
  readonly tokens: string;
  readonly answer: string;
  readonly isRedirected: boolean;
}

/** One `.env` in words. */
export interface ConfigurationText {
  readonly heading: Said;
  /** What chooses the APIs, as a noun; absent where nothing does. */
  readonly chosenBy?: Said;
  readonly routes: readonly RouteRow[];
  readonly others: readonly RouteRow[];
}

export function configurationText(
  { env, chosenBy, routes, others }: Configuration,
  vantage: Vantage,
): ConfigurationText {
  const rowOf = (route: Route): RouteRow => routeRow(route, vantage);
  return {
    heading:
      env === undefined
        ? { text: 'The environment of this editor' }
        : { text: env.path, place: { ...env, offset: 0, line: 1 } },
    ...(chosenBy && { chosenBy: decisionSaid(chosenBy) }),
    routes: routes.map(rowOf),
    others: others.map(rowOf),
  };
}

function routeRow(route: Route, vantage: Vantage): RouteRow {
  const { name, protocol, target, isRedirected } = route;
  const zone = zoneWord(target);
  return {
    name,
    protocol,
    target: targetText(target),
    hasUrl: target.kind !== 'none',
    zone,
    lies: zoneSentence(target),
    decidedBy: decisionSaid(route.decidedBy),
    shadowed: route.shadowed.map(decisionSaid),
    encryption: zone.kind === 'nowhere' ? 'nothing is sent' : encryptionText(route.encryption),
    tokens: credentialsText(route.credentials),
    answer: answerText(route.answer, vantage),
    isRedirected,
  };
}

/** The beginning and the end of the sentence round what chooses the APIs; a whole one where nothing does. */
export const chosenSentence = {
  before: 'The APIs are chosen by ',
  after: '.',
  nothing: `Nothing chooses the APIs: ClawQL ${catalogueVersion} loads all of its providers.`,
};
