import { isDocumentedPublic } from '../clawql/urlUses.ts';
import { hostPortOf, hostPortTarget, schemelessTarget, targetOf, type UrlTarget } from '../diagnostics/urlTarget.ts';
import { secretByPlace } from '../diagnostics/liveSecret.ts';
import { portOf } from '../diagnosis/verdicts/authority.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import { hostOf } from '../tailnet/hostText.ts';
import { isPlaceholder } from '../tailnet/nameForms.ts';
import type { ZoneEvidence } from '../tailnet/zone.ts';
import { zoneOf } from '../tailnet/zoneOf.ts';
import type { Encryption } from './encryption.ts';
import type { NoTarget, RouteTarget, UrlRouteTarget } from './route.ts';

/** Where a URL leads that ClawQL calls as it stands. */
export function urlRouteTarget(value: string, evidence: ZoneEvidence): RouteTarget {
  const target = targetOf(value);
  if (target === undefined) return none(value);
  return toTarget(target, shownTarget(value), target.url.protocol === 'https:' ? 'yes' : 'no', evidence);
}

/** Where a gRPC endpoint leads: `host:port`, with TLS unless it is said to be without. */
export function grpcRouteTarget(endpoint: string, isInsecure: boolean, evidence: ZoneEvidence): RouteTarget {
  const target = hostPortTarget(endpoint);
  return target === undefined
    ? none(endpoint)
    : toTarget(target, hostPortOf(target.url), isInsecure ? 'no' : 'yes', evidence);
}

/** Where a server leads that stands without a scheme, `//host/path`: which one it takes there is not known. */
export function schemeRelativeTarget(url: string, evidence: ZoneEvidence): RouteTarget {
  const target = targetOf(`https:${url.trim()}`);
  if (target === undefined) return none(url);
  const { port: _, ...rest } = toTarget(
    target,
    shownTarget(`https:${url.trim()}`).replace('https:', ''),
    'unknown',
    evidence,
  );
  return rest;
}

function toTarget(
  { url, host }: UrlTarget,
  shown: string,
  tls: Encryption['tls'],
  evidence: ZoneEvidence,
): UrlRouteTarget {
  const zone = zoneOf(host, evidence);
  return { kind: 'url', shown, host, port: portOf(url.href), tls, zone, isVendor: isDocumentedPublic(host) };
}

function none(value: string): RouteTarget {
  return { kind: 'none', reason: reasonOf(value), shown: shownTarget(value) };
}

function reasonOf(value: string): NoTarget {
  const host = hostOf(URL.parse(value)?.hostname ?? '')?.text;
  if (/<[^>]*>/.test(value) || (host !== undefined && isPlaceholder(host))) return 'placeholder';
  if (/\$|\{\{|%[A-Z_]+%/.test(value)) return 'unreplaced-variable';
  return schemelessTarget(value) === undefined ? 'no-url' : 'no-scheme';
}

/** A value as it may be shown: a part of the path that has the form of a secret is left out, and so is any other text than a URL. */
export function shownTarget(value: string): string {
  const shown = shownUrl(value.trim()).replace(/(?<=:\/\/[^/]+)\/+$/, '');
  if (shown === 'another value') return '';
  return shown
    .split('/')
    .map((part, index) => (index > 2 && secretByPlace(part) !== undefined ? '…' : part))
    .join('/');
}
