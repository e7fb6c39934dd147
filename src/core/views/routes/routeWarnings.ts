import type { Configuration } from '../../routes/configuration.ts';
import type { Encryption } from '../../routes/encryption.ts';
import type { Decision, Route } from '../../routes/route.ts';
import { flat } from '../escape.ts';
import { decisionSaid, encryptionText, targetText } from './routeText.ts';
import type { Said } from './said.ts';

/** What must not be overlooked in a configuration, the worst first. */
export function routeWarnings({ routes, others, redirect, uncheckedBy }: Configuration): readonly Said[] {
  const all = [...routes, ...others];
  return [
    ...(redirect === undefined ? [] : [redirectWarning(redirect, routes)]),
    ...(uncheckedBy === undefined ? [] : [uncheckedWarning(uncheckedBy)]),
    ...everywhereWarning(routes),
    ...all.flatMap(plainTokenWarning),
    ...all.flatMap(googleTokenWarning),
    ...all.flatMap(alsoPublicWarning),
    ...placeholderWarnings(all),
  ];
}

function redirectWarning({ decidedBy, count }: NonNullable<Configuration['redirect']>, routes: readonly Route[]): Said {
  const route = routes.find(({ isRedirected }) => isRedirected);
  const target = route?.target;
  const said = decisionSaid(decidedBy);
  const where =
    route === undefined || target === undefined || target.kind === 'none'
      ? 'to a place that is no URL'
      : `to ${targetText(target)} (${encryptionText(route.encryption)})`;
  return {
    ...said,
    text: `${said.text} sends the requests of ${count} APIs ${where}, each with the token that is meant for its own vendor.`,
  };
}

function uncheckedWarning(decidedBy: Decision): Said {
  const said = decisionSaid(decidedBy);
  const effect = 'has ClawQL take every certificate: TLS then keeps out nobody who gets in between.';
  return { ...said, text: `${said.text} ${effect}` };
}

/** An `Authorization` for every upstream goes to all of them. */
function everywhereWarning(routes: readonly Route[]): readonly Said[] {
  const reached = routes.filter(({ credentials }) =>
    credentials.some(({ variable, carries }) => variable === 'CLAWQL_HTTP_HEADERS' && carries === 'token'),
  );
  return reached.length < 2
    ? []
    : [
        {
          text: `CLAWQL_HTTP_HEADERS holds a credential that goes with the requests for ${reached.length} APIs alike.`,
        },
      ];
}

/** Where nothing encrypts what goes without TLS. */
const plainWhere: Partial<Record<Encryption['wireguard'], string>> = {
  no: 'without any encryption',
  'to-router': 'without any encryption behind the subnet router',
};

function plainTokenWarning({ name, target, decidedBy, encryption, credentials, isRedirected }: Route): readonly Said[] {
  const tokens = credentials.filter(({ carries }) => carries === 'token').map(({ variable }) => variable);
  const where = encryption.tls === 'no' ? plainWhere[encryption.wireguard] : undefined;
  if (tokens.length === 0 || where === undefined || isRedirected) return [];
  const said = decisionSaid(decidedBy);
  const what = `${tokens.join(' and ')} for ${flat(name)}`;
  return [{ ...said, text: `${what} would go to ${targetText(target)} ${where}, by ${said.text}.` }];
}

/** ClawQL tells Google's APIs by the form of their labels, which another one can have. */
function googleTokenWarning({ name, target, credentials, isRedirected }: Route): readonly Said[] {
  const isGoogles = target.kind !== 'url' || /(^|\.)googleapis\.com$/.test(target.host);
  const token = credentials.find(({ variable }) => variable.endsWith('GOOGLE_ACCESS_TOKEN'));
  return isGoogles || isRedirected || token === undefined
    ? []
    : [
        {
          text: `${token.variable} goes to ${targetText(target)}: ClawQL takes "${flat(name)}" for one of Google's APIs.`,
        },
      ];
}

function alsoPublicWarning({ name, target }: Route): readonly Said[] {
  const also = target.kind === 'url' && target.zone.kind === 'tailnet' ? target.zone.alsoPublic : undefined;
  return also === undefined
    ? []
    : [
        {
          text: `The host of ${flat(name)} has the public address ${also} too: not each connection stays in the tailnet.`,
        },
      ];
}

function placeholderWarnings(routes: readonly Route[]): readonly Said[] {
  return routes.flatMap(({ name, target, decidedBy }): readonly Said[] => {
    if (target.kind !== 'none' || target.reason !== 'placeholder') return [];
    const said = decisionSaid(decidedBy);
    return [{ ...said, text: `${flat(name)} is not set up: ${said.text} still holds a placeholder.` }];
  });
}
